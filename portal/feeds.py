"""The newest of each kind as an Atom feed, as everybody may see them."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from assets_registry.models import Asset
from assets_registry.permissions import visible_assets
from core.permissions import anyone, door
from events.permissions import visible_events
from projects.models import Need
from projects.permissions import visible_needs, visible_projects
from publishing.permissions import visible_case_studies, visible_news

MOST = 30
_NOBODY = AnonymousUser()


@dataclass(frozen=True)
class Kind:
    """A feed's title, its rows, and which of their fields say what they are about and since when they are there."""

    title: str
    rows: Callable[[], QuerySet[Any]]
    about: str
    since: str


KINDS = {
    "needs": Kind("Needs", lambda: visible_needs(_NOBODY).filter(state=Need.State.OPEN), "what", "raised_at"),
    "events": Kind("Events", lambda: visible_events(_NOBODY), "summary", "created_at"),
    "projects": Kind("Projects", lambda: visible_projects(_NOBODY), "summary", "created_at"),
    "assets": Kind(
        "Assets", lambda: visible_assets(_NOBODY).filter(state=Asset.State.PUBLISHED), "summary", "published_at"
    ),
    "case-studies": Kind(
        "Case studies",
        lambda: visible_case_studies(_NOBODY).filter(withdrawn_on=None),
        "summary",
        "first_published_at",
    ),
    "news": Kind("News", lambda: visible_news(_NOBODY), "summary", "published_on"),
}


@door(anyone)
@require_safe
def feed(request: HttpRequest, kind: str) -> HttpResponse:
    """The newest of one kind. Addresses and ids come from the configured one, whoever asks by whatever name."""
    if (found := KINDS.get(kind)) is None:
        raise Http404
    answer = Atom1Feed(
        title=f"{found.title}: {settings.SITE_NAME}",
        link=f"{settings.BASE_URL}/{kind}/",
        description="",
        language="en-GB",
        feed_url=f"{settings.BASE_URL}{request.path}",
        feed_copyright="Open Government Licence v3.0",
    )
    for row in found.rows().order_by(f"-{found.since}", "-pk")[:MOST]:
        address, moment = f"{settings.BASE_URL}{row.get_absolute_url()}", _moment(getattr(row, found.since))
        answer.add_item(str(row), address, getattr(row, found.about), unique_id=address, pubdate=moment)
    return HttpResponse(answer.writeString("utf-8"), content_type=Atom1Feed.content_type)


def _moment(since: dt.datetime | dt.date) -> dt.datetime:
    """Of a day, its beginning in London."""
    if isinstance(since, dt.datetime):
        return since
    return timezone.make_aware(dt.datetime.combine(since, dt.time()))
