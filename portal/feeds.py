"""Atom feeds of the newest public records of each kind."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import require_safe

from assets_registry.models import Asset
from assets_registry.permissions import visible_assets
from core.permissions import allow, anyone
from councils.permissions import visible_organisations
from events.permissions import visible_events
from kpis.indicators.open_data import in_a_line, place_of_version, standing_published
from projects.models import Need, Project
from projects.needs.permissions import visible_needs
from projects.portfolio.permissions import visible_projects
from projects.portfolio.standing import latest_updates
from publishing.permissions import visible_case_studies, visible_news

MOST = 30
_NOBODY = AnonymousUser()


@dataclass(frozen=True)
class Feed:
    """A feed: its title, its rows, and which of their fields are the summary, the date and the author.

    Without an organisation as author, the Alliance is. `lines` gives the last words on each row by its key; a feed
    that has them begins with what they were said of last. `place` says where on its page a row is told of, for rows
    that share one: an entry whose id a reader has seen is not shown again.
    """

    title: str
    rows: Callable[[], QuerySet[Any]]
    about: str
    since: str
    changed: str = "updated_at"
    author: str = ""
    order: str = ""
    lines: Callable[[list[Any]], dict[int, str]] | None = None
    place: Callable[[Any], str] = lambda row: ""


def _latest_lines(projects: list[Project]) -> dict[int, str]:
    return {key: update.said for key, update in latest_updates(projects).items()}


KINDS = {
    "needs": Feed(
        "Needs", lambda: visible_needs(_NOBODY).filter(state=Need.State.OPEN), "what", "raised_at", author="council"
    ),
    "events": Feed("Events", lambda: visible_events(_NOBODY), "summary", "created_at"),
    "projects": Feed(
        "Projects",
        lambda: visible_projects(_NOBODY),
        "summary",
        "created_at",
        author="lead_council",
        order="last_updated_at",
        lines=_latest_lines,
    ),
    "assets": Feed(
        "Assets",
        lambda: visible_assets(_NOBODY).filter(state=Asset.State.PUBLISHED),
        "summary",
        "published_at",
        author="owner",
    ),
    "case-studies": Feed(
        "Case studies",
        lambda: visible_case_studies(_NOBODY).filter(withdrawn_on=None),
        "summary",
        "first_published_at",
        changed="last_published_at",
        author="council",
    ),
    "news": Feed(
        "News",
        lambda: visible_news(_NOBODY),
        "summary",
        "published_on",
        changed="last_published_at",
        author="council",
    ),
    "services": Feed(
        "New figures of services",
        standing_published,
        "reason",
        "returned_at",
        author="council",
        lines=in_a_line,
        place=place_of_version,
    ),
}


class TextFeed(Atom1Feed):
    """An Atom feed (RFC 4287) whose summaries are marked as plain text, since people typed them."""

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("summary", item["about"], {"type": "text"})
        if item["line"]:
            handler.addQuickElement("content", item["line"], {"type": "text"})


@allow(anyone)
@require_safe
def feed(request: HttpRequest, kind: str) -> HttpResponse:
    """The feed of one kind. Links and ids use the site's configured address, not the request's host."""
    if (found := KINDS.get(kind)) is None:
        raise Http404
    return _answer(request, found, found.rows(), title=found.title, link=f"/{kind}/")


@allow(anyone)
@require_safe
def council_feed(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """The feed of what one organisation raised, leads, owns or published, where rows of the kind say whose they are."""
    if (found := KINDS.get(kind)) is None or not found.author:
        raise Http404
    council = get_object_or_404(visible_organisations(_NOBODY), slug=slug)
    rows = found.rows().filter(**{found.author: council})
    return _answer(request, found, rows, title=f"{found.title} of {council}", link=council.get_absolute_url())


def _answer(request: HttpRequest, found: Feed, rows: QuerySet[Any], *, title: str, link: str) -> HttpResponse:
    answer = TextFeed(
        title=f"{title}: {settings.SITE_NAME}",
        link=f"{settings.BASE_URL}{link}",
        description="",
        language="en-GB",
        feed_url=f"{settings.BASE_URL}{request.path}",
        feed_copyright="Open Government Licence v3.0",
    )
    rows = rows.select_related(*filter(None, [found.author])).order_by(f"-{found.order or found.since}", "-pk")
    newest = list(rows[:MOST])
    lines = found.lines(newest) if found.lines else {}
    for row in newest:
        address = f"{settings.BASE_URL}{row.get_absolute_url()}{found.place(row)}"
        since = _moment(getattr(row, found.since))
        answer.add_item(
            str(row),
            address,
            None,
            about=getattr(row, found.about),
            line=lines.get(row.pk, ""),
            unique_id=address,
            pubdate=since,
            updateddate=getattr(row, found.changed) or since,
            author_name=str((found.author and getattr(row, found.author)) or settings.SITE_NAME),
        )
    return HttpResponse(answer.writeString("utf-8"), content_type=TextFeed.content_type)


def _moment(since: dt.datetime | dt.date) -> dt.datetime:
    """A moment; for a day, its beginning in London."""
    if isinstance(since, dt.datetime):
        return since
    return timezone.make_aware(dt.datetime.combine(since, dt.time()))
