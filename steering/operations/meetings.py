"""Operations on meetings: planned, moved, cancelled, held; and on who comes."""

import datetime as dt
from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.operations import log_action
from core import clock
from core.addresses import save_or_refuse
from core.errors import Refused
from core.permissions import require
from core.words import day_in_words
from outbox.operations import queue_message
from steering import emails
from steering.models import BoardSeat, BodyAttendance, Meeting, MeetingMove, SeatStand
from steering.operations.agenda import build_agenda, lock_meeting
from steering.operations.roster import locked_roster
from steering.permissions import can_answer_for, can_minute
from steering.queries.meetings import meetings_near, people_of_the_board

NOT_STAFF = "Only the secretariat plans and writes down meetings."
TAKEN = "There is a meeting on that day already."
TIME_TO_WRITE = dt.timedelta(days=2)  # down the decisions and actions, before the board is told of them
Came = BodyAttendance.Came


@transaction.atomic
def plan_meeting(
    *,
    day: dt.date,
    host: BoardSeat,
    place: str,
    by: User,
    starts_at: dt.time | None = None,
    ends_at: dt.time | None = None,
    note: str = "",
    source: str = "",
    is_illustrative: bool = False,
) -> Meeting:
    """Plan a meeting, draft its agenda, and write to the board. The host takes the chair."""
    require(can_minute(by), NOT_STAFF)
    _check_plan(day, host, starts_at, ends_at)
    meeting = Meeting(
        state=Meeting.State.PLANNED, day=day, host=host, place=place, starts_at=starts_at, ends_at=ends_at, note=note,
        source=source, is_illustrative=is_illustrative,
    )  # fmt: skip
    save_or_refuse(meeting, field="day", because=TAKEN)
    log_action("steering.meeting_planned", by=by, about=meeting, host=host.pk, day=day.isoformat())
    build_agenda(meeting, by=by)
    queue_message(emails.meeting_planned, meeting, to=people_of_the_board(meeting.day), key="planned")
    return meeting


@transaction.atomic
def move_meeting(
    meeting: Meeting,
    *,
    day: dt.date,
    host: BoardSeat,
    place: str,
    by: User,
    starts_at: dt.time | None = None,
    ends_at: dt.time | None = None,
) -> Meeting:
    """Give a planned meeting another day, hours, host or place, and write to the board. Nothing new changes nothing.

    Its agenda says what is due on its new day. Its old address leads to it. Who had said that they come is asked again
    where the day is another.
    """
    require(can_minute(by), NOT_STAFF)
    meeting = _locked_plan(meeting)
    _check_plan(day, host, starts_at, ends_at)
    before = meeting.day
    now = {"day": day, "host": host, "place": place, "starts_at": starts_at, "ends_at": ends_at}
    changed = [name for name, value in now.items() if getattr(meeting, name) != value]
    if not changed:
        return meeting
    for name in changed:
        setattr(meeting, name, now[name])
    save_or_refuse(meeting, field="day", because=TAKEN)
    if day != before:
        MeetingMove.objects.create(meeting=meeting, day=before)
        meeting.attendances.all().delete()
    log_action(
        "steering.meeting_moved", by=by, about=meeting, before=before.isoformat(), now=day.isoformat(), changed=changed
    )
    build_agenda(meeting, by=by)
    people = people_of_the_board(meeting.day)
    queue_message(emails.meeting_moved, meeting, to=people, key=f"moved-{clock.now().isoformat()}", before=str(before))
    return meeting


@transaction.atomic
def cancel_meeting(meeting: Meeting, *, reason: str, by: User) -> Meeting:
    """Cancel a planned meeting and write to the board why; its address stays."""
    require(can_minute(by), NOT_STAFF)
    meeting = _locked_plan(meeting)
    if not reason.strip():
        raise Refused("Say why it is cancelled.", field="reason")
    meeting.state, meeting.cancelled_because = Meeting.State.CANCELLED, reason
    meeting.save()
    log_action("steering.meeting_cancelled", by=by, about=meeting, reason=reason)
    queue_message(emails.meeting_cancelled, meeting, to=people_of_the_board(meeting.day), key="cancelled")
    return meeting


@transaction.atomic
def answer_for_body(meeting: Meeting, *, seat: BoardSeat, came: str, by: User) -> BodyAttendance:
    """Say for a body whether it comes to a planned meeting, by its representative or by the secretariat."""
    require(can_answer_for(by, seat), "Whoever represents a body says whether it comes.")
    meeting = _locked_plan(meeting)
    if came not in (Came.EXPECTED, Came.APOLOGIES):
        raise Refused("Say that the body comes, or send its apologies.", field="came")
    seat = next(each for each in locked_roster() if each.pk == seat.pk)
    if not seat.is_of(meeting.day):
        raise Refused(f"{seat} has no seat on the board on {day_in_words(meeting.day)}.")
    if came == Came.APOLOGIES and seat.pk == meeting.host_id:
        raise Refused(f"{seat} is host and takes the chair. Move the meeting, or give it another host.")
    answer, _ = BodyAttendance.objects.update_or_create(meeting=meeting, seat=seat, defaults={"came": came})
    log_action("steering.attendance_said", by=by, about=meeting, body=seat.body_id, came=came)
    return answer


@transaction.atomic
def hold_meeting(
    *,
    day: dt.date,
    host: BoardSeat,
    place: str,
    by: User,
    present: Iterable[BoardSeat] = (),
    apologies: Iterable[BoardSeat] = (),
    note: str = "",
    source: str = "",
    is_illustrative: bool = False,
) -> Meeting:
    """Record a meeting that was held and not planned here. The host takes the chair and so is present."""
    require(can_minute(by), "Only the secretariat writes down meetings.")
    if day > clock.today():
        raise Refused("A meeting is written down once it has been held.", field="day")
    bodies = {host, *present}
    said = {**dict.fromkeys(apologies, Came.APOLOGIES), **dict.fromkeys(bodies, Came.PRESENT)}
    seated = {seat for seat in locked_roster() if seat.is_of(day)}
    if strange := sorted(set(said) - seated, key=lambda seat: (seat != host, seat.order)):
        field = "host" if strange[0] == host else "present"
        raise Refused(f"{strange[0]} had no seat on the board on {day_in_words(day)}.", field=field)
    meeting = Meeting(day=day, host=host, place=place, note=note, source=source, is_illustrative=is_illustrative)
    save_or_refuse(meeting, field="day", because=TAKEN)
    BodyAttendance.objects.bulk_create(
        BodyAttendance(meeting=meeting, seat=seat, came=said[seat])
        for seat in sorted(said, key=lambda seat: seat.order)
    )
    log_action("steering.meeting_held", by=by, about=meeting, host=host.pk, bodies=len(bodies))
    return meeting


@transaction.atomic
def hold_planned_meeting(
    meeting: Meeting, *, came: Mapping[BoardSeat, tuple[str, str]], by: User, note: str = ""
) -> Meeting:
    """Write down that a planned meeting was held: for each body whether it was there, and who came for it.

    The host takes the chair and so is present; of every other body it has to be said. The board is written to the
    two days later what was decided and who does what.
    """
    require(can_minute(by), "Only the secretariat writes down meetings.")
    meeting = _locked_plan(meeting)
    if not meeting.has_begun:
        when = f"{day_in_words(meeting.day)}, {meeting.hours}" if meeting.hours else day_in_words(meeting.day)
        raise Refused(f"It is planned for {when}, and is written down once it has been held.")
    there = _write_attendance(meeting, came)
    meeting.state, meeting.note = Meeting.State.HELD, note or meeting.note
    meeting.save()
    log_action("steering.meeting_held", by=by, about=meeting, host=meeting.host_id, bodies=there)
    later = clock.now() + TIME_TO_WRITE
    queue_message(emails.meeting_decided, meeting, to=people_of_the_board(meeting.day), key="decided", not_before=later)
    return meeting


@transaction.atomic
def correct_attendance(
    meeting: Meeting, *, came: Mapping[BoardSeat, tuple[str, str]], by: User, note: str = ""
) -> Meeting:
    """Put right which bodies were at a meeting that was held, who came for them, and its note.

    A body that a decision of the meeting counts stays present.
    """
    require(can_minute(by), "Only the secretariat writes down meetings.")
    meeting = lock_meeting(meeting)
    if not meeting.is_held:
        raise Refused("This meeting was not held.")
    before = _attendance_of(meeting)
    counted_by = SeatStand.objects.filter(decision__meeting=meeting).select_related("decision")
    for stand in counted_by.order_by("decision", "pk"):
        seat = next((seat for seat in came if seat.pk == stand.seat_id), None)
        if seat and seat.pk != meeting.host_id and came[seat][0] != Came.PRESENT:
            number = stand.decision.number
            raise Refused(f"{seat} was there: {number} counts how it stood.", field=f"came_{seat.pk}")
    there = _write_attendance(meeting, came)
    meeting.note = note
    meeting.save()
    now = _attendance_of(meeting)
    changed = sorted(body for body in before | now if before.get(body) != now.get(body))
    was, is_now = ({body: each.get(body, "") for body in changed} for each in (before, now))
    log_action("steering.attendance_corrected", by=by, about=meeting, bodies=there, before=was, now=is_now)
    return meeting


def _attendance_of(meeting: Meeting) -> dict[str, str]:
    """How each body took part, by the key of the body as text, as the audit trail keeps it."""
    return {str(body): came for body, came in meeting.attendances.values_list("seat__body", "came")}


def _write_attendance(meeting: Meeting, came: Mapping[BoardSeat, tuple[str, str]]) -> int:
    """Write how each body took part in a meeting, the host as present; return how many were there."""
    known = set(meeting.attendances.values_list("seat", flat=True)) if meeting.is_held else set()
    seats = [seat for seat in locked_roster() if seat.is_of(meeting.day) or seat.pk in known | {meeting.host_id}]
    if strange := set(came) - set(seats):
        raise Refused(f"{next(iter(strange))} had no seat on the board on that day.")
    for seat in seats:
        how, _ = came.get(seat, ("", ""))
        if seat.pk != meeting.host_id and how not in (Came.PRESENT, Came.APOLOGIES, Came.ABSENT):
            raise Refused(f"Say whether {seat} was there, sent apologies or was absent.", field=f"came_{seat.pk}")
    said = {seat: came.get(seat, ("", "")) for seat in seats}
    said[meeting.host] = (Came.PRESENT, said[meeting.host][1])
    meeting.attendances.all().delete()
    BodyAttendance.objects.bulk_create(
        BodyAttendance(meeting=meeting, seat=seat, came=how, person=person) for seat, (how, person) in said.items()
    )
    return sum(how == Came.PRESENT for how, _ in said.values())


def write_to_the_board_before_meetings() -> int:
    """Write to the board a week before each meeting, once for each day on which it is to be held."""
    meetings = list(meetings_near())
    for meeting in meetings:
        people = people_of_the_board(meeting.day)
        queue_message(emails.meeting_near, meeting, to=people, key=f"near-{meeting.day.isoformat()}")
    return len(meetings)


def _locked_plan(meeting: Meeting) -> Meeting:
    """The meeting, locked; refuses one that is not planned any more, and says since when."""
    meeting = lock_meeting(meeting)
    if not meeting.is_planned:
        since = day_in_words(timezone.localdate(meeting.updated_at))
        what = "written down as held" if meeting.is_held else "cancelled"
        raise Refused(f"This meeting was {what} on {since}.")
    return meeting


def _check_plan(day: dt.date, host: BoardSeat, starts_at: dt.time | None, ends_at: dt.time | None) -> None:
    host = next(seat for seat in locked_roster() if seat.pk == host.pk)
    if day < clock.today():
        raise Refused("Plan it for today or later. One that was held is written down instead.", field="day")
    if not host.is_of(day):
        raise Refused(f"{host} has no seat on the board on that day.", field="host")
    if ends_at and starts_at is None:
        raise Refused("Say when it begins, too.", field="starts_at")
    if starts_at and ends_at and ends_at <= starts_at:
        raise Refused("It ends after it begins.", field="ends_at")
