"""The stepper stands on every page of the chain: four steps, one of them the present one."""

import datetime as dt

from projects.models import Discovery, Project
from projects.portfolio.steps import steps_of
from tests.factories.projects import DiscoveryFactory, ProjectFactory, PrototypeFactory


def states(steps):
    return [step["state"] for step in steps]


def test_at_step_one_the_rest_is_to_come_and_what_is_missing_is_said(db):
    discovery = DiscoveryFactory()
    discovery.priority_issues.create(wording="Nobody knows")

    steps = steps_of(discovery)

    assert states(steps) == ["present", "future", "future", "future"]
    assert "Still missing: a potential project with its scope; a feasibility verdict" in steps[0]["note"]


def test_one_that_is_planned_says_when_it_starts(db, on_day):
    discovery = DiscoveryFactory(starts_on=dt.date(2026, 12, 3))

    with on_day(2026, 12, 1):
        assert steps_of(discovery)[0]["note"].startswith("Starts 3 December 2026")


def test_at_step_two_the_first_has_its_day(db):
    steps = steps_of(DiscoveryFactory(at_step_two=True))

    assert states(steps) == ["past", "present", "future", "future"]
    assert steps[0]["note"] == "14 May 2014"
    assert "a prototype with a summary" in steps[1]["note"]


def test_what_is_not_feasible_is_not_ready_to_end(db, client):
    discovery = DiscoveryFactory(feasibility=Discovery.Feasibility.NOT_FEASIBLE, feasibility_reason="Rules differ")
    discovery.priority_issues.create(wording="Nobody knows")
    discovery.potential_projects.create(title="A calculator", scope="One page")
    prototype = PrototypeFactory(discovery=discovery)

    assert "not feasible now" in steps_of(discovery)[0]["note"]
    for record in (discovery, prototype):
        page = client.get(record.get_absolute_url()).content.decode()
        assert "Ready to end" not in page
        assert "or judge again" in page


def test_on_a_discoverys_page_stepper_badge_and_button_name_one_step(signed_in, fatima):
    discovery = DiscoveryFactory(at_step_two=True)
    for number in range(3):
        page = signed_in(fatima).get(discovery.get_absolute_url()).content.decode()
        assert page.count("lda-stepper__step--present") == 1
        assert "2 Co-Design Day" in page.split("lda-stepper__step--present")[1].split("</li>")[0], number
        assert "End step 2" in page
        assert discovery.get_step_display() == "2 Co-Design Day"
        assert ("(begun)" in page) is (number > 0)
        prototype = PrototypeFactory(discovery=discovery)
        ProjectFactory(prototype=prototype, discovery=discovery)


def test_where_it_stopped_nothing_follows(db):
    stopped = DiscoveryFactory(step=Discovery.Step.STOPPED, stopped_on=dt.date(2014, 6, 2), lesson="Rules differ")

    steps = steps_of(stopped)

    assert states(steps) == ["present", "future", "future", "future"]
    assert [step["note"] for step in steps] == ["Stopped 2 June 2014", "Not reached", "Not reached", "Not reached"]


def test_a_project_has_one_present_step_even_before_step_two_is_closed(db):
    prototype = PrototypeFactory()

    steps = steps_of(prototype.discovery, [ProjectFactory(prototype=prototype, discovery=prototype.discovery)])

    assert states(steps) == ["past", "begun", "present", "future"]
    assert steps[1]["note"].endswith(", not ended yet")
    assert steps[3]["note"] == "Needs an accepted business case"


def test_a_launched_and_a_finished_project(db):
    launched = steps_of(DiscoveryFactory(at_step_two=True), [ProjectFactory(stage=Project.Stage.LAUNCH)])
    finished = steps_of(None, [ProjectFactory(stage=Project.Stage.FINISHED, ended_on=dt.date(2016, 3, 1))])

    assert states(launched) == ["past", "begun", "past", "present"]
    assert [step["note"] for step in launched[2:]] == ["Accepted 10 December 2014", "Since 1 June 2015"]
    assert states(finished) == ["past"] * 4
    assert finished[0]["note"] == "Not on record"
    assert finished[3]["note"] == "1 June 2015 to 1 March 2016"


def test_several_projects_of_one_discovery_are_counted(db):
    discovery = DiscoveryFactory(at_step_two=True)
    projects = ProjectFactory.create_batch(3)

    def last_two():
        return [(step["state"], step["note"]) for step in steps_of(discovery, projects)[2:]]

    assert last_two() == [("present", "3 projects"), ("future", "Needs an accepted business case")]
    projects[0] = ProjectFactory(stage=Project.Stage.LAUNCH)
    assert last_two() == [("begun", "2 still here"), ("present", "1 of 3 projects")]
    projects[1:] = [projects[0], ProjectFactory(stage=Project.Stage.FINISHED, ended_on=dt.date(2016, 3, 1))]
    assert last_two() == [("past", ""), ("present", "3 of 3 projects")]
    projects = projects[2:] * 2
    assert last_two() == [("past", ""), ("past", "2 of 2 projects")]


def test_step_two_that_has_ended_is_a_span_of_which_the_day_is_one(db):
    ended = DiscoveryFactory(at_step_two=True, step=Discovery.Step.FINISHED, step_two_ended_on=dt.date(2014, 7, 16))

    assert steps_of(ended)[1]["note"] == "1 June 2014 to 16 July 2014"
