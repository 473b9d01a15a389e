"""Operations on the roster: which body sits on the board, from which day until which."""

import datetime as dt

from django.db import transaction

from accounts.models import User
from audit.operations import log_action
from core import clock
from core.addresses import save_or_refuse
from core.errors import Refused
from core.permissions import require
from core.words import day_in_words
from councils.models import Organisation
from steering.models import BoardSeat, BodyAttendance, Meeting
from steering.permissions import can_minute
from steering.queries.motions import open_motion_with
from steering.queries.roster import last_day_of_the_board, last_day_of_use

BECAUSE = "Only the secretariat keeps the board's roster."


def locked_roster() -> list[BoardSeat]:
    """All seats, locked, which serialises decisions, motions, representatives and the roster itself."""
    return list(BoardSeat.objects.select_for_update(of=("self",)).select_related("body", "representative"))


@transaction.atomic
def seat_body(
    organisation: Organisation, *, side: str, order: int, by: User, since: dt.date | None = None
) -> BoardSeat:
    """Give a body a seat from a day on, on the side of central or of local government.

    Seating a body that sits on the board changes nothing. A body that returns gets a second row, of later days.
    Raises Refused where the board has met or decided since that day: the seats of a day are the base of its votes.
    """
    require(can_minute(by), BECAUSE)
    day = since or clock.today()
    seats = [seat for seat in locked_roster() if seat.body_id == organisation.pk]
    if known := next((seat for seat in seats if seat.until is None), None):
        return known
    if side not in {"central", "local"}:
        raise Refused("A seat is on the side of central or of local government.", field="side")
    if before := next((seat for seat in seats if seat.until and seat.until >= day), None):
        raise Refused(
            f"{organisation} sat on the board until {day_in_words(before.until)}. It returns after that day.",
            field="since",
        )
    if (met := last_day_of_the_board()) and day <= met:
        raise Refused(
            f"The board met or decided on {day_in_words(met)}, without it. Its first day comes after that.",
            field="since",
        )
    seat = BoardSeat(body=organisation, side=side, order=order, since=day)
    save_or_refuse(seat, field="order", because="Another body has this place on the roster.")
    log_action("steering.body_seated", by=by, about=seat, side=side, order=order, since=day.isoformat())
    return seat


@transaction.atomic
def end_seat(seat: BoardSeat, *, until: dt.date, by: User) -> BoardSeat:
    """End a seat: `until` is its last day on the board, today or to come, or past where it did nothing since.

    What it has said of coming to later meetings is deleted. Raises Refused where the body was at a meeting or stood
    on a decision later, is asked by e-mail beyond that day, or is to be host of a later meeting.
    """
    require(can_minute(by), BECAUSE)
    seat = next(each for each in locked_roster() if each.pk == seat.pk)
    if seat.until == until:
        return seat
    if seat.until is not None:
        raise Refused(f"Its seat ended on {day_in_words(seat.until)} already.", field="until")
    if until < seat.since:
        raise Refused(f"It has its seat since {day_in_words(seat.since)}.", field="until")
    if (used := last_day_of_use(seat)) and until < used:
        raise Refused(f"{seat} took part as a body of the board on {day_in_words(used)}.", field="until")
    if (motion := open_motion_with(seat)) and until < motion.closes_on:
        raise Refused(
            f"The board is voting until {day_in_words(motion.closes_on)}, and {seat} is asked. Its last day is that "
            "day at the earliest.",
            field="until",
        )
    later = Meeting.objects.planned().filter(day__gt=until)
    if hosted := later.filter(host=seat).order_by("day").first():
        raise Refused(
            f"{seat} is to be host on {day_in_words(hosted.day)}. Give that meeting another host first.", field="until"
        )
    BodyAttendance.objects.filter(seat=seat, meeting__in=later).delete()
    seat.until = until
    if until < clock.today():
        seat.representative = None
    seat.save(update_fields=["until", "representative"])
    log_action("steering.seat_ended", by=by, about=seat, until=until.isoformat())
    return seat
