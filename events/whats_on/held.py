"""What is held of the people of an event, and when each of it goes: for those who run it."""

from typing import Any

from core import clock
from core.words import counted, day_in_words, series
from events.event import keeping
from events.event.keeping import Keeping
from events.event.models import Event
from events.event.speakers import Speaker
from events.whats_on.keeps import HELD, Held
from questions.models import AnswerSheet, Question

COLUMNS = ["What", ("Held now", "numeric"), "Who sees it", "Kept", "Goes"]


def held_page(event: Event) -> dict[str, Any]:
    """The context of the page: a row for each thing that is held, with its number now."""
    people = [_row(event, held) for held in HELD]
    return {
        "event": event,
        "columns": COLUMNS,
        "rows": [people[0], *_questions(event), *people[1:], *_of_the_record(event)],
        "counts_words": _counts_words(event),
        "is_told": event.is_told,
    }


def _row(event: Event, held: Held) -> list[str]:
    number = sum(rows.filter(**{path: event}).count() for rows, path in held.rows())
    return [held.what, f"{number:,}", held.seen_by, f"{held.kept.words} after the event", _goes(event, held.kept)]


def _goes(event: Event, kept: Keeping) -> str:
    """The day on which it goes, or went."""
    if event.is_told:
        return "Stays: these people are made up"
    day = kept.goes_on(event)
    return f"{'Went' if day < clock.today() else 'On'} {day_in_words(day)}"


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
