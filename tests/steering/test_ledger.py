"""The ledger of promises holds the saving of each accepted case and no other, by whatever road it was accepted."""

import pytest

from core import clock
from projects.models import BusinessCase
from projects.portfolio.operations import draft_case, submit_case
from steering.models import Decision
from steering.operations import ask_board, conclude_motion, meet_conditions
from take_up.queries import sums_of_all
from tests.factories.projects import SUMS, BusinessCaseFactory, ProjectFactory
from tests.steering.deciding import decided, meeting_of, sums_of_rows
from tests.steering.motions import ORDER, closed, in_days, votes

pytestmark = [pytest.mark.sql, pytest.mark.django_db]
YEAR = "£ a year"


def at_a_meeting(result, letters="FFFFFFFXX"):
    def road(case, by, meeting):
        return decided(case, by=by, meeting=meeting, result=result, letters=letters, conditions="Ask Luton.")

    return road


def on_conditions_that_are_met(case, by, meeting):
    meet_conditions(at_a_meeting("conditional")(case, by, meeting), words="Luton agrees.", by=by)


def by_email(answers):
    def road(case, by, meeting):
        motion = ask_board(**ORDER, closes_on=in_days(3), business_case=case, by=by)
        votes(motion, **answers)
        conclude_motion(closed(motion), by=by)

    return road


def rejected_then_accepted(case, by, meeting):
    at_a_meeting("rejected", "AAAAAAFXX")(case, by, meeting)
    again = draft_case(case.project, by=case.written_by, summary="Cheaper.", **SUMS | {"volume": case.volume + 7})
    at_a_meeting("accepted")(submit_case(again, by=case.written_by), by, meeting)


def left_waiting(case, by, meeting):
    pass


# Each road, and whether the last version of its case is accepted at its end.
ROADS = {
    "accepted at a meeting": (at_a_meeting("accepted"), True),
    "rejected at a meeting": (at_a_meeting("rejected", "AAAAAAFXX"), False),
    "deferred": (at_a_meeting("deferred"), False),
    "on conditions that are met": (on_conditions_that_are_met, True),
    "on conditions that wait": (at_a_meeting("conditional"), False),
    "accepted by e-mail": (by_email({"votes_for": 6}), True),
    "rejected by e-mail": (by_email({"votes_for": 1, "against": 6}), False),
    "without a quorum": (by_email({"votes_for": 4}), False),
    "rejected, then accepted": (rejected_then_accepted, True),
    "waiting": (left_waiting, False),
}


def test_the_ledger_equals_the_accepted_cases_by_every_road(bodies, fatima, sunita, client):
    meeting, expected = meeting_of(bodies, clock.today()), {}
    for n, (name, (road, is_accepted)) in enumerate(ROADS.items()):
        project = ProjectFactory(title=name, running=True)
        case = BusinessCaseFactory(project=project, written_by=fatima, volume=1000 + 37 * n)
        road(submit_case(case, by=fatima), sunita, meeting)
        last = BusinessCase.objects.filter(project=project).first()
        assert (last.state == "accepted") == is_accepted, name
        expected[name] = [last.payback().yearly_saving] if is_accepted else []

    for each in Decision.objects.all():
        assert (each.votes_for, each.votes_against, each.abstentions) == sums_of_rows(each) != (0, 0, 0), each
    projects = ProjectFactory._meta.model.objects.all()
    said = {each.title: list(each.benefits.filter(unit=YEAR).values_list("claimed", flat=True)) for each in projects}
    assert said == expected
    total = sum(saving for savings in expected.values() for saving in savings)
    assert sums_of_all().claimed.total == total
    assert f"£{total:,.0f}" in client.get("/board/promises/?unit=%C2%A3+a+year").content.decode()


def test_control_where_a_decision_makes_no_promise_the_ledger_lacks_it(bodies, sunita, monkeypatch):
    monkeypatch.setattr("steering.operations.decisions.promise_of_case", lambda case: None)
    case = BusinessCaseFactory(state="submitted", submitted_at=clock.now(), project__running=True)

    at_a_meeting("accepted")(case, sunita, meeting_of(bodies, clock.today()))

    assert case.project.benefits.count() == 0
