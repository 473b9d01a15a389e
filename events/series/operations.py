"""Copying an event: once, or every few weeks as the days of a series."""

import datetime as dt
from collections.abc import Iterator
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.operations import log_action
from core import clock
from core.addresses import save_with_slug
from core.errors import Refused
from core.permissions import require
from core.words import comes_twice, day_in_words, time_in_words
from design_system.dates import read_moment
from events.asking.operations import ask_at_sign_up
from events.event import access
from events.event.agenda import BEFORE_THE_START, AgendaEntry
from events.event.deadlines import as_long_before
from events.event.models import Event, Series
from events.event.queries import agenda_of
from events.permissions import can_run_event
from events.places.operations import copy_kinds, copy_pools, lock
from events.programme.operations import NOT_STAFF, draft_event, publish_event
from questions.operations.asking import CHANGEABLE
from questions.queries import asked

MOST_DAYS = 26
# What becomes of each field of an event in its copy. Of the rows that belong to it the agenda, kinds of people, pools
# and questions are copied; people and outputs are not.
COPIED = {
    "summary", "stream", "kind", "venue", "address", "directions", "join_url", "audience", *access.QUESTIONS,
    "access_note", "host", "capacity", "offer_hours", "discovery", "asks_access_needs", "asks_diet",
}  # fmt: skip
COPIED_SETS = {"services", "skills", "purposes"}
MADE_ANEW = {
    "id", "created_at", "updated_at", "slug", "title", "starts_at", "ends_at", "sign_up_closes_at",
    "council_cap", "council_cap_until", "settles_at", "state", "contact", "made_by", "question_set", "series",
}  # fmt: skip
LEFT = {
    "cancelled_reason", "places_taken", "next_position", "arrived", "kept_over", "revision", "feedback_round",
    "thanked_at", "feedback_asked_at", "names_gone_at", "needs", "prototypes", "source", "is_illustrative",
}  # fmt: skip


@transaction.atomic
def copy_event(
    event: Event,
    *,
    by: User,
    title: str,
    starts_at: dt.datetime,
    ends_at: dt.datetime,
    every_weeks: int = 0,
    times: int = 1,
    in_series: bool = False,
    is_draft: bool = True,
    clock: str = "",
) -> Event:
    """Copy an event with its agenda, access, questions and pools, without people and outputs; returns the first copy.

    With `every_weeks` there are `times` copies, that many weeks apart at the same time in London. They and the event
    are then days of one series; so is a single copy with `in_series`. `clock`, BST or GMT, says which hour is meant
    where the clocks show one twice.
    """
    require(can_run_event(by, event), NOT_STAFF)
    event = lock(event)
    times = times if every_weeks else 1
    if not 1 <= times <= MOST_DAYS:
        raise Refused(f"A series is copied up to {MOST_DAYS} days at a time.", field="times")
    days = list(_spans(starts_at, ends_at, every_weeks=every_weeks, times=times, clock=clock))
    series = _series_of(event) if in_series or times > 1 else None
    add = draft_event if is_draft else publish_event
    copies = [_copy(event, add, span, by=by, clock=clock, title=title, series=series) for span in days]
    log_action("events.copied", by=by, about=event, copies=[copy.pk for copy in copies])
    return copies[0]


def _series_of(event: Event) -> Series:
    """The series of the locked event; a new one under its title where it has none."""
    if event.series is None:
        event.series = save_with_slug(Series(name=event.title), event.title)
        event.save(update_fields=["series"])
    return event.series


def _spans(
    starts_at: dt.datetime, ends_at: dt.datetime, *, every_weeks: int, times: int, clock: str
) -> Iterator[tuple[dt.datetime, dt.datetime]]:
    """The hours of each day, at the same time by London clocks."""
    for number in range(times):
        weeks = dt.timedelta(weeks=every_weeks * number)
        yield _later(starts_at, weeks, clock, "starts_at"), _later(ends_at, weeks, clock, "ends_at")


def _later(moment: dt.datetime, weeks: dt.timedelta, clock: str, field: str) -> dt.datetime:
    """The moment so many weeks later, at the same time by London clocks."""
    return _by_london_clocks(timezone.make_naive(moment) + weeks, clock, field) if weeks else moment


def _by_london_clocks(local: dt.datetime, clock: str, field: str) -> dt.datetime:
    """A time in London as a moment; refused where the clocks skip it, or show it twice and no `clock` says which."""
    try:
        return read_moment(local.date(), time_in_words(local.time()), clock=clock)
    except ValidationError as problem:
        when = f"{time_in_words(local.time())} on {day_in_words(local.date())}"
        if problem.code == "comes_twice":
            raise Refused(f"The clocks go back: {when} comes twice. Which do you mean?", field="clock") from problem
        message = f"The clocks go forward: {when} does not exist. Choose another time of the day."
        raise Refused(message, field=field) from problem


def _copy(
    event: Event, add: Any, span: tuple[dt.datetime, dt.datetime], *, by: User, clock: str, **fields: Any
) -> Event:
    """One copy of an event with its agenda, services, skills and questions."""
    starts_at, ends_at = span
    moved = partial(as_long_before, start=event.starts_at, new_start=starts_at)
    closes_at, cap_until = (_to_come(moved(moment)) for moment in (event.sign_up_closes_at, event.council_cap_until))
    copy = add(
        by=by,
        starts_at=starts_at,
        ends_at=ends_at,
        sign_up_closes_at=closes_at,
        council_cap=event.council_cap if cap_until else None,
        council_cap_until=cap_until,
        agenda=_agenda(event, starts_at, ends_at, clock),
        contact=by if event.contact_id == by.pk else None,
        **{name: getattr(event, name) for name in COPIED},
        **{name: list(getattr(event, name).all()) for name in COPIED_SETS},
        **fields,
    )
    copy_kinds(event, to=copy)
    copy_pools(event, to=copy, moved=moved)
    for question in asked(event.question_set_id):
        ask_at_sign_up(copy, by=by, key=question.key, **{name: getattr(question, name) for name in CHANGEABLE})
        copy.refresh_from_db(fields=["question_set"])
    return copy


def _to_come(moment: dt.datetime | None) -> dt.datetime | None:
    """The moment, unless it is past: a copy opens for sign-up until it starts, and without a limit that has ended."""
    return moment if moment and moment > clock.now() else None


def _agenda(event: Event, starts_at: dt.datetime, ends_at: dt.datetime, clock: str) -> list[AgendaEntry]:
    """The agenda of the event, moved with its start; without what would fall outside the new hours."""
    old, new = timezone.make_naive(event.starts_at), timezone.make_naive(starts_at)
    entries = []
    for entry in agenda_of(event):
        was = dt.datetime.combine(old.date() + dt.timedelta(days=entry.day - 1), entry.at)
        at = new + (was - old)
        day = (at.date() - new.date()).days + 1
        if day > 0 and starts_at - BEFORE_THE_START <= timezone.make_aware(at) <= ends_at:
            moment = _by_london_clocks(at, entry.clock or clock, "starts_at")
            which = str(timezone.localtime(moment).tzname()) if comes_twice(timezone.localtime(moment)) else ""
            entries.append(AgendaEntry(at=at.time(), title=entry.title, note=entry.note, day=day, clock=which))
    return entries
