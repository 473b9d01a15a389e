"""What the site would delete of the people of events, tonight and soon: a dry run, which deletes nothing."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils import timezone

from core import clock
from core.words import counted, day_in_words
from events.event.keeping import NAMES, Keeping
from events.event.models import Event
from events.whats_on.keeps import HELD
from questions.models import AnswerSheet, Question

AHEAD = 30  # days
ANSWERS = "Answers to the event’s own questions"
MOST = 100  # rows on the page; the command lists all
BY_KIND = ["What", "Kept after the event", ("Due now", "numeric"), (f"In the next {AHEAD} days", "numeric")]
BY_EVENT = ["Event", "What", ("How many", "numeric"), "Goes"]


@dataclass(frozen=True)
class Going:
    """What goes of one event: what, how many rows, how long it was kept, and when it is due."""

    event: int
    what: str
    number: int
    kept: str
    due: dt.datetime


def going(events: QuerySet[Event], *, days: int = AHEAD) -> list[Going]:
    """What of these events is due now or within so many days, the earliest first; in as many queries for any number."""
    until = clock.now() + dt.timedelta(days=days)
    ends = dict(events.filter(ends_at__lte=until).values_list("pk", "ends_at"))
    found = [*_rows(events, ends, until), *_answers(events, until)]
    order = {held.what: place for place, held in enumerate(HELD)}
    return sorted(found, key=lambda each: (each.due, each.event, order.get(each.what, len(order)), each.kept))


def _rows(events: QuerySet[Event], ends: dict[int, dt.datetime], until: dt.datetime) -> Iterator[Going]:
    for held in HELD:
        over = events.filter(pk__in=held.kept.over_at(until))
        numbers: dict[int, int] = defaultdict(int)
        for rows, path in held.rows():
            counts = rows.filter(**{f"{path}__in": over}).order_by().values_list(path).annotate(rows=Count("pk"))
            for event, number in counts:
                numbers[event] += number
        for event, number in numbers.items():
            due = ends[event] + dt.timedelta(days=held.kept.days)
            yield Going(event, held.what, number, held.kept.words, due)


def _answers(events: QuerySet[Event], until: dt.datetime) -> Iterator[Going]:
    """The sheets that hold an answer whose question keeps it no longer; those of whole sets, sheets without one too."""
    asked: dict[int, dict[str, int]] = defaultdict(dict)
    over = events.filter(pk__in=Keeping(1, "1 day").over_at(until), question_set__isnull=False)
    for question_set, key, days in Question.objects.filter(set__in=over.values("question_set")).values_list(
        "set", "key", "kept_days"
    ):
        asked[question_set][key] = min(days, NAMES.days)  # with the names goes whatever is left
    numbers: dict[tuple[int, int], int] = defaultdict(int)
    for question_set, answers in AnswerSheet.objects.filter(set__in=list(asked)).values_list("set", "answers"):
        held = {days for key, days in asked[question_set].items() if key in answers}
        for days in held | {max(asked[question_set].values())}:
            numbers[question_set, days] += 1
    ended = {pair[0]: pair[1:] for pair in over.values_list("question_set", "pk", "ends_at")}
    for (question_set, days), number in numbers.items():
        event, ends_at = ended[question_set]
        due = ends_at + dt.timedelta(days=days)
        if due <= until:
            yield Going(event, ANSWERS, number, counted(days, "day"), due)


def going_page(events: QuerySet[Event]) -> dict[str, Any]:
    """The context of the page: by kind of thing, and by event."""
    found = going(events)
    named = events.in_bulk({each.event for each in found[:MOST]})
    return {
        "ahead": AHEAD,
        "kind_columns": BY_KIND,
        "kind_rows": by_kind(found),
        "event_columns": BY_EVENT,
        "event_rows": [_line(each, named[each.event]) for each in found[:MOST]],
        "others": len(found[MOST:]),
    }


def by_kind(found: list[Going]) -> list[list[str]]:
    """A row for each thing that is held, also where nothing of it goes: how much is due now, and how much soon."""
    now = clock.now()
    kinds = [(held.what, held.kept.words) for held in HELD]
    kinds += sorted({(each.what, each.kept) for each in found if each.what == ANSWERS})
    rows = []
    for what, kept in kinds:
        here = [each for each in found if (each.what, each.kept) == (what, kept)]
        due = sum(each.number for each in here if each.due <= now)
        rows.append([what, kept, f"{due:,}", f"{sum(each.number for each in here) - due:,}"])
    return rows


def _line(each: Going, event: Event) -> list[Any]:
    address = reverse("events:held", args=[event.slug])
    return [(event.title, address), each.what, f"{each.number:,}", goes_in_words(each)]


def goes_in_words(each: Going) -> str:
    """When it goes: tonight, or the day."""
    return "Tonight" if each.due <= clock.now() else day_in_words(timezone.localdate(each.due))
