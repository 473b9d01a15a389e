"""The source of Wagtail's pages: case studies, news and whatever else editors write."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.utils.timezone import localdate
from wagtail.fields import RichTextField
from wagtail.models import Page, PageViewRestriction

from accounts.models import AnyUser
from accounts.permissions import roles_of
from core.words import day_in_words
from publishing.blocks.field import BodyField
from publishing.evidence import level_of
from publishing.figures import short_figure
from publishing.follow_up_standing import is_followed_up, is_silent
from publishing.models import CaseStudyPage, NewsPage
from publishing.permissions import reader_groups
from search.documents import SearchDocument, facets, joined, lines, named, plain
from search.documents import Source as _Source


class PageSource(_Source):
    """The source of pages, whose address is their place in the tree and whose restrictions hold for pages below."""

    def keys_changed_with(self, row: Any) -> Iterable[int]:
        """The keys of a page and of those below it, whose addresses and restrictions may have changed with it."""
        return [row.pk, *(row.get_descendants().values_list("pk", flat=True) if row.numchild else ())]

    def touched_through(self, lookup: str, keys: Iterable[Any]) -> QuerySet:
        pages = super().touched_through(lookup, keys)
        if lookup not in self.restricted_by:
            return pages
        above = Page.objects.filter(pk__in=pages).annotate(below=_path_of_the_outer_page())
        return Page.objects.filter(Exists(above.filter(below__startswith=F("path")))).values_list("pk", flat=True)

    def url(self, value: str) -> str:
        return Page(url_path=value).get_url() or "/"


def _path_of_the_outer_page() -> ExpressionWrapper:
    return ExpressionWrapper(OuterRef("path"), output_field=CharField())


def findable_pages(user: AnyUser) -> QuerySet[Page]:
    """Live pages that no restriction closes to `user`, without withdrawn case studies.

    The same rule as publishing.permissions.reader_groups, as a query.
    """
    lets_in = Q(pk__in=[])
    if user.is_authenticated:
        lets_in |= Q(restriction_type=PageViewRestriction.LOGIN)
        lets_in |= Q(restriction_type=PageViewRestriction.GROUPS, groups__name__in=roles_of(user))
    keeps_out = (
        PageViewRestriction.objects.exclude(lets_in)
        .annotate(below=_path_of_the_outer_page())
        .filter(below__startswith=F("page__path"))
    )
    return Page.objects.filter(~Exists(keeps_out), live=True, casestudypage__withdrawn_on=None)


def page_document(page: Page) -> SearchDocument | None:
    """The document of a page; None for page types with a single page, which only lead to others."""
    page = page.specific
    if page.max_count == 1 or not (readers := tuple(reader_groups(page))):
        return None
    if isinstance(page, CaseStudyPage):
        if page.withdrawn_on:
            return None
        return case_study_document(page, readers)
    return _plain_page(page, readers)


def _words(page: Page, *leave_out: str) -> str:
    """The text of the fields of a page's own class."""
    texts = []
    for field in page._meta.local_fields:
        if isinstance(field, BodyField):
            texts += field.get_searchable_content(getattr(page, field.name))
        if field.name in leave_out or field.choices or field.get_internal_type() not in {"CharField", "TextField"}:
            continue
        value = getattr(page, field.name) or ""
        texts.append(plain(value) if isinstance(field, RichTextField) else value)
    return lines(*texts)


def _plain_page(page: Page, readers: tuple[str, ...]) -> SearchDocument:
    is_news = isinstance(page, NewsPage)
    day: dt.date | None = page.published_on if is_news else None
    if day is None and page.first_published_at:
        day = localdate(page.first_published_at)
    return SearchDocument(
        key=f"page:{page.pk}",
        kind="news" if is_news else "page",
        title=page.title,
        summary=getattr(page, "summary", ""),
        body=_words(page, "summary", "about"),
        readers=readers,
        note=day_in_words(day) if day and is_news else "",
        date=day,
        facets=facets(year=[day.year] if day and is_news else []),
    )


def case_study_document(page: CaseStudyPage, readers: tuple[str, ...]) -> SearchDocument:
    level = level_of(page)
    before, after = short_figure(page, "before"), short_figure(page, "after")
    day = page.happened_on or (localdate(page.first_published_at) if page.first_published_at else None)
    return SearchDocument(
        key=f"page:{page.pk}",
        kind="case-study",
        title=page.title,
        summary=page.summary,
        body=_words(page, "summary", "source"),
        labels=lines(named("Council", [page.council]), named("Service", [page.service])),
        readers=readers,
        label=str(level),
        note=joined(
            f"{before} before, {after} after" if before and after else "",
            page.council,
            page.council.get_kind_display(),
            page.council.region,
        ),
        date=day,
        facets=facets(
            service=[page.service.slug] if page.service else [],
            council_type=[page.council.kind] if page.council.is_council else [],
            region=[page.council.region],
            evidence=[level.level],
            year=[day.year] if day else [],
        ),
        is_followed_up=is_followed_up(page),
        is_silent=is_silent(page),
    )


SOURCES = (
    PageSource(
        "page",
        Page,
        lambda: Page.objects.filter(depth__gt=2).order_by("pk"),
        page_document,
        findable_pages,
        address="url_path",
        council="casestudypage__council",
        chain=(
            ("project", "casestudypage__project"),
            ("project", "casestudypage__asset__project"),
            ("asset", "casestudypage__asset"),
        ),
        reads=(
            "casestudypage__council",
            "casestudypage__service",
            "casestudypage__checker_organisation",
            "casestudypage__checks",
            "casestudypage__follow_ups",
            "casestudypage__asset__adoptions__benefits",
            "casestudypage__asset__adoptions__benefits__latest",
        ),
        restricted_by=("view_restrictions", "view_restrictions__groups"),
        # What Wagtail notes of a page when a draft of it is saved.
        unseen=frozenset(
            {
                "draft_title",
                "has_unpublished_changes",
                "last_published_at",
                "latest_revision",
                "latest_revision_created_at",
            }
        ),
    ),
)
