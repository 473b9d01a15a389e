"""The board meets quarterly, by turns at the first body of each side; the host takes the chair (G4)."""

import calendar
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from core import clock
from steering.models import BoardSeat, Meeting


@dataclass(frozen=True)
class Proposal:
    """The meeting that the rhythm asks for next; who hosts it takes the chair."""

    on: dt.date
    host: BoardSeat
    last: Meeting

    @property
    def is_past(self) -> bool:
        return self.on < clock.today()


def next_meeting(seats: Sequence[BoardSeat], last: Meeting | None) -> Proposal | None:
    """Three months after the last one, at the other side's host; None before the first, or without a roster."""
    if last is None:
        return None
    side = "local" if last.host.side == "central" else "central"
    host = next((seat for seat in sorted(seats, key=lambda seat: seat.order) if seat.side == side), None)
    return Proposal(three_months_after(last.held_on), host, last) if host else None


def host_warning(host: BoardSeat, held_on: dt.date) -> str:
    """What to say where a body hosts twice in a row; empty where it does not."""
    before = Meeting.objects.filter(held_on__lt=held_on).select_related("host__body").first()
    if before is None or before.host_id != host.pk:
        return ""
    return f"The meeting before, on {before.held_on:%-d %B %Y}, was hosted by {host} too. The two hosts take turns."


def three_months_after(day: dt.date) -> dt.date:
    """The same day of the month; the month's last where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + 3, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
