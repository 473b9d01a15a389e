"""Signal receivers that log each change of what can be found, in the same transaction."""

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
    """Log a change in one statement of the writer's transaction; wake the worker once that has committed."""
    if names := [str(key) for key in dict.fromkeys(keys) if key is not None]:
        Change.announce(kind, names)
        ask_once()


def ask_once() -> None:
    """Queue the following of the log, once for each transaction."""
    connection = transaction.get_connection()
    if all(function is not tasks.ask_for_following for _, function, _ in connection.run_on_commit):
        transaction.on_commit(tasks.ask_for_following, robust=True)


def many_changed(sender: type[models.Model], keys: Iterable[Any], **kwargs: Any) -> None:
    """Log rows written in bulk, on the signal that the writer sends."""
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
    """Log the documents of a row about to be deleted, which could not be looked up afterwards."""
    kind = _kind(instance)
    if kind in SOURCES:
        announce(kind, _keys(kind, instance))
    _announce_documents(kind, [instance.pk])


def link_changed(
    sender: type[models.Model], instance: models.Model, action: str, reverse: bool, pk_set: Any, **kwargs: Any
) -> None:
    """Log a change of a many-to-many field for the rows that hold it; before a clear, as these are lost afterwards."""
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
    """Log the documents themselves, so that what a reader may no longer find is hidden at once."""
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
    """Connect the receivers to every model that documents are made from, as the sources declare."""
    for model in watched_models():
        post_save.connect(row_changed, sender=model, dispatch_uid=f"search.row_changed.{model._meta.label}")
        pre_delete.connect(row_goes, sender=model, dispatch_uid=f"search.row_goes.{model._meta.label}")
    for through in links():
        m2m_changed.connect(link_changed, sender=through)
    for signal in (page_published, page_unpublished, page_slug_changed, post_page_move):
        signal.connect(row_changed)
    rows_changed.connect(many_changed)
