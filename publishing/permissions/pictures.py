"""Who sees, adds and changes pictures."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from wagtail.models import Collection, Page, Revision, TaskState
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy

from accounts.models import AnyUser
from core.listing import memory
from councils.models import Membership
from councils.permissions import councils_of
from publishing.blocks.field import BodyField, pictures_in
from publishing.models import CaseStudyPage, Interview, NewsPage, Picture
from publishing.permissions.reading import (
    case_studies_behind_the_scenes,
    is_editor,
    public_pages,
    visible_case_studies,
    visible_news,
)
from publishing.permissions.writing import can_write_case_studies, can_write_news


def can_add_pictures(user: AnyUser) -> bool:
    """Whoever writes pages may put pictures on them."""
    return can_write_case_studies(user) or can_write_news(user)


def visible_pictures(user: AnyUser) -> QuerySet[Picture]:
    """Those that a page shows which this person may see, and those of their own councils; an editor sees all.

    A withdrawn case study shows its picture no more.
    """
    for_others = Picture.objects.exclude(pk__in=_kept_for_others(user))
    if is_editor(user):
        return for_others
    told = visible_case_studies(user).filter(withdrawn_on=None)
    shown_by = (told, visible_news(user), case_studies_behind_the_scenes(user))
    shown = Q()
    for pages in shown_by:
        shown |= Q(pk__in=pages.filter(picture__isnull=False).order_by().values("picture"))
    shown |= Q(pk__in=memory.remembered("pictures in public blocks", lambda: _in_blocks_of(public_pages)))
    return for_others.filter(shown | _own_pictures(user))


def _kept_for_others(user: AnyUser) -> QuerySet[Interview]:
    """The keys of the pictures in interviews that somebody else has not sent yet."""
    unsent = Interview.objects.filter(sent_at=None, picture__isnull=False)
    return unsent.exclude(author=user.pk).order_by().values("picture")  # type: ignore[return-value]  # of keys


def is_picture_in_use(picture: Picture) -> bool:
    """Whether a page shows it, in any version of its words."""
    if picture.case_studies.exists() or picture.news.exists() or picture.pk in _in_blocks_of(lambda pages: pages):
        return True
    bodies = Revision.page_revisions.filter(content__body__icontains='"picture').values_list("content__body", flat=True)
    in_versions = Revision.page_revisions.filter(content__picture=picture.pk).exists()
    return in_versions or any(picture.pk in pictures_in(body) for body in bodies)


def _in_blocks_of(pages: Callable[[QuerySet[Any]], QuerySet[Any]]) -> set[int]:
    """The keys of the pictures that stand in blocks on the site, of those pages that `pages` leaves of all."""
    keys: set[int] = set()
    for model in composed_pages():
        bodies = pages(model.objects.order_by()).annotate(said=Cast("body", TextField()))
        for body in bodies.filter(said__contains='"picture"').values_list("body", flat=True):
            keys |= pictures_in(list(body.raw_data))
    return keys


@cache
def composed_pages() -> list[Any]:
    """The types of page that are made of blocks."""
    return [
        model
        for model in apps.get_models()
        if issubclass(model, Page) and any(isinstance(field, BodyField) for field in model._meta.local_fields)
    ]


def _own_pictures(user: AnyUser) -> Q:
    """Of the councils that somebody writes for; or of no council, and put there by them."""
    if not user.is_authenticated:
        return Q(pk__in=[])
    own = councils_of(user, at_least=Membership.Role.CONTRIBUTOR)
    return Q(council__in=own) | Q(council=None, uploaded_by_user=user)


def can_see_picture(user: AnyUser, picture: Picture) -> bool:
    return visible_pictures(user).contains(picture)


def changeable_pictures(user: AnyUser) -> QuerySet[Picture]:
    """An editor's are all. Others' are their own, until readers see them or somebody is asked to approve them."""
    if is_editor(user):
        return visible_pictures(user)
    if not can_add_pictures(user):
        return Picture.objects.none()
    shown = [
        Q(pk__in=pages.filter(picture__isnull=False).order_by().values("picture"))
        for pages in (CaseStudyPage.objects.filter(live=True), NewsPage.objects.filter(live=True))
    ]
    others = Q(pk__in=_pictures_to_approve() | _in_blocks_of(lambda pages: pages.filter(live=True)))
    return Picture.objects.filter(_own_pictures(user)).exclude(shown[0] | shown[1] | others)


def _pictures_to_approve() -> set[int]:
    """The keys of those in words that wait for approval, or that are approved and go out later."""
    waiting = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS).values("revision")
    versions = Revision.page_revisions.filter(Q(pk__in=waiting) | Q(approved_go_live_at__isnull=False))
    keys: set[int] = set()
    for picture, body in versions.values_list("content__picture", "content__body"):
        keys |= ({picture} if picture else set()) | pictures_in(body)
    return keys


class PicturePolicy(CollectionOwnershipPermissionPolicy):
    """Wagtail's questions about pictures, answered by who writes for which council; collections say nothing."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return can_add_pictures(user)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return can_add_pictures(user)

    def instances_user_has_any_permission_for(self, user: Any, actions: Any) -> QuerySet[Picture]:
        if not can_add_pictures(user):
            return Picture.objects.none()
        found = visible_pictures(user) if "choose" in actions else changeable_pictures(user)
        return Picture.objects.filter(pk__in=found.values("pk"))  # search narrows by keys alone

    def user_has_any_permission_for_instance(self, user: Any, actions: Any, instance: Picture) -> bool:
        return self.instances_user_has_any_permission_for(user, actions).filter(pk=instance.pk).exists()

    def collections_user_has_any_permission_for(self, user: Any, actions: Any) -> QuerySet[Collection]:
        return Collection.objects.all() if can_add_pictures(user) else Collection.objects.none()
