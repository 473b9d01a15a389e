"""Whatever changes something that can be found writes a row into the change log, in the same transaction."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import models, transaction
from django.db.models.signals import m2m_changed, post_delete, post_save
from wagtail.models import Page, PageViewRestriction, get_page_models
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from assets_registry.models import Asset
from core.signals import rows_changed
from events.models import Event
from projects.models import (
    NeedSupport,
    PotentialProject,
    PriorityIssue,
    Project,
    Prototype,
    StatusUpdate,
)
from publishing.models import CaseStudyPage
from search import tasks
from search.models import Change
from search.sources import SOURCES
from take_up.models import Adoption
from voting.models import Ballot, Option

# Saved on their own, these fields change nothing that search shows.
UNSEEN: dict[type[models.Model], set[str]] = {
    Event: {"places_taken", "next_position", "revision"},
    Ballot: {"version"},
    Project: {"last_updated_at"},
}
# Rows that change somebody else's document: the source, and the key to it.
THROUGH: dict[type[models.Model], tuple[str, str]] = {
    NeedSupport: ("need", "need_id"),
    PriorityIssue: ("discovery", "discovery_id"),
    PotentialProject: ("discovery", "discovery_id"),
    StatusUpdate: ("project", "project_id"),
    Adoption: ("asset", "asset_id"),
    Option: ("ballot", "ballot_id"),
}
LINKS: dict[type[models.Model], str] = {
    Project.partners.through: "project",
    Event.services.through: "event",
    Asset.services.through: "asset",
    Prototype.needs.through: "prototype",
}


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


def record_changed(sender: type[models.Model], instance: models.Model, **kwargs: Any) -> None:
    fields = kwargs.get("update_fields")
    if fields is not None and set(fields) <= UNSEEN.get(sender, set()) | {"updated_at"}:
        return
    announce(_NAMES[sender], [instance.pk])


def part_changed(sender: type[models.Model], instance: models.Model, **kwargs: Any) -> None:
    kind, key = THROUGH[sender]
    announce(kind, [getattr(instance, key)])
    if sender is Adoption:  # a case study is replicated once another council uses its asset
        announce("page", CaseStudyPage.objects.filter(asset_id=instance.asset_id).values_list("pk", flat=True))  # type: ignore[attr-defined]  # an adoption


def link_changed(
    sender: type[models.Model], instance: models.Model, action: str, reverse: bool, pk_set: Any, **kwargs: Any
) -> None:
    if action in {"post_add", "post_remove", "post_clear"}:
        announce(LINKS[sender], pk_set or () if reverse else [instance.pk])


def many_changed(sender: type[models.Model], keys: Iterable[Any], **kwargs: Any) -> None:
    """Rows written in bulk, announced by whoever wrote them."""
    if sender in _NAMES:
        announce(_NAMES[sender], keys)
    elif issubclass(sender, Page):
        announce("page", keys)
    elif sender in THROUGH:
        kind, key = THROUGH[sender]
        announce(kind, sender._default_manager.filter(pk__in=list(keys)).values_list(key, flat=True))


def page_changed(instance: Page, **kwargs: Any) -> None:
    """With a page, everything below it: its place in the tree may have moved, and restrictions with it."""
    below = instance.get_descendants().values_list("pk", flat=True) if instance.numchild else ()
    announce("page", [instance.pk, *below])


def restriction_changed(instance: PageViewRestriction, **kwargs: Any) -> None:
    announce("page", instance.page.get_descendants(inclusive=True).values_list("pk", flat=True))


def restricted_groups_changed(instance: Any, action: str, reverse: bool, **kwargs: Any) -> None:
    if action.startswith("post_") and not reverse:
        restriction_changed(instance)


_NAMES = {source.model: source.name for source in SOURCES.values() if source.model is not Page}


def connect() -> None:
    """Listen to every model that a document is made from."""

    def saved_and_deleted(receiver: Callable[..., None], model: type[models.Model]) -> None:
        for signal in (post_save, post_delete):
            signal.connect(receiver, sender=model, dispatch_uid=f"search.{receiver.__name__}.{model._meta.label}")

    for model in _NAMES:
        saved_and_deleted(record_changed, model)
    for model in THROUGH:
        saved_and_deleted(part_changed, model)
    for link in LINKS:
        m2m_changed.connect(link_changed, sender=link)
    for page_model in {Page, *get_page_models()}:
        saved_and_deleted(page_changed, page_model)
    for signal in (page_published, page_unpublished, page_slug_changed, post_page_move):
        signal.connect(page_changed)
    saved_and_deleted(restriction_changed, PageViewRestriction)
    m2m_changed.connect(restricted_groups_changed, sender=PageViewRestriction.groups.through)
    rows_changed.connect(many_changed)
