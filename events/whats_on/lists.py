"""The list of events: its filters, which the calendar feed shares, its rows and its file."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Case, CharField, DateTimeField, F, QuerySet, Value, When

from core import clock
from core.filters import Day, Facet, RowFacet, Words, YearFacet, year_of
from core.listing import Line, Listing, Nothing, Sort
from councils.lists import region_facet, service_facet
from events.event.models import Event
from events.event.skills import Skill
from events.permissions import visible_events
from events.places.standing import states_of
from events.whats_on.pages import when_of
from projects.discoveries.lists import PURPOSE

COMING, PAST = "Coming up", "Past"


def in_order(events: QuerySet[Event]) -> QuerySet[Event]:
    """Upcoming events first, soonest on top; then past ones, latest on top."""
    now = clock.now()
    return events.annotate(
        is_past=Case(When(ends_at__lte=now, then=Value(1)), default=Value(0)),
        coming=Case(When(ends_at__gt=now, then=F("starts_at")), output_field=DateTimeField()),
    ).order_by("is_past", F("coming").asc(nulls_last=True), "-starts_at", "pk")


def _when() -> Case:
    return Case(When(ends_at__gt=clock.now(), then=Value("upcoming")), default=Value("past"), output_field=CharField())


def _lines(events: list[Event], user: Any) -> Iterable[Line]:
    states = states_of(events, user)
    for event in events:
        kind = event.get_kind_display()
        yield Line(
            title=event.title,
            url=event.get_absolute_url(),
            sentence=event.summary,
            facts=(when_of(event), f"{kind}, {event.venue}" if event.venue else kind, states[event.pk][0]),
            record=event,
            group=PAST if event.has_ended else COMING,
        )


def _cells(events: list[Event]) -> Iterable[tuple[object, ...]]:
    for event in events:
        yield (
            event.title,
            event.get_stream_display(),
            event.get_kind_display(),
            event.when,
            event.starts_at,
            event.ends_at,
            event.venue,
            event.host.full_name if event.host else "",
            event.capacity,
            event.places_taken,
            event.get_state_display(),
            ", ".join(skill.name for skill in event.skills.all()),
        )


EVENTS = Listing(
    name="events",
    title="Events",
    noun=("event", "events"),
    rows=lambda user, asked: visible_events(user),
    fields=(
        Words(columns=("title", "summary", "venue")),
        Facet(
            name="when",
            label="When",
            value=_when,
            choices=[("upcoming", "Coming up"), ("past", "Past")],
            keeps_order=True,
        ),
        Facet(name="stream", label="Stream", path="stream", choices=Event.Stream.choices),
        Facet(name="kind", label="Kind", path="kind", choices=Event.Kind.choices),
        RowFacet(name="skill", label="Skill", path="skills", rows=Skill.objects.all, is_many=True),
        service_facet("services", is_many=True),
        PURPOSE,
        region_facet("Region of the host", "host__region"),
        YearFacet(name="year", label="Year", value=year_of("starts_at")),
        Day(
            name="as_at",
            label="Until",
            is_hidden=True,
            by=lambda rows, day: rows.filter(starts_at__date__lte=day),
        ),
    ),
    sorts=(Sort("day", "By day", in_order),),
    lines=_lines,
    columns=(
        "Title", "Stream", "Kind", "When", "Starts", "Ends", "Where", "Host", "Places", "Places taken", "State",
        "Skills",
    ),
    cells=_cells,
    of_a_file=lambda rows: rows.select_related("host").prefetch_related("skills"),
    nothing=Nothing(
        "There are no events yet",
        "Events appear here as soon as a facilitator plans one. Meanwhile, say what your council needs.",
        "Raise a need",
        "/needs/new/",
    ),
    no_match=Nothing(
        "No event matches",
        "If it should be talked about and no day is planned, say what your council needs.",
        "Raise this as a need",
        "/needs/new/?title=",
    ),
)  # fmt: skip
