"""Reading: the list, one event, and both as calendars."""

from typing import Any

from django.conf import settings
from django.db.models import Case, Count, DateTimeField, F, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core import clock
from core.csv import csv_response
from core.pagination import page_of
from core.permissions import anyone, door
from events import calendars
from events.filters import Filters
from events.models import Event
from events.pages import event_page, line_of
from events.permissions import can_facilitate_events, visible_events
from events.queries import places_by_event, with_own_place

MOST_IN_FEED = 500


def _in_order(events: QuerySet[Event]) -> QuerySet[Event]:
    """What comes up first, soonest on top; below it what is past, latest on top."""
    now = clock.now()
    return events.annotate(
        is_past=Case(When(ends_at__lte=now, then=Value(1)), default=Value(0)),
        coming=Case(When(ends_at__gt=now, then=F("starts_at")), output_field=DateTimeField()),
    ).order_by("is_past", F("coming").asc(nulls_last=True), "-starts_at", "pk")


@door(anyone)
@require_safe
def event_list(request: HttpRequest) -> HttpResponse:
    """Upcoming events first, past ones below."""
    filters = Filters.read(request.GET)
    events = filters.apply(visible_events(request.user)).select_related("host")
    if request.GET.get("format") == "csv":
        return _as_csv(events, filters)
    streams = _stream_tabs(request, filters)
    known = next((tab["count"] for tab in streams if tab["current"]), None)
    page = page_of(request, _in_order(events), count=known)
    places = places_by_event(page.object_list, request.user)
    lines = [line_of(event, places.get(event.pk)) for event in page.object_list]
    context = {
        "filters": filters,
        "page_obj": page,
        "coming": [line for line in lines if not line["is_past"]],
        "past": [line for line in lines if line["is_past"]],
        "streams": streams,
        "csv_url": _with(request, format="csv"),
        "feed_url": f"{reverse('events:calendar')}?{request.GET.urlencode()}".rstrip("?"),
        "may_add": can_facilitate_events(request.user),
    }
    return render(request, "events/list.html", context)


def _with(request: HttpRequest, **changed: str) -> str:
    """This address with some parameters changed; an empty value takes one away, the page number always goes."""
    query = request.GET.copy()
    query.pop("page", None)
    for name, value in changed.items():
        query.pop(name, None)
        if value:
            query[name] = value
    return f"{request.path}?{query.urlencode()}".rstrip("?")


def _stream_tabs(request: HttpRequest, filters: Filters) -> list[dict[str, Any]]:
    """All, and each stream, with counts that add up."""
    everything = filters.apply(visible_events(request.user), without="stream")
    counts = dict(everything.order_by().values_list("stream").annotate(Count("pk", distinct=True)))
    chosen = filters.chosen.get("stream", "")
    names = [("", "All", sum(counts.values())), *((s.value, s.label, counts.get(s.value, 0)) for s in Event.Stream)]
    return [
        {"text": str(label), "href": _with(request, stream=value), "count": count, "current": value == chosen}
        for value, label, count in names
    ]


def _as_csv(events: QuerySet[Event], filters: Filters) -> HttpResponse:
    columns = (
        "Title",
        "Stream",
        "Kind",
        "Starts",
        "Ends",
        "Where",
        "Host",
        "Places",
        "Places taken",
        "State",
        "Source",
        "Address",
    )
    rows = (
        (
            event.title,
            event.get_stream_display(),
            event.get_kind_display(),
            event.starts_at.astimezone(calendars.LONDON).isoformat(timespec="minutes"),
            event.ends_at.astimezone(calendars.LONDON).isoformat(timespec="minutes"),
            event.venue,
            event.host.full_name if event.host else "",
            event.capacity,
            event.places_taken,
            event.get_state_display(),
            event.source or ("illustrative" if event.is_illustrative else ""),
            settings.BASE_URL + event.get_absolute_url(),
        )
        for event in _in_order(events)
    )
    return csv_response("Events", columns, rows, filters=filters.words, name="events")


@door(anyone)
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """The feed: what is public, for everybody alike, narrowed as the list is. Cancelled events say so."""
    filters = Filters.read(request.GET)
    events = _in_order(filters.apply(Event.objects.published()))[:MOST_IN_FEED]
    return HttpResponse(
        calendars.feed(events, name="Local Digital Alliance events"), content_type=calendars.CONTENT_TYPE
    )


@door(anyone)
@require_safe
def ics(request: HttpRequest, slug: str) -> HttpResponse:
    """One event for a calendar."""
    event = get_object_or_404(visible_events(request.user), slug=slug)
    response = HttpResponse(calendars.event_file(event), content_type=calendars.CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{event.slug}.ics"'
    return response


@door(anyone)
@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One event, before and after its day."""
    events = with_own_place(visible_events(request.user), request.user)
    event = get_object_or_404(events.select_related("host", "discovery", "discovery__department"), slug=slug)
    return render(request, "events/detail.html", event_page(event, request.user))
