"""A meeting is planned, moved, cancelled and held: one a day, each change under a lock, and the board is written to."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from audit.models import AuditEvent
from core import clock
from core.errors import Refused
from outbox.models import Message
from steering.models import BoardSeat, BodyAttendance, Meeting, SeatStand
from steering.operations import (
    answer_for_body,
    cancel_meeting,
    correct_attendance,
    end_seat,
    hold_planned_meeting,
    move_meeting,
    plan_meeting,
    write_to_the_board_before_meetings,
)
from steering.queries import coming_meeting, host_warning, meeting_after, roll_of_meeting
from steering.queries.meetings import people_of_the_board
from tests.factories.accounts import UserFactory
from tests.factories.steering import BoardActionFactory, BoardSeatFactory, DecisionFactory, MeetingFactory
from tests.pages import plain_words, words
from tests.steering.deciding import all_absent
from tests.steering.motions import in_days

Came = BodyAttendance.Came


@pytest.fixture
def roster(db):
    """DCLG and GDS, then the LGA and six more, each with a representative; seated long ago."""
    names = ["DCLG", "GDS", "LGA", "SOLACE", "SOCITM", "iNetwork", "LARIA", "ADASS", "SCT"]
    return {
        name: BoardSeatFactory(
            central=order < 3, body__name=name, body__slug=name.lower(), order=order, since=dt.date(2013, 9, 10),
            representative=UserFactory(name=f"{name} Member"),
        )
        for order, name in enumerate(names, 1)
    }  # fmt: skip


@pytest.fixture
def meeting(roster, sunita):
    return plan_meeting(
        day=in_days(30), host=roster["LGA"], place="Smith Square", starts_at=dt.time(14), ends_at=dt.time(16), by=sunita
    )


def mails(kind: str) -> int:
    return Message.objects.filter(kind=f"steering.{kind}").count()


def test_after_dclg_on_10_september_2013_the_lga_hosts_about_10_december(roster):
    last = MeetingFactory(day=dt.date(2013, 9, 10), host=roster["DCLG"])

    proposal = meeting_after(last, list(roster.values()))

    assert (proposal.host, proposal.on) == (roster["LGA"], dt.date(2013, 12, 10))
    assert proposal.in_short == "10 December 2013 at LGA, LGA in the chair"


def test_a_planned_meeting_counts_for_whose_turn_it_is(meeting, roster):
    assert "is to be hosted by LGA too" in host_warning(roster["LGA"], in_days(120))
    assert host_warning(roster["DCLG"], in_days(120)) == ""
    assert host_warning(roster["LGA"], in_days(31), besides=meeting) == ""


def test_the_board_is_written_to_when_a_meeting_is_planned_moved_and_cancelled(boris, meeting, roster, sunita):
    assert mails("meeting_planned") == 10

    move_meeting(meeting, day=in_days(31), host=roster["LGA"], place="Smith Square", by=sunita)
    assert mails("meeting_moved") == 10

    cancel_meeting(meeting, reason="Too few can come.", by=sunita)
    assert mails("meeting_cancelled") == 10


def test_what_the_mails_say(meeting, roster, sunita, deliver):
    BoardActionFactory(owner=roster["LGA"].body)
    move_meeting(meeting, day=in_days(6), host=roster["LGA"], place="Layden House", starts_at=dt.time(9, 30), by=sunita)
    write_to_the_board_before_meetings()

    sent = {mail.subject: mail.body for mail in deliver() if mail.to == [roster["LGA"].representative.email]}

    moved = next(body for subject, body in sent.items() if "not on" in subject)
    assert "Layden House" in moved
    assert "Does LGA come?" in moved
    near = next(body for subject, body in sent.items() if subject.startswith("To read before"))
    assert "from 09:30" in near
    assert "Write to the four waste suppliers" in near


def test_a_meeting_that_moves_is_found_at_its_old_address_and_asks_anew_who_comes(client, meeting, roster, sunita):
    answer_for_body(meeting, seat=roster["GDS"], came=Came.EXPECTED, by=roster["GDS"].representative)
    old = meeting.get_absolute_url()

    moved = move_meeting(meeting, day=in_days(40), host=roster["LGA"], place="Smith Square", by=sunita)

    assert client.get(old).url == moved.get_absolute_url()
    assert "First planned for" in client.get(moved.get_absolute_url()).content.decode()
    assert not moved.attendances.exists()
    other = plan_meeting(day=in_days(30), host=roster["DCLG"], place="Here", by=sunita)
    assert client.get(old).status_code == 200
    assert other.get_absolute_url() == old


def test_saved_as_it_was_nothing_changes_and_nobody_is_written_to(meeting, roster, sunita):
    same = {name: getattr(meeting, name) for name in ("day", "host", "place", "starts_at", "ends_at")}

    move_meeting(meeting, **same, by=sunita)

    assert mails("meeting_moved") == 0
    assert not meeting.moves.exists()


def test_there_is_one_meeting_a_day_but_for_those_cancelled(meeting, roster, sunita):
    again = {"day": meeting.day, "host": roster["DCLG"], "place": "Here"}
    with pytest.raises(Refused) as refusal:
        plan_meeting(**again, by=sunita)
    assert refusal.value.field == "day"
    other = plan_meeting(**again | {"day": in_days(90)}, by=sunita)
    with pytest.raises(Refused):
        move_meeting(other, **again, by=sunita)
    with pytest.raises(IntegrityError), transaction.atomic():
        MeetingFactory(day=meeting.day)

    cancel_meeting(meeting, reason="Moved to the spring.", by=sunita)

    assert plan_meeting(**again, by=sunita).is_planned


def test_a_meeting_is_planned_for_today_or_later_by_a_body_of_that_day_and_ends_after_it_begins(roster, sunita):
    BoardSeat.objects.filter(pk=roster["SCT"].pk).update(until=clock.today())
    gone = BoardSeat.objects.get(pk=roster["SCT"].pk)
    for field, given in (
        ("day", {"day": in_days(-1)}),
        ("host", {"host": gone}),
        ("starts_at", {"ends_at": dt.time(16)}),
        ("ends_at", {"starts_at": dt.time(16), "ends_at": dt.time(16)}),
    ):
        with pytest.raises(Refused) as refusal:
            plan_meeting(**{"day": in_days(9), "host": roster["LGA"], "place": "Here", **given}, by=sunita)
        assert refusal.value.field == field
    assert not Meeting.objects.exists()


def test_only_the_secretariat_plans_moves_cancels_and_writes_down(meeting, roster, boris, fatima, edith):
    again = {"day": in_days(50), "host": roster["LGA"], "place": "Here"}
    for person in (boris, fatima, edith, roster["LGA"].representative):
        for act in (
            lambda by: plan_meeting(**again, by=by),
            lambda by: move_meeting(meeting, **again, by=by),
            lambda by: cancel_meeting(meeting, reason="No.", by=by),
            lambda by: hold_planned_meeting(meeting, came=all_absent(meeting), by=by),
        ):
            with pytest.raises(PermissionDenied):
                act(person)


def test_a_body_says_for_itself_whether_it_comes_and_the_secretariat_for_all(meeting, roster, sunita, boris):
    amy = roster["GDS"].representative
    answer_for_body(meeting, seat=roster["GDS"], came=Came.EXPECTED, by=amy)
    answer_for_body(meeting, seat=roster["GDS"], came=Came.APOLOGIES, by=amy)
    answer_for_body(meeting, seat=roster["SCT"], came=Came.EXPECTED, by=sunita)

    assert roll_of_meeting(meeting).words == "1 of 9 bodies has said it comes. Quorum 5."
    for person in (amy, boris):
        with pytest.raises(PermissionDenied):
            answer_for_body(meeting, seat=roster["LGA"], came=Came.EXPECTED, by=person)
    with pytest.raises(Refused, match="host and takes the chair"):
        answer_for_body(meeting, seat=roster["LGA"], came=Came.APOLOGIES, by=sunita)
    with pytest.raises(Refused):
        answer_for_body(meeting, seat=roster["GDS"], came=Came.PRESENT, by=amy)


def test_a_representative_whose_seat_has_ended_or_whose_account_is_closed_answers_no_more(meeting, roster):
    amy = roster["GDS"].representative
    seat = roster["GDS"]
    seat.since, seat.until = dt.date(2013, 9, 10), in_days(-1)
    seat.save()

    with pytest.raises(PermissionDenied):
        answer_for_body(meeting, seat=seat, came=Came.EXPECTED, by=amy)


def test_held_each_body_was_there_sent_apologies_or_was_absent_and_the_host_is_in_the_chair(meeting, roster, sunita):
    came = all_absent(meeting) | {
        roster["GDS"]: (Came.PRESENT, "Ada Grey"),
        roster["SCT"]: (Came.APOLOGIES, ""),
        roster["LGA"]: (Came.ABSENT, "Lee Hall"),
    }
    with clock.at(dt.datetime.combine(meeting.day, dt.time(17))):
        held = hold_planned_meeting(meeting, came=came, by=sunita)

    assert held.is_held
    assert set(held.present()) == {roster["GDS"], roster["LGA"]}
    roll = roll_of_meeting(held)
    assert roll.words == "2 of 9 bodies were there. Quorum 5."
    assert {body.words for body in roll.bodies} == {"Present", "Sent apologies", "Absent"}
    assert next(body.person for body in roll.bodies if body.seat == roster["LGA"]) == "Lee Hall"


def test_the_secretariat_writes_down_by_a_plain_post_who_was_there_and_who_came(signed_in, meeting, roster, sunita):
    answer_for_body(meeting, seat=roster["SCT"], came=Came.APOLOGIES, by=sunita)
    Meeting.objects.update(day=clock.today(), starts_at=None, ends_at=None)
    address = f"{Meeting.objects.get().get_absolute_url()}held/"
    page = signed_in(sunita)
    assert "Was there, as host in the chair" in words(page.get(address))
    form = {f"came_{seat.pk}": "present" for seat in roster.values()} | {f"came_{roster['SCT'].pk}": "apologies"}

    incomplete = page.post(address, {name: value for name, value in form.items() if "present" in value})
    assert incomplete.status_code == 422
    assert "Say whether SCT was there." in words(incomplete)
    page.post(address, form | {f"person_{roster['GDS'].pk}": "Ada Grey"})

    held = Meeting.objects.get()
    assert held.is_held
    assert held.attendances.get(seat=roster["GDS"]).person == "Ada Grey"
    assert held.attendances.get(seat=roster["SCT"]).came == Came.APOLOGIES


def sent(roster, **others):
    """What the form of a held meeting sends: all were there, but for those said otherwise."""
    return {f"came_{seat.pk}": others.get(name, "present") for name, seat in roster.items()}


def test_the_form_of_who_was_there_answers_nothing_for_anybody(signed_in, meeting, roster, sunita):
    answer_for_body(meeting, seat=roster["GDS"], came=Came.EXPECTED, by=sunita)
    Meeting.objects.update(day=clock.today(), starts_at=None, ends_at=None)
    address, page = f"{Meeting.objects.get().get_absolute_url()}held/", signed_in(sunita)

    shown = page.get(address)
    assert "It had said that it comes." in words(shown)
    assert " checked" not in shown.content.decode()
    refused = page.post(address, {})
    assert refused.status_code == 422
    for name in roster:
        assert f"Say whether {name} was there." in words(refused)
    assert Meeting.objects.get().is_planned
    with pytest.raises(Refused) as refusal:
        hold_planned_meeting(meeting, came={}, by=sunita)
    assert refusal.value.field == f"came_{roster['DCLG'].pk}"


def test_a_meeting_is_not_written_down_before_its_hour_in_london(signed_in, meeting, roster, sunita):
    Meeting.objects.update(day=dt.date(2027, 6, 9))
    meeting = Meeting.objects.get()
    address = f"{meeting.get_absolute_url()}held/"
    for utc, has_begun in ((dt.time(12, 59), False), (dt.time(13), True)):
        with clock.at(dt.datetime.combine(meeting.day, utc, tzinfo=dt.UTC)):
            assert meeting.has_begun == has_begun
            page = signed_in(sunita)
            assert ("This meeting has not begun." in words(page.get(address))) != has_begun
            assert ("Write it down" in words(page.get(meeting.get_absolute_url()))) == has_begun
            assert page.post(address, sent(roster)).status_code == (302 if has_begun else 409)
    assert Meeting.objects.get().is_held


def test_who_was_there_is_corrected_unless_a_decision_counts_the_body(signed_in, meeting, roster, sunita):
    Meeting.objects.update(day=clock.today(), starts_at=None, ends_at=None, state="held")
    meeting = Meeting.objects.get()
    for seat in roster.values():
        BodyAttendance.objects.create(meeting=meeting, seat=seat, came=Came.PRESENT, person="Ada Grey")
    decision = DecisionFactory(meeting=meeting)
    SeatStand.objects.create(decision=decision, seat=roster["GDS"], stood="for")
    address, page = f"{meeting.get_absolute_url()}held/", signed_in(sunita)
    assert "Correct who was there" in words(page.get(meeting.get_absolute_url()))
    assert page.get(address).content.decode().count(" checked") == 9

    refused = page.post(address, sent(roster, GDS="absent", SCT="apologies"))
    assert f"GDS was there: {decision.number} counts how it stood." in words(refused)
    assert meeting.present().count() == 9
    page.post(address, sent(roster, SCT="apologies") | {"note": "Short."})

    assert set(meeting.present()) == set(roster.values()) - {roster["SCT"]}
    assert Meeting.objects.get().note == "Short."
    logged = AuditEvent.objects.get(action="steering.attendance_corrected")
    assert (logged.details["before"], logged.details["now"]) == (
        {str(roster["SCT"].body_id): "present"},
        {str(roster["SCT"].body_id): "apologies"},
    )


def test_the_secretariat_alone_corrects_who_was_there_once_a_meeting_was_held(signed_in, meeting, sunita, boris):
    with pytest.raises(Refused, match="was not held"):
        correct_attendance(meeting, came=all_absent(meeting), by=sunita)
    with pytest.raises(PermissionDenied):
        correct_attendance(meeting, came=all_absent(meeting), by=boris)
    cancel_meeting(meeting, reason="Snow.", by=sunita)
    assert signed_in(sunita).get(f"{meeting.get_absolute_url()}held/").status_code == 404


def test_a_meeting_is_not_held_before_its_day_nor_twice_nor_once_cancelled(meeting, roster, sunita):
    with pytest.raises(Refused, match="once it has been held"):
        hold_planned_meeting(meeting, came=all_absent(meeting), by=sunita)
    with clock.at(dt.datetime.combine(meeting.day, dt.time(17))):
        hold_planned_meeting(meeting, came=all_absent(meeting), by=sunita)
        for act in (
            lambda: hold_planned_meeting(meeting, came=all_absent(meeting), by=sunita),
            lambda: cancel_meeting(meeting, reason="No.", by=sunita),
            lambda: move_meeting(meeting, day=in_days(9), host=roster["LGA"], place="Here", by=sunita),
            lambda: answer_for_body(meeting, seat=roster["GDS"], came=Came.EXPECTED, by=sunita),
        ):
            with pytest.raises(Refused, match="This meeting was written down as held on"):
                act()


def test_two_days_after_it_was_held_the_board_reads_what_was_decided_and_who_does_what(
    meeting, roster, sunita, deliver
):
    Meeting.objects.update(day=clock.today(), starts_at=None, ends_at=None)
    hold_planned_meeting(meeting, came=all_absent(meeting), by=sunita)
    DecisionFactory(meeting=meeting, title="Business case: waste")
    BoardActionFactory(meeting=meeting, owner=roster["LGA"].body)
    assert not [mail for mail in deliver() if mail.subject.startswith("What the steering board decided")]
    told = Message.objects.filter(kind="steering.meeting_decided")
    assert {message.next_try_at.date() for message in told} == {clock.now().date() + dt.timedelta(days=2)}
    told.update(next_try_at=clock.now())

    mail = next(mail for mail in deliver() if mail.subject.startswith("What the steering board decided"))
    assert "Business case: waste: accepted" in mail.body
    assert "LGA: Write to the four waste suppliers" in mail.body


def test_a_body_whose_seat_ends_before_a_meeting_is_not_written_to_about_it(boris, meeting, roster, sunita):
    end_seat(roster["SCT"], until=in_days(30), by=sunita)
    leaving = roster["SCT"].representative
    assert leaving in people_of_the_board(in_days(30))

    move_meeting(meeting, day=in_days(31), host=roster["LGA"], place="Smith Square", by=sunita)

    assert mails("meeting_moved") == 9
    assert not Message.objects.filter(kind="steering.meeting_moved", person=leaving).exists()


def test_a_week_before_each_meeting_the_board_is_written_to_once(meeting, roster):
    assert write_to_the_board_before_meetings() == 0
    for days in (8, 0):
        Meeting.objects.update(day=in_days(days))
        assert write_to_the_board_before_meetings() == 0
    Meeting.objects.update(day=in_days(7))
    for _ in range(2):
        assert write_to_the_board_before_meetings() == 1
    assert mails("meeting_near") == 9


def test_the_board_page_shows_the_next_meeting_with_its_hours_host_and_who_comes(client, meeting, roster, sunita):
    for name in ("DCLG", "GDS", "LGA", "SOLACE", "SOCITM", "LARIA", "SCT"):
        answer_for_body(meeting, seat=roster[name], came=Came.EXPECTED, by=sunita)

    page = words(client.get("/board/"))

    assert "7 of 9 bodies have said they come. Quorum 5." in page
    assert "14:00 to 16:00" in page
    assert "Smith Square. LGA hosts and so takes the chair" in page
    assert "No meeting is called yet" not in page
    assert coming_meeting() == meeting


def test_whoever_represents_a_body_says_on_the_page_whether_it_comes(signed_in, meeting, roster):
    page = signed_in(roster["GDS"].representative)
    assert "Say whether GDS comes" in words(page.get("/board/"))
    assert "Does GDS come?" in words(page.get(meeting.get_absolute_url()))

    page.post(f"{meeting.get_absolute_url()}coming/", {"came": "expected"})

    assert BodyAttendance.objects.get().seat == roster["GDS"]
    assert "Say whether GDS comes" not in words(page.get("/board/"))
    assert "Has said it comes. You may change that until the meeting." in words(page.get(meeting.get_absolute_url()))
    page.post(f"{meeting.get_absolute_url()}coming/", {"came": "present"})
    page.post(f"{meeting.get_absolute_url()}coming/", {"came": "expected", "body": "lga"})
    assert BodyAttendance.objects.get().came == Came.EXPECTED


def test_who_came_is_named_to_the_board_and_not_to_the_public(client, signed_in, meeting, roster, sunita, boris):
    with clock.at(dt.datetime.combine(meeting.day, dt.time(17))):
        hold_planned_meeting(meeting, came=all_absent(meeting) | {roster["GDS"]: (Came.PRESENT, "Ada Grey")}, by=sunita)

    assert "Ada Grey" not in words(client.get(meeting.get_absolute_url()))
    for person in (boris, sunita, roster["LGA"].representative):
        assert "Ada Grey" in words(signed_in(person).get(meeting.get_absolute_url()))


def test_two_in_a_row_at_one_host_are_planned_after_a_tick(signed_in, meeting, roster, sunita):
    day = in_days(120)
    form = {"day_day": day.day, "day_month": day.month, "day_year": day.year, "host": roster["LGA"].pk, "place": "Here"}
    form |= {"starts_at": "2pm", "ends_at": "4.30pm"}
    page = signed_in(sunita)

    asked = page.post("/board/meetings/plan/", form)
    assert asked.status_code == 422
    assert "Tick the box below" in words(asked)
    page.post("/board/meetings/plan/", form | {"anyway": "on"})

    planned = Meeting.objects.planned()
    assert [meeting.hours for meeting in planned] == ["14:00 to 16:30", "14:00 to 16:00"]
    refused = page.post(f"{planned[0].get_absolute_url()}move/", form | {"anyway": "on", "starts_at": "later"})
    assert "Write the time like 9:30, 14:00 or 2pm." in words(refused)
    assert 'value="2pm"' not in words(page.get(f"{planned[0].get_absolute_url()}move/"))


def test_a_member_finds_what_waits_for_their_body_and_the_secretariat_what_to_plan(signed_in, meeting, roster, sunita):
    BoardActionFactory(owner=roster["GDS"].body, title="Ask the DVLA")

    today = plain_words(signed_in(roster["GDS"].representative).get("/"))
    assert "does GDS come?" in today
    assert "Ask the DVLA" in today
    other = plain_words(signed_in(roster["LGA"].representative).get("/"))
    assert "does LGA come?" in other
    assert "Ask the DVLA" not in other
    with clock.at(dt.datetime.combine(meeting.day, dt.time(9)) + dt.timedelta(days=1)):
        assert "Write down the meeting of" in plain_words(signed_in(sunita).get("/"))
