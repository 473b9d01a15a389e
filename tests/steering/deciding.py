"""Decisions of the board for tests: a meeting with the bodies that were there, and how each of them stood."""

import datetime as dt
from collections import Counter
from typing import Any

from steering.models import BoardSeat, BodyAttendance, Decision, Meeting
from steering.operations import decide
from tests.factories.steering import BoardSeatFactory, MeetingFactory

HELD_ON = dt.date(2014, 12, 10)
LETTERS = {"F": "for", "A": "against", "X": "abstained"}


def meeting_of(seats: list[BoardSeat], day: dt.date = HELD_ON, **given: Any) -> Meeting:
    """A meeting on a day at which these bodies were."""
    meeting = MeetingFactory(day=day, host=seats[0], **given)
    BodyAttendance.objects.bulk_create(BodyAttendance(meeting=meeting, seat=seat, came="present") for seat in seats)
    return meeting


def all_absent(meeting: Meeting) -> dict[BoardSeat, tuple[str, str]]:
    """That no body was at a meeting, but for the host, which is always there."""
    return dict.fromkeys(BoardSeat.objects.as_at(meeting.day), ("absent", ""))


def stood(seats: list[BoardSeat], letters: str) -> dict[BoardSeat, tuple[str, str]]:
    """How these bodies stood, a letter for each: F for, A against, X abstaining, - taking no part."""
    return {seat: (LETTERS[letter], "") for seat, letter in zip(seats, letters, strict=True) if letter in LETTERS}


def sums_of_rows(decision: Decision) -> tuple[int, int, int]:
    """How many bodies stood for, against and abstaining, counted from their rows."""
    rows = Counter(decision.stands.values_list("stood", flat=True))
    return rows["for"], rows["against"], rows["abstained"]


def decided(subject: Any, *, by: Any, letters: str = "FFFFFFFXX", day: dt.date = HELD_ON, **said: Any) -> Decision:
    """What the board decided about something at a meeting of that day, in the roster's order; seats where none are."""
    seats = list(BoardSeat.objects.all()) or BoardSeatFactory.create_batch(9)
    meeting = said.pop("meeting", None) or Meeting.objects.filter(day=day).first() or meeting_of(seats, day)
    said = {"result": "accepted", "wording": "The board accepts it.", **said}
    return decide(subject, meeting=meeting, stands=stood(seats, letters), by=by, **said)


def sent(seats: list[BoardSeat], letters: str = "FFFFFFFXX", **more: Any) -> dict[str, Any]:
    """What the form of a decision sends, how these bodies stood as `stood` says it; more as further fields."""
    how = LETTERS | {"-": "none"}
    rows = {f"stood_{seat.pk}": how[letter] for seat, letter in zip(seats, letters, strict=True) if letter in how}
    return {"result": "accepted", "wording": "The board accepts it.", **rows, **more}
