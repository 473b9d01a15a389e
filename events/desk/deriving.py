"""Who is in the room, worked out from the marks of the desk: the same marks in any order give the same answer."""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from events.desk.models import DeskMark

# Of one moment: somebody comes, then leaves, and only then was it a mistake.
_OF_ONE_MOMENT = {DeskMark.What.IN: 0, DeskMark.What.OUT: 1, DeskMark.What.UNDO: 2}


class Standing(NamedTuple):
    """When somebody came, and when they left for good; both None for who is not there."""

    came_at: dt.datetime | None = None
    left_at: dt.datetime | None = None


def standing(marks: Iterable[DeskMark]) -> Standing:
    """What the marks of one person come to: the first `in` since the last `undo`, and a last `out`."""
    came: dt.datetime | None = None
    left: dt.datetime | None = None
    for mark in sorted(marks, key=_in_order):
        if mark.what == DeskMark.What.UNDO:
            came = left = None
        elif mark.what == DeskMark.What.IN:
            came, left = came or mark.at, None
        elif came is not None:
            left = mark.at
    return Standing(came, left)


def _in_order(mark: DeskMark) -> tuple[dt.datetime, int, str]:
    return mark.at, _OF_ONE_MOMENT[DeskMark.What(mark.what)], str(mark.client_id)


def was_there(marks: Iterable[DeskMark], moment: dt.datetime) -> bool:
    """Whether somebody was checked in at `moment`, as it is known now."""
    return standing(mark for mark in marks if mark.at < moment).came_at is not None
