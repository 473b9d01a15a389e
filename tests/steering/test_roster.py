"""Seats have days: who sat when, and the board of a day is the base of what was decided on it."""

import datetime as dt
import re

import pytest
from django.core.exceptions import PermissionDenied

from core import clock
from core.errors import Refused
from steering.forms.planning import HeldForm
from steering.models import BoardSeat, Meeting
from steering.operations import (
    answer_for_body,
    ask_board,
    end_seat,
    hold_meeting,
    hold_planned_meeting,
    seat_body,
    set_representative,
)
from steering.operations import roster as keeping
from steering.operations.motions import conclude_motion
from steering.queries import roll_of_meeting
from tests.factories.accounts import UserFactory
from tests.factories.councils import DepartmentFactory
from tests.factories.projects import BusinessCaseFactory
from tests.factories.steering import BoardSeatFactory, MeetingFactory
from tests.pages import words
from tests.steering.deciding import HELD_ON, decided, meeting_of
from tests.steering.motions import ORDER, SUBMITTED, closed, in_days, votes

JULY = dt.date(2013, 7, 1)


def text_of(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_a_body_has_its_seat_from_a_day_on(db, sunita):
    seat = seat_body(DepartmentFactory(), side="local", order=3, since=JULY, by=sunita)

    assert (seat.since, seat.until) == (JULY, None)
    assert list(BoardSeat.objects.as_at(JULY)) == [seat]
    assert not BoardSeat.objects.as_at(JULY - dt.timedelta(days=1)).exists()


def test_a_body_that_sits_on_the_board_is_not_seated_twice(db, sunita):
    seat = BoardSeatFactory()

    assert seat_body(seat.body, side="local", order=9, by=sunita) == seat


def test_a_seat_has_a_last_day(db, sunita):
    seat = BoardSeatFactory(since=JULY)

    end_seat(seat, until=HELD_ON, by=sunita)

    assert list(BoardSeat.objects.as_at(HELD_ON)) == [seat]
    assert not BoardSeat.objects.as_at(HELD_ON + dt.timedelta(days=1)).exists()


def test_a_body_that_returns_has_two_rows_that_do_not_overlap(db, sunita):
    seat = end_seat(BoardSeatFactory(since=JULY), until=HELD_ON, by=sunita)

    with pytest.raises(Refused, match="sat on the board until 10 December 2014") as refusal:
        seat_body(seat.body, side="local", order=3, since=HELD_ON, by=sunita)
    assert refusal.value.field == "since"

    again = seat_body(seat.body, side="local", order=3, since=HELD_ON + dt.timedelta(days=1), by=sunita)
    assert list(BoardSeat.objects.filter(body=seat.body).order_by("since")) == [seat, again]


@pytest.mark.parametrize("since", [HELD_ON, HELD_ON - dt.timedelta(days=400)])
def test_a_body_is_not_seated_on_the_base_of_what_the_board_has_decided(db, sunita, since):
    seats = BoardSeatFactory.create_batch(9, since=JULY)
    decided(BusinessCaseFactory(**SUBMITTED), by=sunita)

    with pytest.raises(Refused, match="met or decided on 10 December 2014") as refusal:
        seat_body(DepartmentFactory(), side="local", order=3, since=since, by=sunita)
    assert refusal.value.field == "since"
    assert list(BoardSeat.objects.as_at(HELD_ON)) == seats

    after = HELD_ON + dt.timedelta(days=1)
    assert seat_body(DepartmentFactory(), side="local", order=3, since=after, by=sunita).since == after


def test_a_body_that_is_to_be_host_keeps_its_seat_until_that_day(db, sunita):
    seat = BoardSeatFactory()
    meeting = MeetingFactory(planned=True, host=seat)

    with pytest.raises(Refused, match="is to be host on") as refusal:
        end_seat(seat, until=meeting.day - dt.timedelta(days=1), by=sunita)
    assert refusal.value.field == "until"

    assert end_seat(seat, until=meeting.day, by=sunita).until == meeting.day


def test_what_a_body_said_of_a_meeting_after_its_seat_goes_and_the_meeting_is_written_down(db, sunita):
    leaving, meeting = BoardSeatFactory(), MeetingFactory(planned=True, host=BoardSeatFactory())
    answer_for_body(meeting, seat=leaving, came="expected", by=sunita)

    end_seat(leaving, until=meeting.day - dt.timedelta(days=1), by=sunita)

    assert not meeting.attendances.exists()
    form = HeldForm(meeting=meeting, roll=roll_of_meeting(meeting))
    assert form.seats == [meeting.host]


def test_the_form_of_a_held_meeting_asks_only_for_bodies_that_can_be_marked(db, sunita):
    meeting = MeetingFactory(planned=True, day=clock.today(), host=BoardSeatFactory())
    left = BoardSeatFactory(until=in_days(-1))
    meeting.attendances.create(seat=left, came="expected")

    form = HeldForm(meeting=meeting, roll=roll_of_meeting(meeting))

    assert form.seats == [meeting.host]
    held = hold_planned_meeting(meeting, came=dict.fromkeys(form.seats, ("present", "")), by=sunita)
    assert list(held.present()) == [meeting.host]


@pytest.mark.parametrize("field", ["host", "present"])
def test_a_meeting_is_written_down_with_bodies_of_that_day_alone(db, sunita, field):
    seat, later = BoardSeatFactory(since=JULY), BoardSeatFactory(since=HELD_ON + dt.timedelta(days=1))
    host, present = (later, [seat]) if field == "host" else (seat, [later])

    with pytest.raises(Refused, match="had no seat on the board on 10 December 2014") as refusal:
        hold_meeting(day=HELD_ON, host=host, place="Here", present=present, by=sunita)

    assert refusal.value.field == field
    assert not Meeting.objects.exists()


@pytest.mark.parametrize("until", [JULY - dt.timedelta(days=1), HELD_ON - dt.timedelta(days=1)])
def test_a_seat_does_not_end_before_it_began_or_before_it_was_used(db, sunita, until):
    seats = BoardSeatFactory.create_batch(9, since=JULY)
    meeting_of(seats)

    with pytest.raises(Refused) as refusal:
        end_seat(seats[8], until=until, by=sunita)

    assert refusal.value.field == "until"


def test_a_body_that_stood_on_a_decision_had_its_seat_that_day(db, sunita):
    BoardSeatFactory.create_batch(9, since=JULY)
    decided(BusinessCaseFactory(**SUBMITTED), by=sunita)
    seat = BoardSeat.objects.first()

    with pytest.raises(Refused, match="took part as a body of the board on 10 December 2014"):
        end_seat(seat, until=HELD_ON - dt.timedelta(days=1), by=sunita)


def test_control_without_that_rule_a_body_would_have_stood_without_a_seat(monkeypatch, sunita):
    BoardSeatFactory.create_batch(9, since=JULY)
    decision = decided(BusinessCaseFactory(**SUBMITTED), by=sunita)
    monkeypatch.setattr(keeping, "last_day_of_use", lambda seat: None)

    seat = end_seat(BoardSeat.objects.first(), until=JULY, by=sunita)

    assert not seat.is_of(decision.decided_on)


def test_a_body_that_is_asked_by_email_sits_on_the_board_until_the_vote_closes(bodies, motion, sunita):
    with pytest.raises(Refused, match="Its last day is that day"):
        end_seat(bodies[0], until=in_days(2), by=sunita)

    end_seat(bodies[0], until=in_days(3), by=sunita)


def test_a_body_whose_seat_ends_before_the_close_is_not_asked(bodies, sunita):
    end_seat(bodies[0], until=in_days(1), by=sunita)

    motion = ask_board(**ORDER, closes_on=in_days(3), by=sunita)

    assert {entry.organisation for entry in motion.ballot.roll.all()} == {seat.body for seat in bodies[1:]}


def test_what_was_decided_by_email_says_by_name_how_each_body_stood(bodies, motion, sunita):
    votes(motion, votes_for=5, against=1, abstain=1)

    decision = conclude_motion(closed(motion), by=sunita).decision

    how = [(stand.seat, stand.stood) for stand in decision.stands.all()]
    assert how == [
        *((seat, "for") for seat in bodies[:5]), (bodies[5], "against"), (bodies[6], "abstained")
    ]  # fmt: skip
    assert decision.figures == "5 for, 1 against, 1 abstained"


def test_who_voted_for_a_body_that_left_may_vote_for_another(db, sunita):
    person = UserFactory()
    left = BoardSeatFactory(representative=person, until=clock.today() - dt.timedelta(days=1))
    seat = BoardSeatFactory()

    with pytest.raises(Refused, match="has no seat on the board today"):
        set_representative(left, person=UserFactory(), by=sunita)
    set_representative(seat, person=person, by=sunita)

    left.refresh_from_db()
    assert (left.representative, BoardSeat.objects.get(pk=seat.pk).representative) == (None, person)


def test_only_the_secretariat_keeps_the_roster(db, boris, fatima):
    for person in (boris, fatima):
        with pytest.raises(PermissionDenied):
            seat_body(DepartmentFactory(), side="local", order=3, by=person)
        with pytest.raises(PermissionDenied):
            end_seat(BoardSeatFactory(), until=clock.today(), by=person)


# Pages


def test_the_page_of_the_roster_is_as_at_a_day_and_says_who_sat_when(client, db):
    central = BoardSeatFactory.create_batch(2, central=True, since=JULY)
    BoardSeatFactory.create_batch(7, since=JULY)
    BoardSeatFactory(body__name="Late body", body__official_name="The late body", since=HELD_ON)

    page = text_of(client.get("/board/seats/?as_at=2014-01-01"))
    assert "On 1 January 2014 9 bodies." in page
    assert "Central government: 2" in page
    assert "Local government: 7" in page
    assert "The late body" not in page
    assert central[0].body.official_name in page
    assert "Late body Local government 10 December 2014 Still sits" in page
    assert "10 bodies." in text_of(client.get("/board/seats/"))


def test_a_day_that_is_none_is_said_and_not_used(client, db):
    page = words(client.get("/board/seats/?as_at=yesterday"))

    assert "We did not understand this" in page
    assert "No body has a seat yet" in page


def test_the_secretariat_gives_and_ends_a_seat_on_the_page(signed_in, sunita, boris):
    body = DepartmentFactory(name="LGA")
    form = {"organisation": body.pk, "side": "local", "order": 3}
    assert signed_in(boris).post("/board/seats/new/", form).status_code == 403
    client = signed_in(sunita)

    assert "LGA has a seat on the board since" in words(client.post("/board/seats/new/", form, follow=True))
    until = clock.today()
    last = {"until_day": until.day, "until_month": until.month, "until_year": until.year}
    assert client.get(f"/board/seats/{body.slug}/end/").status_code == 200
    assert "The seat of LGA ends on" in words(client.post(f"/board/seats/{body.slug}/end/", last, follow=True))
    assert client.get(f"/board/seats/{body.slug}/end/").status_code == 404
