"""A project says who leads, how fresh it is and why, and how its business case stands."""

import csv
import datetime as dt
import io

import pytest

from core import clock
from councils.models import Enquiry
from projects.models import BusinessCase, Project
from projects.portfolio import operations
from tests.factories.councils import DepartmentFactory, OrganisationFactory
from tests.factories.projects import SUMS, BusinessCaseFactory, ProjectFactory, PrototypeFactory
from tests.projects.days import noon

FIGURES = {name: str(value) for name, value in SUMS.items()}


@pytest.fixture
def project(harlow):
    return ProjectFactory(lead_council=harlow, running=True)


def page(client, record):
    return client.get(record.get_absolute_url()).content.decode()


def rows(response):
    return [line.title for line in response.context["found"].lines]


def test_the_list_filters_by_stage_region_lead_and_freshness(client, project, surrey):
    ProjectFactory(title="Old", lead_council=surrey)

    for query in ("stage=co_develop&freshness=fresh", "region=East+of+England", "lead=harlow"):
        assert rows(client.get(f"/projects/?{query}")) == [project.title], query
    assert rows(client.get("/projects/?freshness=history")) == ["Old"]
    assert len(rows(client.get("/projects/?freshness=stale&lead=nowhere&purpose=x&service="))) == 2


def test_the_csv_says_freshness_and_leaves_the_record_without_a_due_day(client, project):
    ProjectFactory(title="Old")

    lines = list(csv.reader(io.StringIO(client.get("/projects/?format=csv").content.decode("utf-8-sig"))))

    by_title = {line[0]: line for line in lines[5:]}
    assert by_title["Old"][7:9] == ["Part of the record", ""]
    assert by_title[project.title][8] == str(project.next_update_due)


def test_an_empty_list_says_what_to_do_next(client, db):
    assert "No projects yet" in client.get("/projects/").content.decode()


def test_the_page_says_who_leads_with_whom_and_when_the_next_update_is_due(client, project, on_day):
    project.partners.add(DepartmentFactory(name="Department of Health"))

    words = page(client, project)

    assert "Harlow (district)" in words
    assert "Department of Health" in words
    assert "Updated today; one every 2 weeks was promised." in words
    assert "Next update due" in words


def test_an_overdue_project_says_by_how_much(client, project):
    Project.objects.update(last_updated_at=noon(40))

    assert "No update for 40 days, one every 2 weeks was promised." in page(client, project)


def test_a_record_of_2014_is_not_nagged_about(client, db):
    words = page(client, ProjectFactory(last_updated_at=dt.datetime(2015, 6, 1, tzinfo=dt.UTC)))

    assert "Part of the record" in words
    assert "Next update due" not in words
    assert "overdue" not in words.lower()


def test_who_may_not_write_the_case_is_told_who_does(client, signed_in, amina, grace, project):
    sentence = "Publishers of the lead council, a facilitator or the secretariat write it."

    assert sentence not in page(client, project)
    assert sentence in page(signed_in(amina), project)
    assert sentence not in page(signed_in(grace), project)


def test_a_draft_of_the_case_is_for_those_who_write_it(client, signed_in, grace, carlos, project):
    BusinessCaseFactory(project=project, state=BusinessCase.State.DRAFT, summary="Not for other eyes yet.")

    assert "Not for other eyes yet." not in page(client, project)
    assert "Not for other eyes yet." not in page(signed_in(carlos), project)
    assert "Not for other eyes yet." in page(signed_in(grace), project)


def test_the_lead_writes_submits_and_after_acceptance_launches(signed_in, grace, project, boris):
    client, here = signed_in(grace), project.get_absolute_url()

    assert "Only an accepted business case unlocks the launch" in page(client, project)
    client.post(f"{here}business-case/", {**FIGURES, "summary": "Fewer calls."})
    client.post(f"{here}business-case/submit/")
    case = BusinessCase.objects.get()
    assert case.state == BusinessCase.State.SUBMITTED
    early = client.post(f"{here}launch/", {})
    assert "Only an accepted business case unlocks the launch. Its state: submitted." in early.content.decode()
    operations.decide_case(
        case, by=boris, accepted=True, body="Steering board", decided_on=clock.today(), number="DEC-2026-01"
    )
    client.post(f"{here}launch/", {})

    project.refresh_from_db()
    assert project.stage == Project.Stage.LAUNCH
    words = page(client, project)
    for expected in ("Accepted by", "Steering board", "DEC-2026-01", "£168,000", "9 months"):
        assert expected in words


def test_the_form_starts_with_the_figures_of_the_prototype(signed_in, grace, harlow):
    project = ProjectFactory(lead_council=harlow, prototype=PrototypeFactory())

    assert 'value="100000"' in signed_in(grace).get(f"{project.get_absolute_url()}business-case/").content.decode()


def test_submitting_nothing_or_twice_is_a_sentence(signed_in, grace, project):
    client, address = signed_in(grace), f"{project.get_absolute_url()}business-case/submit/"

    assert "There is no business case yet." in client.post(address, follow=True).content.decode()
    BusinessCaseFactory(project=project)
    client.post(address)
    assert "is submitted, not a draft" in client.post(address, follow=True).content.decode()


def test_an_update_is_posted_once_however_often_it_is_sent(signed_in, grace, project):
    client, address = signed_in(grace), f"{project.get_absolute_url()}update/"

    for _ in range(2):
        client.post(address, {"update-line": "Third council live"})

    assert project.updates.get().line == "Third council live"
    assert "Third council live" in page(client, project)
    assert "Say in one line" in client.post(address, {"update-line": " "}).content.decode()


def test_changing_words_lead_and_partners(signed_in, grace, project, surrey):
    client, address = signed_in(grace), f"{project.get_absolute_url()}edit/"
    words = {"title": "New", "summary": "S", "lead_council": project.lead_council.pk, "partners": [surrey.pk]}

    wrong = client.post(address, {**words, "update_every_days": "0"})
    assert "Enter a number of days from 1 to 365." in wrong.content.decode()
    client.post(address, {**words, "update_every_days": "7"})

    project.refresh_from_db()
    assert (project.title, list(project.partners.all()), project.update_every_days) == ("New", [surrey], 7)


def test_stopping_and_finishing(signed_in, grace, project, harlow):
    client = signed_in(grace)
    launched = ProjectFactory(lead_council=harlow, stage="launch")

    client.post(f"{project.get_absolute_url()}stop/", {"stop-lesson": "The gateway never came."})
    client.post(f"{launched.get_absolute_url()}finish/")

    assert "The gateway never came." in page(client, project)
    launched.refresh_from_db()
    assert launched.stage == Project.Stage.FINISHED
    again = client.post(f"{launched.get_absolute_url()}finish/", follow=True)
    assert "This project has ended." in again.content.decode()


@pytest.mark.parametrize(
    "action", ["update", "launch", "stop", "finish", "edit", "business-case", "business-case/submit"]
)
def test_actions_of_others_are_refused_with_the_reason(client, signed_in, project, amina, action):
    address = f"{project.get_absolute_url()}{action}/"

    assert client.post(address)["Location"].startswith("/accounts/login/")
    response = signed_in(amina).post(address, {"update-line": "Mine", "stop-lesson": "Mine"})
    assert response.status_code == 403


def test_strangers_see_no_forms(client, project):
    words = page(client, project)

    assert "Post update" not in words
    assert "Look after this project" not in words


def test_an_unknown_action_and_an_unknown_project_are_not_found(signed_in, grace, project):
    client = signed_in(grace)

    assert client.post(f"{project.get_absolute_url()}dance/").status_code == 404
    assert client.get("/projects/no-such/").status_code == 404


def test_the_council_that_leads_is_asked_about_it_and_the_asker_comes_back(signed_in, client, amina, luton):
    theirs = ProjectFactory(lead_council=luton)
    address = f"{theirs.get_absolute_url()}ask/"
    assert address in page(client, theirs)

    answer = signed_in(amina).post(address, {"words": "May we join?"})

    assert answer.url == theirs.get_absolute_url()
    assert Enquiry.objects.values_list("organisation", "about", "address").get() == (
        luton.pk,
        theirs.title,
        theirs.get_absolute_url(),
    )


def test_whoever_looks_after_a_project_is_not_told_to_ask_and_without_a_lead_nobody_is(signed_in, client, fatima):
    nobodys = ProjectFactory(lead_council=None)

    assert "/ask/" not in page(client, nobodys)
    assert "/ask/" not in page(signed_in(fatima), ProjectFactory(lead_council=OrganisationFactory()))
    assert signed_in(fatima).get(f"{nobodys.get_absolute_url()}ask/").status_code == 404
