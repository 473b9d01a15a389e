"""Who may read which pages."""

from functools import cache

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, QuerySet
from wagtail.models import Page, PageViewRestriction

from accounts.models import AnyUser
from accounts.permissions import acts_as
from accounts.roles import Role
from core.permissions import EVERYONE, SIGNED_IN, role_label
from councils.models import Membership
from councils.permissions import councils_of
from publishing.models import CaseStudyPage, NewsPage


def public_pages(pages: QuerySet) -> QuerySet:
    """Those of `pages` that are live and that no restriction on them or above them hides."""
    path = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    # Looked up from the few restrictions there are: a join would try every page beside every other.
    restricted = Page.objects.filter(pk__in=PageViewRestriction.objects.values("page"))
    restricted = restricted.order_by().annotate(below=path).filter(below__startswith=F("path"))
    return pages.filter(~Exists(restricted), live=True)


def visible_case_studies(user: AnyUser) -> QuerySet[CaseStudyPage]:
    """Published ones, the withdrawn with their tombstone included: what stands at a public address."""
    return _public_case_studies().all()


@cache
def _public_case_studies() -> QuerySet[CaseStudyPage]:
    """The queryset, which is the same for everybody: built once, evaluated anew each time."""
    return public_pages(CaseStudyPage.objects.all())


def visible_news(user: AnyUser) -> QuerySet[NewsPage]:
    return public_pages(NewsPage.objects.all())


def reader_groups(page: Page) -> list[str]:
    """Who may find a page, as labels: whoever passes every restriction on it and above it; nobody while a draft.

    A shared password lets nobody find a page.
    """
    if not page.live:
        return []
    kinds, groups = set(), []
    for restriction in page.get_view_restrictions().prefetch_related("groups"):
        kinds.add(restriction.restriction_type)
        if restriction.restriction_type == PageViewRestriction.GROUPS:
            groups.append({role_label(group.name) for group in restriction.groups.all()})
    if PageViewRestriction.PASSWORD in kinds:
        return []
    if groups:
        return sorted(set.intersection(*groups))
    return [SIGNED_IN] if kinds else [EVERYONE]


def is_editor(user: AnyUser) -> bool:
    return acts_as(user, Role.EDITOR)


def case_studies_behind_the_scenes(user: AnyUser) -> QuerySet[CaseStudyPage]:
    """Drafts included: an editor's are all of them, a contributor's those of their own councils."""
    if user.is_authenticated and (user.is_superuser or is_editor(user)):
        return CaseStudyPage.objects.all()
    return CaseStudyPage.objects.filter(council__in=councils_of(user, at_least=Membership.Role.CONTRIBUTOR))
