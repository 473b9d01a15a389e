"""robots.txt, and the sitemap of every public page."""

from collections.abc import Callable, Iterator
from typing import Any
from xml.sax.saxutils import escape

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from wagtail.models import Page

from assets_registry.permissions import visible_assets
from core.permissions import allow, anyone
from councils.permissions import visible_organisations
from events.permissions import visible_events
from projects.discoveries.permissions import visible_discoveries, visible_prototypes
from projects.needs.permissions import visible_needs
from projects.portfolio.permissions import visible_projects
from steering.permissions import visible_decisions, visible_meetings
from voting.permissions import visible_ballots

# As many addresses as one file may hold.
MOST = 50_000
_NOBODY = AnonymousUser()
# Addresses of no use to a reader who comes from a search engine.
_NOT_FOR_CRAWLERS = (
    "/cms/",
    "/accounts/",
    "/account/",
    "/messages/",
    "/demo/",
    "/search/",
    "/assets/compare/",
    "/assets/shortlist/",
)
_ENTRANCES = (
    "projects:needs",
    "projects:discoveries",
    "projects:projects",
    "events:list",
    "voting:list",
    "assets_registry:list",
    "promises:promises",
    "councils:list",
    "steering:board",
    "steering:meetings",
    "steering:decisions",
    "steering:strategy",
    "steering:terms",
    "steering:flag",
    "steering:seats",
    "figures",
    "surveys:waves",
    "accessibility",
    "privacy",
    "cookies",
    "who_may",
)
KINDS: dict[str, Callable[[], QuerySet[Any]]] = {
    "pages": lambda: Page.objects.live().public().filter(depth__gt=1).specific(),
    "needs": lambda: visible_needs(_NOBODY),
    "discoveries": lambda: visible_discoveries(_NOBODY),
    "prototypes": lambda: visible_prototypes(_NOBODY),
    "projects": lambda: visible_projects(_NOBODY),
    "events": lambda: visible_events(_NOBODY),
    "votes": lambda: visible_ballots(_NOBODY),
    "assets": lambda: visible_assets(_NOBODY),
    "councils": lambda: visible_organisations(_NOBODY),
    "meetings": lambda: visible_meetings(_NOBODY),
    "decisions": lambda: visible_decisions(_NOBODY),
}


@allow(anyone)
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """robots.txt (RFC 9309): public pages may be read; with the sitemap's address."""
    shut = [f"Disallow: {path}" for path in _NOT_FOR_CRAWLERS]
    lines = ["User-agent: *", *shut, "", f"Sitemap: {settings.BASE_URL}{reverse('sitemap')}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@allow(anyone)
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The sitemap's index: one file for each kind of record."""
    files = (settings.BASE_URL + reverse("sitemap_of_kind", args=[kind]) for kind in ("entrances", *KINDS))
    return _xml("sitemapindex", (f"<sitemap><loc>{escape(address)}</loc></sitemap>" for address in files))


@allow(anyone)
@require_safe
def sitemap_of_kind(request: HttpRequest, kind: str) -> HttpResponse:
    """The sitemap of one kind: its newest records that strangers may see."""
    if kind == "entrances":
        return _xml("urlset", (_entry(reverse(name)) for name in _ENTRANCES))
    if kind not in KINDS:
        raise Http404
    rows = KINDS[kind]().order_by("-pk")[:MOST]
    return _xml("urlset", (_entry(_path(row), row) for row in rows.iterator(chunk_size=1000)))


def _path(row: Model) -> str:
    return row.get_url() if isinstance(row, Page) else row.get_absolute_url()  # type: ignore[attr-defined]  # each has one


def _entry(path: str, row: Model | None = None) -> str:
    changed = getattr(row, "updated_at", None) or getattr(row, "last_published_at", None)
    day = f"<lastmod>{timezone.localdate(changed).isoformat()}</lastmod>" if changed else ""
    return f"<url><loc>{escape(settings.BASE_URL + path)}</loc>{day}</url>"


def _xml(root: str, entries: Iterator[str]) -> HttpResponse:
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    return HttpResponse("\n".join([head, *entries, f"</{root}>", ""]), content_type="application/xml")
