"""Meetings: quarterly, hosted by turns by the first body of each side, which takes the chair (G4)."""

import calendar
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

from core import clock
from core.office_days import office_day
from core.words import day_in_words
from steering.models import BoardSeat, Meeting

MONTHS = 3  # from one meeting to the next


@dataclass(frozen=True)
class Proposal:
    """The next meeting by the rhythm."""

    on: dt.date
    host: BoardSeat
    last: Meeting

    @property
    def turn(self) -> str:
        """Whose turn it is to host and why, as a sentence."""
        last = f"{self.last.host} on {day_in_words(self.last.day)}"
        return f"Host and chair take turns: after {last} comes {self.host}."

    @property
    def rhythm(self) -> str:
        """The day as a sentence which says that it is computed."""
        return f"The board meets every three months, which makes it about {day_in_words(self.on, with_weekday=True)}."


def next_meeting(seats: Sequence[BoardSeat], last: Meeting | None) -> Proposal | None:
    """The next meeting: at the other side's host, on the first day of the rhythm from today on.

    None before the first meeting, or without a roster.
    """
    if last is None:
        return None
    side = "local" if last.host.side == "central" else "central"
    host = next((seat for seat in sorted(seats, key=lambda seat: seat.order) if seat.side == side), None)
    return Proposal(next_day_of_rhythm(last.day), host, last) if host else None


def next_day_of_rhythm(last: dt.date) -> dt.date:
    """The first day of the rhythm from today on: whole turns of three months after `last`, moved to an office day."""
    today = clock.today()
    passed = ((today.year - last.year) * 12 + today.month - last.month) // MONTHS
    days = (office_day(months_after(last, MONTHS * turn)) for turn in count(max(passed, 1)))
    return next(day for day in days if day >= today)


def months_after(day: dt.date, months: int) -> dt.date:
    """The same day so many months later; the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def host_warning(host: BoardSeat, day: dt.date) -> str:
    """A sentence where a body hosts twice in a row; else empty."""
    before = Meeting.objects.filter(day__lt=day).select_related("host__body").first()
    if before is None or before.host_id != host.pk:
        return ""
    return f"The meeting before, on {day_in_words(before.day)}, was hosted by {host} too. The two hosts take turns."
