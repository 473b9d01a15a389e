"""Nine bodies meet quarterly, at DCLG and the LGA by turns, the host in the chair; attendance is by body."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from core import clock
from core.errors import Refused
from steering.models import BoardSeat, Meeting
from steering.operations import hold_meeting, seat_body
from steering.queries import host_warning, next_meeting
from steering.queries.meetings import three_months_after
from tests.factories.councils import DepartmentFactory
from tests.factories.steering import BoardSeatFactory, MeetingFactory

SEPTEMBER = dt.date(2013, 9, 10)


@pytest.fixture
def roster(db):
    """DCLG and GDS, then the LGA and six more."""
    central = [BoardSeatFactory(central=True, body__name=name, order=n) for n, name in enumerate(["DCLG", "GDS"], 1)]
    local = [BoardSeatFactory(body__name=name, order=n) for n, name in enumerate(["LGA", "SOLACE", "SOCITM"], 3)]
    return {seat.body.name: seat for seat in central + local}


def test_after_dclg_in_september_comes_the_lga_in_december(roster):
    last = MeetingFactory(held_on=SEPTEMBER, host=roster["DCLG"])

    proposal = next_meeting(list(roster.values()), last)

    assert (proposal.host, proposal.on) == (roster["LGA"], dt.date(2013, 12, 10))
    assert proposal.is_past


def test_after_the_lga_comes_dclg(roster):
    last = MeetingFactory(held_on=dt.date(2013, 12, 10), host=roster["LGA"])

    proposal = next_meeting(list(roster.values()), last)

    assert (proposal.host, proposal.on) == (roster["DCLG"], dt.date(2014, 3, 10))


@pytest.mark.parametrize(
    ("day", "later"),
    [
        (dt.date(2013, 11, 30), dt.date(2014, 2, 28)),
        (dt.date(2013, 12, 31), dt.date(2014, 3, 31)),
        (dt.date(2014, 9, 1), dt.date(2014, 12, 1)),
    ],
)
def test_three_months_later_is_a_day_that_exists(day, later):
    assert three_months_after(day) == later


def test_before_the_first_meeting_nothing_is_proposed(roster):
    assert next_meeting(list(roster.values()), None) is None


def test_two_in_a_row_at_one_host_is_warned_of(roster):
    MeetingFactory(held_on=SEPTEMBER, host=roster["DCLG"])

    assert "DCLG too" in host_warning(roster["DCLG"], dt.date(2013, 12, 10))
    assert host_warning(roster["LGA"], dt.date(2013, 12, 10)) == ""


def test_attendance_is_by_body(roster, sunita):
    present = [roster["DCLG"], roster["LGA"]]

    meeting = hold_meeting(held_on=SEPTEMBER, host=roster["DCLG"], place="Eland House", present=present, by=sunita)

    assert set(meeting.present.all()) == set(present)


def test_the_host_is_in_the_chair_and_so_present(roster, sunita):
    meeting = hold_meeting(held_on=SEPTEMBER, host=roster["LGA"], place="Here", present=[roster["GDS"]], by=sunita)

    assert set(meeting.present.all()) == {roster["LGA"], roster["GDS"]}


def test_only_the_secretariat_writes_meetings_and_seats(roster, boris, grace, edith):
    for person in (boris, grace, edith):
        with pytest.raises(PermissionDenied):
            hold_meeting(held_on=SEPTEMBER, host=roster["LGA"], place="Here", by=person)
        with pytest.raises(PermissionDenied):
            seat_body(DepartmentFactory(), side="local", order=99, by=person)


def test_there_is_one_meeting_a_day_and_none_in_the_future(roster, sunita):
    MeetingFactory(held_on=SEPTEMBER)

    for day in (SEPTEMBER, clock.today() + dt.timedelta(days=1)):
        with pytest.raises(Refused) as refusal:
            hold_meeting(held_on=day, host=roster["LGA"], place="Here", by=sunita)
        assert refusal.value.field == "held_on"
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
