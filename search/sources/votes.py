"""Days, votes and decisions."""

from django.utils import timezone

from events.models import Event
from events.permissions import reader_groups as event_readers
from events.permissions import visible_events
from search.documents import SearchDocument, Source, facets, joined, lines
from steering.models import Decision
from steering.permissions import reader_groups as decision_readers
from steering.permissions import visible_decisions


def event_document(event: Event) -> SearchDocument:
    starts = timezone.localtime(event.starts_at)
    return SearchDocument(
        key=f"event:{event.pk}",
        kind="event",
        title=event.title,
        summary=event.summary,
        body=lines(event.venue, event.host, event.get_stream_display(), *event.services.all(), event.cancelled_reason),
        readers=tuple(event_readers(event)),
        label=event.get_kind_display(),
        note=joined(
            "Cancelled" if event.state == Event.State.CANCELLED else "", f"{starts:%-d %B %Y, %H:%M}", event.venue
        ),
        date=starts.date(),
        facets=facets(
            service=[service.slug for service in event.services.all()],
            council_type=[event.host.kind] if event.host and event.host.is_council else [],
            region=[event.host.region] if event.host else [],
            year=[starts.year],
        ),
    )


def decision_document(decision: Decision) -> SearchDocument:
    return SearchDocument(
        key=f"decision:{decision.pk}",
        kind="decision",
        title=f"{decision.number} {decision.title}",
        summary=decision.wording,
        body="",
        readers=tuple(decision_readers(decision)),
        label=decision.get_result_display(),
        note=f"Decided on {decision.decided_on:%-d %B %Y}",
        date=decision.decided_on,
        facets=facets(year=[decision.decided_on.year]),
    )


SOURCES = (
    Source(
        "event",
        Event,
        lambda: Event.objects.select_related("host").prefetch_related("services"),
        event_document,
        visible_events,
    ),
    Source(
        "decision",
        Decision,
        lambda: Decision.objects.all(),
        decision_document,
        visible_decisions,
        address="number",
    ),
)
