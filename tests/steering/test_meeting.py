"""Nine bodies meet quarterly, at DCLG and the LGA by turns, the host in the chair; attendance is by body."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from core import clock
from core.errors import Refused
from core.months import months_after
from steering.models import BoardSeat, Meeting
from steering.operations import hold_meeting, seat_body
from steering.queries import host_warning, next_meeting
from steering.queries.meetings import next_day_of_rhythm
from tests.factories.councils import DepartmentFactory
from tests.factories.steering import BoardSeatFactory, MeetingFactory

SEPTEMBER = dt.date(2013, 9, 10)


@pytest.fixture
def roster(db):
    """DCLG and GDS, then the LGA and six more."""
    central = [BoardSeatFactory(central=True, body__name=name, order=n) for n, name in enumerate(["DCLG", "GDS"], 1)]
    local = [BoardSeatFactory(body__name=name, order=n) for n, name in enumerate(["LGA", "SOLACE", "SOCITM"], 3)]
    return {seat.body.name: seat for seat in central + local}


def test_after_dclg_in_september_comes_the_lga_in_december(roster, on_day):
    last = MeetingFactory(day=SEPTEMBER, host=roster["DCLG"])

    with on_day(2013, 9, 20):
        proposal = next_meeting(list(roster.values()), last)

    assert (proposal.host, proposal.on) == (roster["LGA"], dt.date(2013, 12, 10))
    assert proposal.turn == "Host and chair take turns: after DCLG on 10 September 2013 comes LGA."
    assert proposal.rhythm == "The board meets every three months, which makes it about Tuesday 10 December 2013."


def test_the_other_one_of_the_last_that_was_held_is_host_however_long_ago_that_was(roster, on_day):
    last = MeetingFactory(day=dt.date(2014, 12, 10), host=roster["LGA"])

    for day, expected in (((2015, 2, 1), (2015, 3, 10)), ((2026, 11, 26), (2026, 12, 10))):
        with on_day(*day):
            proposal = next_meeting(list(roster.values()), last)
        assert (proposal.host, proposal.on) == (roster["DCLG"], dt.date(*expected))


@pytest.mark.parametrize(
    ("last", "today", "proposed"),
    [
        ((2026, 11, 3), (2026, 11, 3), (2027, 2, 3)),  # three months after the last, and never on its own day
        ((2026, 8, 25), (2026, 11, 25), (2026, 11, 25)),  # today is not past
        ((2026, 8, 25), (2026, 11, 26), (2027, 2, 25)),  # yesterday is: the next day of the rhythm
        ((2013, 12, 10), (2026, 11, 26), (2026, 12, 10)),
        ((2026, 8, 28), (2026, 11, 29), (2026, 11, 30)),  # on a Saturday it is the Monday after
        ((2026, 2, 4), (2026, 3, 1), (2026, 5, 5)),  # on a bank holiday it is the office day after
        ((2026, 8, 29), (2026, 11, 30), (2026, 11, 30)),
        ((2026, 8, 29), (2026, 12, 1), (2027, 3, 1)),
        ((2026, 8, 31), (2026, 11, 26), (2026, 11, 30)),  # November has no 31st
    ],
)
def test_the_day_is_the_first_of_the_rhythm_from_today_on_and_a_weekday(last, today, proposed, on_day):
    with on_day(*today):
        assert next_day_of_rhythm(dt.date(*last)) == dt.date(*proposed)


@pytest.mark.parametrize(
    ("day", "later"),
    [
        (dt.date(2013, 11, 30), dt.date(2014, 2, 28)),
        (dt.date(2013, 12, 31), dt.date(2014, 3, 31)),
        (dt.date(2014, 9, 1), dt.date(2014, 12, 1)),
    ],
)
def test_three_months_later_is_a_day_that_exists(day, later):
    assert months_after(day, 3) == later


def test_before_the_first_meeting_nothing_is_proposed(roster):
    assert next_meeting(list(roster.values()), None) is None


def test_two_in_a_row_at_one_host_is_warned_of(roster):
    MeetingFactory(day=SEPTEMBER, host=roster["DCLG"])

    assert "DCLG too" in host_warning(roster["DCLG"], dt.date(2013, 12, 10))
    assert host_warning(roster["LGA"], dt.date(2013, 12, 10)) == ""


def test_attendance_is_by_body(roster, sunita):
    present = [roster["DCLG"], roster["LGA"]]

    meeting = hold_meeting(day=SEPTEMBER, host=roster["DCLG"], place="Eland House", present=present, by=sunita)

    assert set(meeting.present()) == set(present)


def test_the_host_is_in_the_chair_and_so_present(roster, sunita):
    meeting = hold_meeting(day=SEPTEMBER, host=roster["LGA"], place="Here", present=[roster["GDS"]], by=sunita)

    assert set(meeting.present()) == {roster["LGA"], roster["GDS"]}


def test_only_the_secretariat_writes_meetings_and_seats(roster, boris, grace, edith):
    for person in (boris, grace, edith):
        with pytest.raises(PermissionDenied):
            hold_meeting(day=SEPTEMBER, host=roster["LGA"], place="Here", by=person)
        with pytest.raises(PermissionDenied):
            seat_body(DepartmentFactory(), side="local", order=99, by=person)


def test_there_is_one_meeting_a_day_and_none_in_the_future(roster, sunita):
    MeetingFactory(day=SEPTEMBER)

    for day in (SEPTEMBER, clock.today() + dt.timedelta(days=1)):
        with pytest.raises(Refused) as refusal:
            hold_meeting(day=day, host=roster["LGA"], place="Here", by=sunita)
        assert refusal.value.field == "day"
    assert Meeting.objects.count() == 1


def test_a_body_has_one_seat(sunita):
    body = DepartmentFactory()

    first = seat_body(body, side="local", order=1, by=sunita)

    assert seat_body(body, side="local", order=2, by=sunita) == first
    assert BoardSeat.objects.count() == 1


def test_a_place_on_the_roster_is_given_once(roster, sunita):
    with pytest.raises(Refused):
        seat_body(DepartmentFactory(), side="local", order=1, by=sunita)
    with pytest.raises(Refused):
        seat_body(DepartmentFactory(), side="middle", order=50, by=sunita)
