"""The secretariat records how each body stood; the number has no gaps; accepting a case unlocks step 4."""

import datetime as dt
import threading
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection

from audit.models import AuditEvent
from core import clock
from core.errors import Refused
from projects.models import Block, BusinessCase, Project
from projects.portfolio.case_content import content_hash
from projects.portfolio.operations import change_project, launch
from steering.models import BoardSeat, BodyAttendance, Decision, Meeting, SeatStand
from steering.operations import BOARD, ask_board, decide, meet_conditions, record_implementation
from steering.operations import decisions as deciding
from steering.queries.cases import cases_waiting
from steering.queries.decisions import Shown, Weighed, decisions_not_implemented, reviews_due_by
from tests.factories.accounts import UserFactory
from tests.factories.councils import ServiceFactory
from tests.factories.projects import BusinessCaseFactory, NeedFactory, ProjectFactory, PrototypeFactory
from tests.factories.steering import BoardSeatFactory, DecisionFactory
from tests.factories.take_up import BenefitFactory
from tests.pages import words
from tests.steering.deciding import HELD_ON, decided, meeting_of, stood
from tests.steering.motions import in_days

pytestmark = pytest.mark.sql

SUBMITTED = {"state": BusinessCase.State.SUBMITTED, "submitted_at": dt.datetime(2014, 11, 1, tzinfo=dt.UTC)}
SAID = {"result": "accepted", "wording": "The board accepts it."}


def a_block() -> Block:
    return Block.objects.create(project=ProjectFactory(), title="The gateway", slug="gateway", raised_by=UserFactory())


@pytest.fixture
def seats(db):
    return BoardSeatFactory.create_batch(9)


@pytest.fixture
def meeting(seats):
    return meeting_of(seats)


@pytest.fixture
def case(harlow):
    return BusinessCaseFactory(project__lead_council=harlow, **SUBMITTED)


def test_seven_for_and_two_abstaining_accept_and_unlock_step_four(meeting, case, sunita):
    decision = decided(case, by=sunita, letters="FFFFFFFXX")

    case.refresh_from_db()
    assert (case.state, case.decided_by_body, case.decision_number) == ("accepted", BOARD, decision.number)
    assert decision.number == "DEC-2014-01"
    assert decision.figures == "7 for, 0 against, 2 abstained"
    assert launch(case.project, by=sunita).stage == Project.Stage.LAUNCH


def test_how_each_body_stood_is_a_row_and_the_sums_are_those_of_the_rows(seats, meeting, case, sunita):
    stands = stood(seats, "FFFFFAXX-")
    stands[seats[5]] = ("against", "Nobody has measured it.")

    decision = decide(case, meeting=meeting, stands=stands, by=sunita, **SAID)

    rows = [(row.seat, row.stood, row.note) for row in decision.stands.all()]
    assert rows == [(seat, how, note) for seat, (how, note) in stands.items()]
    assert (decision.votes_for, decision.votes_against, decision.abstentions) == (5, 1, 2)


def test_without_an_accepted_case_nothing_launches(meeting, case, sunita):
    decided(case, by=sunita, result="rejected", letters="FFAAAA---")

    with pytest.raises(Refused):
        launch(case.project, by=sunita)


def test_only_the_secretariat_records(seats, meeting, case, boris, fatima, grace, edith):
    for person in (boris, fatima, grace, edith):
        with pytest.raises(PermissionDenied):
            decided(case, by=person)
    assert not Decision.objects.exists()
    case.refresh_from_db()
    assert case.state == BusinessCase.State.SUBMITTED


def test_the_board_is_the_only_way_to_decide_a_case():
    """Who decides is asked there and nowhere below it."""
    ours = [Path(app.path) for app in apps.get_app_configs() if Path(app.path).parent == settings.BASE_DIR]
    files = [path for app in ours for path in app.rglob("*.py")]

    assert {path.relative_to(settings.BASE_DIR).as_posix() for path in files if "decide_case(" in path.read_text()} == {
        "projects/portfolio/operations/cases.py",
        "steering/operations/decisions.py",
    }


def test_numbers_follow_one_another_within_a_year_of_decisions(seats, sunita):
    days = [dt.date(2014, 12, 10), dt.date(2014, 12, 11), dt.date(2015, 3, 10), dt.date(2014, 12, 12)]

    numbers = [decided(BusinessCaseFactory(**SUBMITTED), by=sunita, day=day).number for day in days]

    assert numbers == ["DEC-2014-01", "DEC-2014-02", "DEC-2015-01", "DEC-2014-03"]


def test_a_refused_decision_takes_no_number(meeting, case, sunita):
    with pytest.raises(Refused):
        decided(case, by=sunita, letters="FF-------")

    assert decided(case, by=sunita).number == "DEC-2014-01"


def test_after_ninety_nine_comes_a_hundred(meeting, case, sunita):
    DecisionFactory(number="DEC-2014-99")

    assert decided(case, by=sunita).number == "DEC-2014-100"


@pytest.mark.parametrize(
    ("given", "field", "words"),
    [
        ({"letters": "---------"}, "result", "0 bodies of 9 took part"),
        ({"letters": "FFFAAA---"}, "result", "more bodies for it"),
        ({"result": "deferred", "letters": "FFFAAA---"}, "result", "deferred with more bodies for it"),
        ({"result": "conditional", "conditions": "Ask.", "letters": "FFAAAA---"}, "result", "more bodies for it"),
        ({"result": "rejected"}, "result", "that is an acceptance"),
        ({"result": "conditional"}, "conditions", "Write down the conditions"),
        ({"day": dt.date(2014, 10, 31)}, "meeting", "submitted after that meeting"),
        ({"review_on": HELD_ON}, "review_on", "after the decision"),
        ({"wording": " "}, "wording", "Write down the decision"),
    ],
)
def test_what_cannot_have_been_decided_is_refused(seats, case, sunita, given, field, words):
    with pytest.raises(Refused, match=words) as refusal:
        decided(case, by=sunita, **given)

    assert refusal.value.field == field
    assert not Decision.objects.exists()


def test_nothing_is_decided_at_a_meeting_to_come_or_at_one_that_was_cancelled(seats, case, sunita):
    to_come = meeting_of(seats, clock.today() + dt.timedelta(days=1), state="planned")
    cancelled = meeting_of(seats, state="cancelled", cancelled_because="Snow.")

    with pytest.raises(Refused, match="has been taken"):
        decided(case, by=sunita, meeting=to_come)
    with pytest.raises(Refused, match="was cancelled"):
        decided(case, by=sunita, meeting=cancelled)


def test_between_meetings_nothing_is_decided_of_which_the_bodies_were_not_asked(seats, case, sunita):
    with pytest.raises(Refused, match="at a meeting, or by e-mail"):
        decide(case, stands=stood(seats, "FFFFFFFXX"), by=sunita, **SAID)


def test_a_draft_is_not_decided(meeting, sunita):
    with pytest.raises(Refused, match="not been submitted"):
        decided(BusinessCaseFactory(), by=sunita)


def test_a_decision_has_the_day_of_its_meeting(meeting, case, sunita):
    assert decided(case, by=sunita, meeting=meeting).decided_on == meeting.day


# The quorum, presence and the roster of the day


def test_fewer_than_five_of_the_nine_bodies_decide_nothing(meeting, case, sunita):
    for result, letters in (("accepted", "F--------"), ("accepted", "FFFF-----"), ("rejected", "FAAX-----")):
        with pytest.raises(Refused, match="of 9 took part; the board decides with at least 5") as refusal:
            decided(case, by=sunita, result=result, letters=letters)
        assert refusal.value.field == "result"
    case.refresh_from_db()
    assert (case.state, Decision.objects.count()) == (BusinessCase.State.SUBMITTED, 0)

    assert decided(case, by=sunita, letters="FXXXX----").bodies == 5


def test_only_the_bodies_that_were_at_the_meeting_stood_on_what_it_decided(seats, case, sunita):
    meeting = meeting_of(seats[:8])

    with pytest.raises(Refused, match=f"{seats[8]} was not at the meeting") as refusal:
        decide(case, meeting=meeting, stands=stood(seats, "FFFFFFFXX"), by=sunita, **SAID)
    assert refusal.value.field == f"stood_{seats[8].pk}"

    assert decide(case, meeting=meeting, stands=stood(seats[:8], "FFFFFFFX"), by=sunita, **SAID).bodies == 8


def test_who_sent_apologies_or_only_said_that_it_comes_was_not_there(seats, case, sunita):
    meeting = meeting_of(seats)
    BodyAttendance.objects.filter(meeting=meeting, seat=seats[7]).update(came="apologies")
    BodyAttendance.objects.filter(meeting=meeting, seat=seats[8]).update(came="expected")

    for letters in ("FFFFFFFX-", "FFFFFFF-X"):
        with pytest.raises(Refused, match="was not at the meeting"):
            decided(case, by=sunita, meeting=meeting, letters=letters)


def test_a_body_stands_on_what_was_decided_while_it_had_its_seat(seats, case, sunita):
    meeting = meeting_of(seats)
    BoardSeat.objects.filter(pk=seats[0].pk).update(until=HELD_ON - dt.timedelta(days=1))
    BoardSeat.objects.filter(pk=seats[1].pk).update(since=HELD_ON + dt.timedelta(days=1))

    for letters in ("F--FFFFFF", "-F-FFFFFF"):
        with pytest.raises(Refused, match="had no seat on the board on 10 December 2014"):
            decided(case, by=sunita, meeting=meeting, letters=letters)

    BoardSeat.objects.filter(pk=seats[0].pk).update(until=HELD_ON)
    assert decided(case, by=sunita, meeting=meeting, letters="F--FFFFFF").bodies == 7


def test_control_without_the_quorum_four_bodies_would_decide(monkeypatch, meeting, case, sunita):
    monkeypatch.setattr(deciding, "QUORUM", 0)

    with pytest.raises(IntegrityError, match="a_decision_had_its_quorum"):
        decided(case, by=sunita, letters="FFFF-----")


def test_control_without_presence_a_body_that_was_absent_would_count(monkeypatch, seats, case, sunita):
    meeting = meeting_of(seats[:8])
    monkeypatch.setattr(Meeting, "present", lambda meeting: BoardSeat.objects.all())

    assert decided(case, by=sunita, meeting=meeting).bodies == 9


def test_control_without_the_days_of_seats_a_body_that_had_left_would_count(monkeypatch, seats, case, sunita):
    meeting = meeting_of(seats)
    BoardSeat.objects.filter(pk=seats[0].pk).update(until=HELD_ON - dt.timedelta(days=1))
    monkeypatch.setattr(BoardSeat, "is_of", lambda seat, day: True)

    assert decided(case, by=sunita, meeting=meeting).bodies == 9


def test_the_database_keeps_no_decision_without_its_quorum(db):
    with pytest.raises(IntegrityError, match="a_decision_had_its_quorum"):
        DecisionFactory(votes_for=4, abstentions=0)


def test_the_database_keeps_one_row_for_each_body(meeting, case, sunita):
    decision = decided(case, by=sunita)

    with pytest.raises(IntegrityError):
        SeatStand.objects.create(decision=decision, seat=decision.stands.first().seat, stood="against")


# Any subject, any result


@pytest.mark.parametrize("make", [ProjectFactory, a_block, BenefitFactory, lambda: None])
def test_the_board_decides_about_a_project_a_block_a_promise_or_none_of_them(meeting, sunita, make):
    subject = make()

    decision = decided(subject, by=sunita, title="What to do next")

    assert decision.subject == subject
    assert decision.title == "What to do next"


def test_a_decision_about_nothing_on_record_says_in_a_line_what_was_decided(meeting, sunita):
    with pytest.raises(Refused, match="in a line") as refusal:
        decided(None, by=sunita)

    assert refusal.value.field == "title"


def test_what_was_weighed_basis_and_dissent_are_kept(meeting, case, sunita):
    ways = [Weighed("Build it together", "Once for all", True), Weighed("Each alone")]

    decision = decided(case, by=sunita, options=ways, basis="The sums.", dissent="Too dear.")

    assert [(each.order, each.title, each.note, each.is_chosen) for each in decision.options.all()] == [
        (1, "Build it together", "Once for all", True),
        (2, "Each alone", "", False),
    ]
    assert (decision.basis, decision.dissent) == ("The sums.", "Too dear.")


@pytest.mark.parametrize("result", ["deferred", "noted"])
def test_deferred_or_noted_a_case_goes_on_waiting_and_is_decided_later(seats, meeting, case, sunita, result):
    first = decided(case, by=sunita, result=result)

    case.refresh_from_db()
    assert case.state == BusinessCase.State.SUBMITTED
    assert list(cases_waiting()) == [case]

    second = decided(case, by=sunita, day=dt.date(2015, 3, 10))
    case.refresh_from_db()
    assert (case.state, case.decision_number) == ("accepted", second.number)
    assert list(case.decisions.all()) == [second, first]


def test_what_is_only_noted_needs_no_vote(meeting, case, sunita):
    decision = decided(case, by=sunita, result="noted", letters="---------")

    assert (decision.bodies, decision.stands.count()) == (0, 0)


def test_on_conditions_step_four_stays_locked_until_they_are_met(meeting, case, sunita):
    decision = decided(case, by=sunita, result="conditional", conditions="The gateway is clear.")

    case.refresh_from_db()
    assert case.state == BusinessCase.State.SUBMITTED
    assert not cases_waiting().exists()  # it waits for its conditions
    with pytest.raises(Refused):
        launch(case.project, by=sunita)

    meet_conditions(decision, words="Counsel has written.", by=sunita)
    case.refresh_from_db()
    assert (case.state, case.decision_number) == ("accepted", decision.number)
    assert launch(case.project, by=sunita).stage == Project.Stage.LAUNCH


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"words": " "}, "words"),
        ({"met_on": dt.date(2014, 12, 9)}, "met_on"),
        ({"met_on": dt.date(2999, 1, 1)}, "met_on"),
    ],
)
def test_conditions_are_not_met_without_words_or_on_a_day_that_cannot_be(meeting, case, sunita, given, field):
    decision = decided(case, by=sunita, result="conditional", conditions="The gateway is clear.")

    with pytest.raises(Refused) as refusal:
        meet_conditions(decision, by=sunita, **{"words": "They are.", **given})

    assert refusal.value.field == field
    case.refresh_from_db()
    assert case.state == BusinessCase.State.SUBMITTED


def test_conditions_are_met_once_and_by_the_secretariat_alone(meeting, case, sunita, boris):
    decision = decided(case, by=sunita, result="conditional", conditions="The gateway is clear.")

    with pytest.raises(PermissionDenied):
        meet_conditions(decision, words="They are.", by=boris)
    meet_conditions(decision, words="They are.", by=sunita)
    with pytest.raises(Refused, match="no conditions that wait"):
        meet_conditions(decision, words="They are.", by=sunita)


def test_a_case_rejected_after_all_is_not_accepted_by_conditions_met_later(seats, meeting, case, sunita):
    on_conditions = decided(case, by=sunita, result="conditional", conditions="The gateway is clear.")
    decided(case, by=sunita, result="rejected", letters="AAAAAA---", day=dt.date(2015, 3, 10))

    with pytest.raises(Refused):
        meet_conditions(on_conditions, words="They are.", by=sunita)
    assert on_conditions not in decisions_not_implemented(clock.today())


def test_conditions_do_not_accept_a_case_that_the_board_decided_about_again(seats, meeting, case, sunita):
    decision = decided(case, by=sunita, result="conditional", conditions="The gateway is clear.")
    later = decided(case, by=sunita, result="deferred", day=dt.date(2015, 3, 10))

    with pytest.raises(Refused, match=f"decided about it again since: {later.number}, deferred"):
        meet_conditions(decision, words="They are.", by=sunita)
    case.refresh_from_db()
    assert case.state == BusinessCase.State.SUBMITTED


def test_what_was_only_noted_since_leaves_the_conditions_to_be_met(seats, meeting, case, sunita):
    decision = decided(case, by=sunita, result="conditional", conditions="The gateway is clear.")
    decided(case, by=sunita, result="noted", letters="---------", day=dt.date(2015, 3, 10))

    meet_conditions(decision, words="They are.", by=sunita)

    case.refresh_from_db()
    assert case.state == BusinessCase.State.ACCEPTED


def test_conditions_do_not_accept_another_content_than_the_board_decided_about(meeting, case, sunita):
    decision = decided(case, by=sunita, result="conditional", conditions="The gateway is clear.")
    BusinessCase.objects.filter(pk=case.pk).update(one_off_cost=case.one_off_cost + 1)

    with pytest.raises(Refused, match="no longer what the board accepted on conditions"):
        meet_conditions(decision, words="They are.", by=sunita)
    case.refresh_from_db()
    assert case.state == BusinessCase.State.SUBMITTED


def test_conditions_wait_while_the_board_is_asked_about_the_case_by_email(meeting, case, sunita):
    decision = decided(case, by=sunita, result="conditional", conditions="The gateway is clear.")
    for seat in BoardSeat.objects.all():
        seat.representative = UserFactory()
        seat.save()
    ask_board(title="Accept it", wording="Accept the case.", business_case=case, closes_on=in_days(3), by=sunita)

    with pytest.raises(Refused, match="being asked about it by e-mail"):
        meet_conditions(decision, words="They are.", by=sunita)


# Carried out, and coming back


def test_a_decision_is_carried_out_on_a_day_by_somebody(meeting, case, sunita):
    decision = decided(case, by=sunita)
    assert list(decisions_not_implemented(clock.today())) == [decision]

    record_implementation(decision, words="Supplier has not answered.", by=sunita)
    assert list(decisions_not_implemented(clock.today())) == [decision]

    record_implementation(decision, words="Published.", done_by="Luton", done_on=dt.date(2015, 2, 1), by=sunita)
    assert not decisions_not_implemented(clock.today()).exists()
    assert list(decisions_not_implemented(dt.date(2015, 1, 31))) == [decision]
    assert not decisions_not_implemented(dt.date(2014, 12, 9)).exists()


def test_the_launch_of_its_project_carries_out_an_accepted_case_everywhere(client, meeting, case, sunita):
    decision = decided(case, by=sunita)
    Project.objects.filter(pk=case.project_id).update(launched_on=dt.date(2015, 2, 1))
    decision.refresh_from_db()

    assert not decision.is_to_implement
    assert list(decisions_not_implemented(dt.date(2015, 1, 31))) == [decision]
    assert not decisions_not_implemented(dt.date(2015, 2, 1)).exists()
    assert "by the launch of the project" in words(client.get(decision.get_absolute_url()))
    assert "not carried out yet" not in words(client.get("/board/decisions/"))


def test_a_launch_before_the_decision_carries_nothing_out(meeting, case, sunita):
    decision = decided(case, by=sunita)
    Project.objects.filter(pk=case.project_id).update(launched_on=dt.date(2014, 12, 9))
    decision.refresh_from_db()

    assert decision.is_to_implement
    assert list(decisions_not_implemented(clock.today())) == [decision]


def test_what_was_decided_again_before_its_conditions_were_met_is_not_to_be_carried_out(seats, meeting, case, sunita):
    on_conditions = decided(case, by=sunita, result="conditional", conditions="The gateway is clear.")
    assert on_conditions.is_to_implement
    decided(case, by=sunita, result="rejected", letters="AAAAAA---", day=dt.date(2015, 3, 10))

    assert not Decision.objects.get(pk=on_conditions.pk).is_to_implement


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"done_on": dt.date(2014, 12, 9)}, "done_on"),
        ({"done_on": dt.date(2999, 1, 1)}, "done_on"),
        ({"done_by": " "}, "done_by"),
        ({"done_on": None, "words": ""}, "words"),
    ],
)
def test_what_cannot_have_been_carried_out_so_is_refused(meeting, case, sunita, given, field):
    decision = decided(case, by=sunita)

    with pytest.raises(Refused) as refusal:
        record_implementation(
            decision, by=sunita, **{"words": "Done.", "done_by": "Luton", "done_on": dt.date(2015, 2, 1), **given}
        )

    assert refusal.value.field == field


def test_what_was_rejected_deferred_or_noted_is_carried_out_by_nobody(seats, meeting, case, sunita):
    decision = decided(case, by=sunita, result="deferred")

    with pytest.raises(Refused, match="Only what was accepted"):
        record_implementation(decision, words="Done.", done_by="Luton", done_on=dt.date(2015, 2, 1), by=sunita)


def test_reviews_come_back_by_the_day_of_a_meeting(db):
    first = DecisionFactory(review_on=dt.date(2015, 6, 10))
    second = DecisionFactory(review_on=dt.date(2015, 3, 10))
    DecisionFactory()

    assert list(reviews_due_by(dt.date(2015, 6, 10))) == [second, first]
    assert list(reviews_due_by(dt.date(2015, 6, 9))) == [second]


# What the page showed


def test_a_case_that_was_changed_after_the_page_was_opened_is_not_decided(meeting, case, sunita):
    shown = Shown("", content_hash(case))
    BusinessCase.objects.filter(pk=case.pk).update(one_off_cost=case.one_off_cost + 1)

    with pytest.raises(Refused, match=r"no longer what you were shown\. Nobody is on record as having changed it"):
        decided(case, by=sunita, shown=shown)
    assert not Decision.objects.exists()

    case.refresh_from_db()
    assert decided(case, by=sunita, shown=Shown("", content_hash(case))).shown_hash == content_hash(case)


def test_who_changed_the_project_meanwhile_and_what_is_said(meeting, case, sunita, fatima):
    shown = Shown("", content_hash(case))
    change_project(case.project, by=fatima, summary="Something else.")

    with pytest.raises(Refused, match=f"{fatima} changed its summary at"):
        decided(case, by=sunita, shown=shown)


def test_another_service_is_another_coverage_and_so_another_content(meeting, case, sunita, fatima):
    shown = Shown("", content_hash(case))
    change_project(case.project, by=fatima, service=ServiceFactory(providing_tier="district"))
    case = BusinessCase.objects.get(pk=case.pk)

    assert case.content_hash == content_hash(case) != shown.case_hash
    with pytest.raises(Refused, match=f"{fatima} changed its service at"):
        decided(case, by=sunita, shown=shown)


def test_needs_of_another_tier_are_another_content(meeting, case):
    shown = content_hash(case)
    case.project.prototype = PrototypeFactory()
    case.project.prototype.needs.set([NeedFactory(service=ServiceFactory(providing_tier="district"))])

    assert content_hash(case) != shown


def test_what_the_board_is_not_shown_may_change_meanwhile(meeting, case, sunita, fatima):
    shown = Shown("", content_hash(case))
    change_project(case.project, by=fatima, update_every_days=28)

    assert decided(case, by=sunita, shown=shown)


def test_who_comes_second_is_told_who_decided_when_and_as_what(meeting, case, sunita):
    shown = Shown("", content_hash(case))
    first = decided(case, by=sunita, shown=shown)

    with pytest.raises(Refused, match=f"{sunita} recorded {first.number} about this at .*: accepted, 7 for"):
        decided(case, by=sunita, shown=shown)
    assert Decision.objects.count() == 1


def test_of_two_that_leave_the_case_open_the_second_is_told_too(meeting, case, sunita):
    shown = Shown("", content_hash(case))
    first = decided(case, by=sunita, shown=shown, result="deferred")

    with pytest.raises(Refused, match=first.number):
        decided(case, by=sunita, shown=shown, result="deferred")
    assert decided(case, by=sunita, shown=Shown(first.number, content_hash(case)), result="deferred")


def test_the_audit_trail_says_who_recorded_it(meeting, case, sunita):
    decided(case, by=sunita)

    assert AuditEvent.objects.get(action="steering.gate_decided").by == sunita


@pytest.mark.django_db(transaction=True)
def test_decisions_recorded_at_the_same_moment_have_different_numbers(sunita):
    seats = BoardSeatFactory.create_batch(9)
    meeting = meeting_of(seats)
    cases = [BusinessCaseFactory(**SUBMITTED) for _ in range(6)]
    together, problems = threading.Barrier(len(cases)), []

    def record(case):
        try:
            together.wait()
            decided(case, by=sunita, meeting=meeting)
        except Exception as problem:
            problems.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=record, args=(case,)) for case in cases]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert problems == []
    assert sorted(Decision.objects.values_list("number", flat=True)) == [f"DEC-2014-0{n}" for n in range(1, 7)]
