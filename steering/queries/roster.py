"""The roster: who sits on the board as at a day, and who sat when."""

import datetime as dt

from django.db.models import Max, Q

from core import clock
from steering.models import BoardSeat, BodyAttendance, Decision, Meeting


def seats_on(day: dt.date | None = None) -> list[BoardSeat]:
    """The seats of a day (today if none is given) with their bodies, in the order of the roster."""
    return list(BoardSeat.objects.as_at(day).select_related("body"))


def seats_at(meeting: Meeting) -> list[BoardSeat]:
    """The seats whose body could stand on a decision of a meeting: on the board that day, and present."""
    there = meeting.present().values("pk")
    return list(BoardSeat.objects.as_at(meeting.day).filter(pk__in=there).select_related("body"))


def meetings_to_decide_at(since: dt.date | None = None) -> list[Meeting]:
    """The meetings at which something can have been decided since a day: held until today, the latest first."""
    rows = Meeting.objects.exclude(state=Meeting.State.CANCELLED).filter(day__lte=clock.today())
    return list((rows.filter(day__gte=since) if since else rows).select_related("host__body"))


def last_day_of_use(seat: BoardSeat) -> dt.date | None:
    """The last day on which a body used its seat: at a meeting, as its host, or by standing on a decision."""
    came = Q(host=seat) | Q(attendances__seat=seat, attendances__came=BodyAttendance.Came.PRESENT)
    met = Meeting.objects.held().filter(came).aggregate(last=Max("day"))["last"]
    stood = Decision.objects.filter(stands__seat=seat).aggregate(last=Max("decided_on"))["last"]
    return max((day for day in (met, stood) if day), default=None)


def last_day_of_the_board() -> dt.date | None:
    """The last day on which the board met or decided, whose base its seats are; None before the first."""
    met = Meeting.objects.held().aggregate(last=Max("day"))["last"]
    decided = Decision.objects.aggregate(last=Max("decided_on"))["last"]
    return max((day for day in (met, decided) if day), default=None)
