"""Meetings: quarterly, hosted by turns by the first body of each side, which takes the chair; and who comes."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import count

from django.db.models import Q, QuerySet

from accounts.models import User
from accounts.permissions import holders_of
from accounts.roles import Role
from core import clock
from core.months import months_after
from core.office_days import office_day
from core.words import counted, day_in_words, one_or_many
from steering.models import QUORUM, BoardSeat, BodyAttendance, Meeting, MeetingMove

MONTHS = 3  # from one meeting to the next
NOTICE = dt.timedelta(days=7)  # before a meeting, when the board is written to
Came = BodyAttendance.Came


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

    @property
    def in_short(self) -> str:
        """`9 June 2015 at LGA, LGA in the chair`."""
        return f"{day_in_words(self.on)} at {self.host}, {self.host} in the chair"


def next_meeting(seats: Sequence[BoardSeat], last: Meeting | None) -> Proposal | None:
    """The next meeting: at the other side's host, on the first day of the rhythm from today on.

    None before the first meeting, or without a roster.
    """
    if last is None:
        return None
    host = _host_after(last, seats)
    return Proposal(next_day_of_rhythm(last.day), host, last) if host else None


def meeting_after(meeting: Meeting, seats: Sequence[BoardSeat]) -> Proposal | None:
    """The meeting three months after one that may be still to come; None without a roster."""
    host = _host_after(meeting, seats)
    return Proposal(office_day(months_after(meeting.day, MONTHS)), host, meeting) if host else None


def _host_after(last: Meeting, seats: Sequence[BoardSeat]) -> BoardSeat | None:
    """The first body of the other side, which hosts next."""
    side = "local" if last.host.side == "central" else "central"
    return next((seat for seat in sorted(seats, key=lambda seat: seat.order) if seat.side == side), None)


def next_day_of_rhythm(last: dt.date) -> dt.date:
    """The first day of the rhythm from today on: whole turns of three months after `last`, moved to an office day."""
    today = clock.today()
    passed = ((today.year - last.year) * 12 + today.month - last.month) // MONTHS
    days = (office_day(months_after(last, MONTHS * turn)) for turn in count(max(passed, 1)))
    return next(day for day in days if day >= today)


def host_warning(host: BoardSeat, day: dt.date, *, besides: Meeting | None = None) -> str:
    """A sentence where a body hosts twice in a row; else empty. `besides` is the meeting that is being moved."""
    others = Meeting.objects.exclude(state=Meeting.State.CANCELLED)
    if besides:
        others = others.exclude(pk=besides.pk)
    before = others.filter(day__lt=day).select_related("host__body").first()
    if before is None or before.host_id != host.pk:
        return ""
    is_hosted = "is to be hosted" if before.is_planned else "was hosted"
    return f"The meeting before, on {day_in_words(before.day)}, {is_hosted} by {host} too. The two hosts take turns."


def coming_meeting() -> Meeting | None:
    """The next meeting that is planned for today or later."""
    planned = Meeting.objects.planned().filter(day__gte=clock.today())
    return planned.select_related("host__body").order_by("day").first()


def last_meeting() -> Meeting | None:
    """The last meeting that was held."""
    return Meeting.objects.held().select_related("host__body").first()


def meetings_to_write_down() -> QuerySet[Meeting]:
    """Meetings whose day is over and of which nobody has said that they were held, the first first."""
    over = Meeting.objects.planned().filter(day__lt=clock.today())
    return over.select_related("host__body").order_by("day")


def meeting_on(day: dt.date, meetings: QuerySet[Meeting]) -> Meeting | None:
    """The meeting of that day among `meetings`, one that was not cancelled first."""
    found = list(meetings.filter(day=day))
    return min(found, key=lambda meeting: (meeting.is_cancelled, -meeting.pk), default=None)


def moved_from(day: dt.date) -> Meeting | None:
    """The meeting that was once planned for that day and has been moved since."""
    move = MeetingMove.objects.filter(day=day).select_related("meeting").first()
    return move.meeting if move else None


@dataclass(frozen=True)
class BodyAtMeeting:
    """A body with a seat on the day of a meeting, and what is known of its coming."""

    seat: BoardSeat
    attendance: BodyAttendance | None
    is_held: bool = False

    @property
    def came(self) -> str:
        return self.attendance.came if self.attendance else ""

    @property
    def words(self) -> str:
        """Comes, Present, Sent apologies, Absent, Has not said."""
        if self.attendance:
            return "Comes" if self.came == Came.EXPECTED else self.attendance.get_came_display()
        return "Absent" if self.is_held else "Has not said"

    @property
    def person(self) -> str:
        """Who came for the body; for those alone who may see it."""
        return self.attendance.person if self.attendance else ""


@dataclass(frozen=True)
class MeetingRoll:
    """The bodies of a meeting in the roster's order: those with a seat on its day, and whoever else was there."""

    bodies: list[BodyAtMeeting]
    is_held: bool

    @cached_property
    def there(self) -> int:
        """How many bodies were there, or have said that they come."""
        wanted = Came.PRESENT if self.is_held else Came.EXPECTED
        return sum(body.came == wanted for body in self.bodies)

    @property
    def words(self) -> str:
        """`7 of 9 bodies have said they come. Quorum 5.`"""
        of = f"{self.there} of {counted(len(self.bodies), 'body', 'bodies')}"
        if self.is_held:
            return f"{of} {one_or_many(self.there, 'was', 'were')} there. Quorum {QUORUM}."
        said = one_or_many(self.there, "has said it comes", "have said they come")
        return f"{of} {said}. Quorum {QUORUM}."


def roll_of_meeting(meeting: Meeting) -> MeetingRoll:
    """Who comes to a meeting or was there, by body. Two queries."""
    answers = {each.seat_id: each for each in meeting.attendances.select_related("seat__body")}
    seats = {seat.pk: seat for seat in BoardSeat.objects.as_at(meeting.day).select_related("body")}
    seats |= {key: each.seat for key, each in answers.items()}
    in_order = sorted(seats.values(), key=lambda seat: (seat.order, seat.pk))
    bodies = [BodyAtMeeting(seat, answers.get(seat.pk), meeting.is_held) for seat in in_order]
    return MeetingRoll(bodies, meeting.is_held)


def people_of_the_board(day: dt.date) -> QuerySet[User]:
    """Whom the board writes to about a meeting of that day: its members, and those who vote for its bodies then."""
    seats = BoardSeat.objects.as_at(day).exclude(representative=None)
    members = Q(pk__in=holders_of(Role.BOARD).values("pk")) | Q(pk__in=seats.values("representative"))
    return User.objects.filter(members, is_active=True).order_by("pk")


def meetings_near() -> QuerySet[Meeting]:
    """Planned meetings that are a week away or less, today's not among them."""
    today = clock.today()
    return Meeting.objects.planned().filter(day__gt=today, day__lte=today + NOTICE)
