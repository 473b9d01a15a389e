"""What is held of the people of an event, and when each of it goes: for those who run it."""

from typing import Any

from django.db.models import Q

from core import clock
from core.words import counted, day_in_words, series
from events.event import keeping
from events.event.keeping import Keeping
from events.event.models import Event
from events.event.speakers import Speaker
from events.floor.models import FloorVote
from events.places.models import SignUp
from events.places.offers import PlaceOffer
from questions.models import AnswerSheet, Question

COLUMNS = ["What", ("Held now", "numeric"), "Who sees it", "Kept", "Goes"]
THOSE_WHO_RUN = "Those who run the event, and the secretariat"


def held_page(event: Event) -> dict[str, Any]:
    """The context of the page: a row for each thing that is held, with its number now."""
    return {
        "event": event,
        "columns": COLUMNS,
        "rows": [*_health(event), *_questions(event), *_of_places(event), *_of_the_day(event), *_of_the_record(event)],
        "counts_words": _counts_words(event),
        "is_told": event.is_told,
    }


def _row(event: Event, what: str, number: int, kept: Keeping, *, seen_by: str = THOSE_WHO_RUN) -> list[str]:
    after = f"{kept.words} after the event"
    return [what, f"{number:,}", seen_by, after, _goes(event, kept)]


def _goes(event: Event, kept: Keeping) -> str:
    """The day on which it goes, or went."""
    if event.is_told:
        return "Stays: these people are made up"
    day = kept.goes_on(event)
    return f"{'Went' if day < clock.today() else 'On'} {day_in_words(day)}"


def _health(event: Event) -> list[list[str]]:
    said = event.sign_ups.exclude(Q(**dict.fromkeys(SignUp.HEALTH, ""))).count()
    return [_row(event, "What people need to take part, and do not eat", said, keeping.HEALTH)]


def _questions(event: Event) -> list[list[str]]:
    if event.question_set_id is None:
        return []
    sheets = AnswerSheet.objects.filter(set=event.question_set_id).count()
    days = sorted(set(Question.objects.filter(set=event.question_set_id).values_list("kept_days", flat=True)))
    spans = [Keeping(each, counted(each, "day")) for each in days if each < keeping.NAMES.days]
    longest = [keeping.NAMES] if len(spans) < len(days) else []
    kept = [*spans, *longest]
    return [
        [
            "Answers to the event’s own questions",
            f"{sheets:,}",
            "As each question says",
            f"{series([each.words for each in kept], last='or')} after the event",
            "; ".join(_goes(event, each) for each in kept),
        ]
    ]


def _of_places(event: Event) -> list[list[str]]:
    named, over = event.sign_ups.named(), (SignUp.Status.CONFIRMED, SignUp.Status.CANCELLED)
    waited = named.exclude(status__in=over).count()
    offers = PlaceOffer.objects.filter(place__event=event).count()
    leads = event.leads.filter(person__isnull=False).count()
    return [
        _row(event, "To whom places were offered", offers, keeping.OFFERS),
        _row(event, "Who only waited", waited, keeping.WAITING),
        _row(
            event,
            "Names of who had a place, gave it back, or came",
            named.filter(status__in=over).count(),
            keeping.NAMES,
        ),
        _row(event, "Names of who told of a saving", leads, keeping.NAMES, seen_by="The secretariat"),
    ]


def _of_the_day(event: Event) -> list[list[str]]:
    """Who was invited, kept the desk, asked from the floor and ran the event, and what was written to its people."""
    asked = event.floor_questions.filter(asked_by__isnull=False).count()
    asked += FloorVote.objects.filter(question__event=event).count()
    return [
        _row(event, "Who was invited", event.invitations.count(), keeping.INVITATIONS),
        _row(
            event,
            "Who noted at the desk that somebody came or left",
            event.marks.filter(by__isnull=False).count(),
            keeping.NAMES,
        ),
        _row(
            event,
            "Who asked from the floor, or voted for a question",
            asked,
            keeping.NAMES,
            seen_by="Nobody, unless they let their name be shown",
        ),
        _row(event, "Organisers of this event", event.organisers.accepted().count(), keeping.NAMES),
        _row(event, "What was written to its people", event.messages.count(), keeping.MESSAGES),
    ]


def _of_the_record(event: Event) -> list[list[str]]:
    """What stays: it is public by its people’s own wish, or names nobody."""
    forms = event.feedback.count() + event.feedback_comments.count()
    speakers = Speaker.objects.filter(item__event=event).count()
    return [
        [
            "Speakers, as the agenda names them",
            f"{speakers:,}",
            "Everybody",
            "As long as the event’s record",
            "Stays until they ask for it to be taken off",
        ],
        [
            "Feedback and comments, which nobody can tie to a person",
            f"{forms:,}",
            "Totals: everybody, from 10 forms on. Comments: those who run the event, from 5",
            "As long as the event’s record",
            "Stays: it names nobody",
        ],
    ]


def _counts_words(event: Event) -> str:
    """What stays once names have gone, in words."""
    if event.names_gone_at:
        return f"Names were taken off on {day_in_words(event.names_gone_at)}."
    return ""
