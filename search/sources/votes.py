"""Sources of events, ballots and decisions."""

from django.utils import timezone

from core.words import day_in_words
from events.models import Event
from events.permissions import reader_groups as event_readers
from events.permissions import visible_events
from events.places.standing import states_in_search
from search.documents import SearchDocument, Source, facets, joined, lines, named, principles
from steering.models import Decision
from steering.permissions import reader_groups as decision_readers
from steering.permissions import visible_decisions
from voting.models import Ballot
from voting.permissions import reader_groups as ballot_readers
from voting.permissions import visible_ballots


def event_document(event: Event) -> SearchDocument:
    starts = timezone.localtime(event.starts_at)
    return SearchDocument(
        key=f"event:{event.pk}",
        kind="event",
        title=event.title,
        summary=event.summary,
        body=event.cancelled_reason,
        labels=lines(
            named("Where", [event.where, event.host]),
            named("Who it is for", [event.audience]),
            named("By the hour", (item.title for item in event.agenda.all())),
            named("Speakers", (speaker.name for item in event.agenda.all() for speaker in item.speakers.all())),
            named("Stream", [event.get_stream_display()]),
            named("Skills", event.skills.all()),
            named("What came out", (output.title for output in event.outputs.all())),
            named("Services", event.services.all()),
        ),
        readers=tuple(event_readers(event)),
        label=event.get_kind_display(),
        note=joined("Cancelled" if event.state == Event.State.CANCELLED else "", event.when, event.venue),
        date=starts.date(),
        facets=facets(
            service=[service.slug for service in event.services.all()],
            council_type=[event.host.kind] if event.host and event.host.is_council else [],
            region=[event.host.region] if event.host else [],
            principle=principles(event),
            year=[starts.year],
        ),
    )


def ballot_document(ballot: Ballot) -> SearchDocument:
    opened = timezone.localtime(ballot.opened_at or ballot.created_at)
    return SearchDocument(
        key=f"ballot:{ballot.pk}",
        kind="ballot",
        title=ballot.question,
        summary=ballot.outcome or ballot.venue,
        body="",
        labels=lines(
            named("Day", [ballot.venue]),
            named(
                "Options",
                (option.prototype.title if option.prototype else option.title for option in ballot.options.all()),
            ),
        ),
        readers=tuple(ballot_readers(ballot)),
        label=ballot.get_state_display(),
        note=joined(ballot.venue, day_in_words(opened)),
        date=opened.date(),
        facets=facets(year=[opened.year]),
    )


def decision_document(decision: Decision) -> SearchDocument:
    return SearchDocument(
        key=f"decision:{decision.pk}",
        kind="decision",
        title=f"{decision.number} {decision.title}",
        summary=decision.wording,
        body="\n".join(filter(None, (decision.basis, decision.conditions, decision.dissent))),
        readers=tuple(decision_readers(decision)),
        label=decision.get_result_display(),
        note=f"Decided on {day_in_words(decision.decided_on)}",
        date=decision.decided_on,
        facets=facets(year=[decision.decided_on.year]),
    )


SOURCES = (
    Source(
        "event",
        Event,
        lambda: Event.objects.select_related("host").prefetch_related(
            "services", "agenda__speakers", "skills", "outputs", "organisers", "purposes"
        ),
        event_document,
        visible_events,
        reads=("host", "services", "agenda__speakers", "skills", "outputs", "purposes"),
        restricted_by=("organisers",),
        standings=states_in_search,
        council="host",
        unseen=frozenset(
            {
                "places_taken",
                "next_position",
                "revision",
                "feedback_round",
                "question_set",
                "asks_diet",
                "asks_access_needs",
                "made_by",
                "thanked_at",
                "feedback_asked_at",
                "names_gone_at",
            }
        ),
    ),
    Source(
        "ballot",
        Ballot,
        lambda: Ballot.objects.select_related("event").prefetch_related("options__prototype", "event__organisers"),
        ballot_document,
        visible_ballots,
        address="reference",
        reads=("event", "options__prototype"),
        restricted_by=("event__organisers",),
        unseen=frozenset({"version", "result", "sealed"}),
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
