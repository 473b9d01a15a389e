"""Whatever changes something that can be found writes a row into the change log, in the same transaction."""

from collections.abc import Iterable
from typing import Any

from django.db import models, transaction
from django.db.models.signals import m2m_changed, post_save, pre_delete
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from core.signals import rows_changed
from search import tasks
from search.models import Change
from search.reading import kind_of, links, readings_of, watched_models
from search.sources import SOURCES


def announce(kind: str, keys: Iterable[Any]) -> None:
    """One statement in the writer's transaction; the worker is told once the transaction has committed."""
    if names := [str(key) for key in dict.fromkeys(keys) if key is not None]:
        Change.announce(kind, names)
        ask_once()


def ask_once() -> None:
    """However much one transaction changes, one task is asked for."""
    connection = transaction.get_connection()
    if all(function is not tasks.ask_for_following for _, function, _ in connection.run_on_commit):
        transaction.on_commit(tasks.ask_for_following, robust=True)


def many_changed(sender: type[models.Model], keys: Iterable[Any], **kwargs: Any) -> None:
    """Rows written in bulk, announced by whoever wrote them."""
    if kind := kind_of(sender):
        keys = list(keys)
        announce(kind, keys)
        _announce_documents(kind, keys, only_restricted=True)


def row_changed(instance: models.Model, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
    kind = _kind(instance)
    if update_fields is not None and set(update_fields) <= _unseen(kind):
        return
    announce(kind, _keys(kind, instance))
    _announce_documents(kind, [instance.pk], only_restricted=True)


def row_goes(instance: models.Model, **kwargs: Any) -> None:
    """Once it is gone, nobody could tell any more which documents it stood in."""
    kind = _kind(instance)
    if kind in SOURCES:
        announce(kind, _keys(kind, instance))
    _announce_documents(kind, [instance.pk])


def link_changed(
    sender: type[models.Model], instance: models.Model, action: str, reverse: bool, pk_set: Any, **kwargs: Any
) -> None:
    """Rows joined or parted: a change of those that hold the field. Which ones clearing parts is asked beforehand."""
    if action not in {"post_add", "post_remove", "pre_clear"}:
        return
    field = links()[sender]
    if not reverse:
        keys = [instance.pk]
    elif pk_set is not None:
        keys = list(pk_set)
    else:
        parted = sender._base_manager.filter(**{field.m2m_reverse_field_name(): instance.pk})
        keys = list(parted.values_list(field.m2m_field_name(), flat=True))
    many_changed(field.model, keys)


def _announce_documents(kind: str, keys: list[Any], *, only_restricted: bool = False) -> None:
    """Write down the documents themselves. What is closed to somebody is gone at once, not when it is followed."""
    for reading in readings_of(kind):
        if reading.restricts or not only_restricted:
            announce(reading.source.name, reading.keys(keys))


def _kind(instance: models.Model) -> str:
    kind = kind_of(type(instance))
    assert kind, f"nobody listens to {type(instance).__name__}"
    return kind


def _keys(kind: str, instance: models.Model) -> Iterable[Any]:
    return SOURCES[kind].keys_changed_with(instance) if kind in SOURCES else [instance.pk]


def _unseen(kind: str) -> set[str]:
    return {"updated_at", *(SOURCES[kind].unseen if kind in SOURCES else ())}


def connect() -> None:
    """Listen to every model that a document is made from, as the sources declare it."""
    for model in watched_models():
        post_save.connect(row_changed, sender=model, dispatch_uid=f"search.row_changed.{model._meta.label}")
        pre_delete.connect(row_goes, sender=model, dispatch_uid=f"search.row_goes.{model._meta.label}")
    for through in links():
        m2m_changed.connect(link_changed, sender=through)
    for signal in (page_published, page_unpublished, page_slug_changed, post_page_move):
        signal.connect(row_changed)
    rows_changed.connect(many_changed)
