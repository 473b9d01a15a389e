"""One row a project: its steps and gates in words, its rating with its reason, those that need the board first."""

import datetime as dt
import re

import pytest

from core import clock
from core.listing import memory
from projects.models import BusinessCase, Discovery, Project
from projects.portfolio.standing import standings
from steering.lanes import cells_of
from steering.queries import with_next_decision
from tests.factories.projects import BusinessCaseFactory, DiscoveryFactory, ProjectFactory, PrototypeFactory
from tests.factories.steering import DecisionFactory
from tests.steering.test_board import moment, project, text_of

pytestmark = [pytest.mark.sql, pytest.mark.django_db]
ENDED = {"step_one_ended_on": dt.date(2026, 4, 10), "step_two_ended_on": dt.date(2026, 5, 22)}


@pytest.fixture(autouse=True)
def today(on_day):
    with on_day(2026, 11, 26):
        yield


def chosen(**given) -> Project:
    """A project from a prototype of a discovery that has ended."""
    discovery = DiscoveryFactory(at_step_two=True)
    Discovery.objects.filter(pk=discovery.pk).update(step=Discovery.Step.FINISHED, **ENDED)
    prototype = PrototypeFactory(discovery=discovery)
    return project("Permits", discovery=discovery, prototype=prototype, **given)


def heard(record: Project) -> list[str]:
    """The cells of a row as a screen reader says them."""
    row = with_next_decision(Project.objects.filter(pk=record.pk)).get()
    return [text_of(cell) for cell in re.findall(r"<td.*?</td>", cells_of(row))]


def with_case(state: str, **given) -> Project:
    decided = {"decided_by_body": "The board", "decision_number": "DEC-2026-01", "decided_on": dt.date(2026, 8, 3)}
    record = chosen(**given)
    BusinessCaseFactory(project=record, state=state, **(decided if state in {"accepted", "rejected"} else {}))
    return record


def test_a_row_is_heard_as_steps_with_their_days_and_gates_with_their_outcome():
    assert heard(with_case("submitted")) == [
        "Step 1 done 10 Apr 2026",
        "Gate: passed",
        "Step 2 done 22 May 2026",
        "Gate: chosen",
        "Step 3 now since 1 Jul 2026",
        "Gate: to decide",
        "Step 4 to come",
    ]


def test_the_third_gate_says_how_the_board_stands_on_the_latest_case():
    launched = {"case_accepted_on": dt.date(2026, 8, 3), "launched_on": dt.date(2026, 9, 1), "stage": "launch"}

    assert heard(chosen())[5] == "Gate: no case"
    assert heard(with_case("draft"))[5] == "Gate: draft"
    assert heard(with_case("rejected"))[5] == "Gate: refused"
    again = with_case("rejected")
    BusinessCaseFactory(project=again, version=2, state="draft")
    assert heard(again)[5] == "Gate: refused"
    again.business_cases.filter(version=2).delete()
    BusinessCaseFactory(project=again, version=2, state="submitted", submitted_at=clock.now())
    assert heard(again)[5] == "Gate: to decide"
    on_terms = BusinessCaseFactory(project=chosen(), state="submitted", submitted_at=clock.now())
    DecisionFactory(business_case=on_terms, number="DEC-2026-07", result="conditional", conditions="Ask the lawyers.")
    assert heard(on_terms.project)[5] == "Gate: on terms"
    assert heard(with_case("accepted", case_accepted_on=dt.date(2026, 8, 3), launched_on=None))[4:] == [
        "Step 3 now since 1 Jul 2026", "Gate: 3 Aug 2026", "Step 4 to come",
    ]  # fmt: skip
    assert heard(with_case("accepted", **launched))[4:] == [
        "Step 3 done 1 Sep 2026", "Gate: 3 Aug 2026", "Step 4 now since 1 Sep 2026",
    ]  # fmt: skip


def test_what_is_not_on_record_is_not_drawn_as_passed_and_what_was_stopped_says_so():
    assert heard(project("From a document"))[:4] == [
        "Step 1 done not on record", "Gate: not on record", "Step 2 done not on record", "Gate: not on record",
    ]  # fmt: skip
    assert heard(chosen(stage="stopped", ended_on=dt.date(2026, 10, 2), lesson="Too early."))[4:] == [
        "Step 3 stopped 2 Oct 2026", "Gate: no case", "Step 4 to come",
    ]  # fmt: skip
    going_on = project("Before step 2 ended", discovery=DiscoveryFactory(at_step_two=True))
    assert heard(going_on)[2] == "Step 2 now since 1 Jun 2014"


def test_a_rating_never_stands_without_its_reason():
    ended = project("Ended", stage="stopped", ended_on=dt.date(2026, 10, 2), lesson="Too early.")
    projects = [
        project("a", updated=0),
        project("b", updated=1),
        project("c", updated=14),
        project("c2", updated=40, update_every_days=60),
        project("d", updated=15),
        project("e", updated=29, update_every_days=7),
        project("f", started_on=dt.date(2014, 7, 9), updated=4000),
        ended,
    ]
    found = [(each.word, each.reason) for each in standings(projects).values()]

    assert found == [
        ("Green", "Updated today; one every 2 weeks was promised."),
        ("Green", "Updated 1 day ago; one every 2 weeks was promised."),
        ("Green", "Updated 14 days ago; one every 2 weeks was promised."),
        ("Green", "Updated 1 month ago; one every 60 days was promised."),
        ("Amber", "No update for 15 days, one every 2 weeks was promised."),
        ("Red", "No update for 29 days, one every week was promised."),
        ("Not rated", "Part of the record of 2013 to 2015."),
        ("Not rated", "Stopped on 2 October 2026."),
    ]


def rows(client) -> list[str]:
    """The projects of the portfolio, from top to bottom."""
    page = client.get("/board/").content.decode()
    return re.findall(r'role="rowheader"><a [^>]+>(.*?)</a>', page)


def test_those_that_need_the_board_stand_first_and_the_record_last(client):
    project("Fresh")
    ProjectFactory(title="Record", started_on=dt.date(2014, 7, 9))
    project("Silent", updated=120)
    reviewed = BusinessCaseFactory(project=ProjectFactory(title="To review", started_on=dt.date(2014, 7, 9)))
    DecisionFactory(business_case=reviewed, review_on=dt.date(2026, 11, 17))
    BusinessCaseFactory(project=project("To decide"), state="submitted", submitted_at=clock.now())

    assert rows(client) == ["To decide", "To review", "Silent", "Fresh", "Record"]


def test_the_portfolio_says_how_many_there_are_and_one_click_narrows_it(client):
    project("Fresh", outcome_of_year=2026)
    project("Late", updated=20)
    project("Silent", updated=120)
    ProjectFactory(title="Record", started_on=dt.date(2014, 7, 9))

    page = text_of(client.get("/board/").content.decode())
    assert "4 projects : 4 at step 3. 1 green, 1 amber, 1 red, 1 not rated ." in page
    assert "Only those whose update is late (1) Only the dormant (1) Only the 1 outcome of 2026" in page
    assert "As at 26 November 2026, counted from the records." in page
    for query, words in (("?overdue=1", "Update overdue"), ("?freshness=dormant", "Dormant")):
        page = text_of(client.get(f"/board/{query}").content.decode())
        assert "1 of 4 projects ." in page
        assert f"Remove filter: {words}" in page


def test_what_comes_next_is_said_of_those_that_run_and_of_the_record_only_where_the_board_still_looks(client):
    project("Runs")
    case = BusinessCaseFactory(
        project=ProjectFactory(title="Record", started_on=dt.date(2014, 7, 9)), state=BusinessCase.State.DRAFT
    )
    page = text_of(client.get("/board/").content.decode())
    assert page.count("Next decision: none yet, its business case is not written") == 1
    assert "its business case is a draft" not in page

    DecisionFactory(business_case=case, review_on=moment(dt.date(2026, 11, 17)).date())
    assert "Next decision: review due since 17 November 2026" in text_of(client.get("/board/").content.decode())


def test_what_is_kept_of_the_board_for_strangers_is_kept_for_a_day(client, monkeypatch, on_day):
    kept = {}
    monkeypatch.setattr(memory, "remembered", lambda key, compute: kept.setdefault(key, compute()))
    project("Silent", updated=28)
    assert "1 amber" in text_of(client.get("/board/").content.decode())

    with on_day(2026, 11, 27):
        page = text_of(client.get("/board/").content.decode())

    assert "1 red" in page
    assert "Late since 12 Nov Silent" in page


def test_what_the_numbers_of_the_steps_mean_is_said_above_them(client):
    project = ProjectFactory()

    page = client.get("/board/").content.decode().partition('id="portfolio"')[2]

    assert 0 < page.index("1 Discovery, 2 Co-Design, 3 Co-develop, 4 Take-up") < page.index(project.title)
