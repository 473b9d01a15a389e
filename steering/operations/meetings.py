"""Operations on meetings."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from accounts.models import User
from audit.operations import log_action
from core import clock
from core.addresses import save_or_refuse
from core.errors import Refused
from core.permissions import require
from steering.models import Attendance, BoardSeat, Meeting
from steering.permissions import can_minute


@transaction.atomic
def hold_meeting(
    *,
    day: dt.date,
    host: BoardSeat,
    place: str,
    by: User,
    present: Iterable[BoardSeat] = (),
    note: str = "",
    source: str = "",
    is_illustrative: bool = False,
) -> Meeting:
    """Record a meeting that was held. The host takes the chair and so is present; attendance is by body."""
    require(can_minute(by), "Only the secretariat writes down meetings.")
    if day > clock.today():
        raise Refused("A meeting is written down once it has been held.", field="day")
    meeting = Meeting(day=day, host=host, place=place, note=note, source=source, is_illustrative=is_illustrative)
    save_or_refuse(meeting, field="day", because="There is a meeting on that day already.")
    bodies = {host, *present}
    Attendance.objects.bulk_create(
        Attendance(meeting=meeting, seat=seat, came=Attendance.Came.PRESENT)
        for seat in sorted(bodies, key=lambda seat: seat.order)
    )
    log_action("steering.meeting_held", by=by, about=meeting, host=host.pk, bodies=len(bodies))
    return meeting
