"""A project says in fixed fields who runs it, what it looks for, what it may cost, why and for whom."""

import datetime as dt

import pytest

from audit.models import AuditEvent
from core.errors import Refused
from councils.models import Enquiry
from outbox.models import Message
from projects.models import Project
from projects.portfolio import operations
from search.sources import SOURCES
from tests.factories.projects import ProjectFactory

SAID = {
    "department": "Adult social care",
    "collaboration": "testers",
    "budget_band": "to_50k",
    "why": "People ring twice.",
    "users_and_needs": "Carers who work.",
    "market_engagement": "Two suppliers were asked.",
    "previous_work": "Kent tried it in 2013.",
}


@pytest.fixture
def project(harlow):
    return ProjectFactory(lead_council=harlow, running=True)


def page(client, project):
    return client.get(project.get_absolute_url()).content.decode()


def sent(project, **more):
    words = {"title": project.title, "summary": project.summary, "lead_council": project.lead_council_id}
    return {**words, "update_every_days": "14", **more}


def test_everything_is_set_by_the_form_and_stands_on_the_page(client, signed_in, grace, project):
    ends = project.started_on + dt.timedelta(days=90)
    day = {"phase_ends_on_day": ends.day, "phase_ends_on_month": ends.month, "phase_ends_on_year": ends.year}

    answer = signed_in(grace).post(f"{project.get_absolute_url()}edit/", sent(project, **SAID, **day))

    assert answer.status_code == 302
    words = page(client, project)
    for expected in ("Adult social care", "Looking for testers", "£10,001 to £50,000", "(estimated)"):
        assert expected in words
    for text in ("People ring twice.", "Carers who work.", "Two suppliers were asked.", "Kent tried it in 2013."):
        assert text in words


def test_what_is_not_said_yet_is_named_to_those_who_may_say_it(client, signed_in, grace, project):
    operations.change_project(project, by=grace, **SAID)

    assert "does not say yet" not in page(client, project)
    words = page(signed_in(grace), project)
    assert "does not say yet: the key contact and when the present step should end" in words


def test_the_key_contact_is_asked_through_a_form_and_neither_name_nor_address_is_shown_to_strangers(
    client, signed_in, grace, amina, ben, project
):
    operations.change_project(project, by=grace, contact=amina)
    words = page(client, project)
    assert "Ask the key contact" in words
    assert amina.email not in words
    assert str(amina) not in words

    signed_in(ben).post(f"{project.get_absolute_url()}ask/", {"words": "May we join?"})

    assert Enquiry.objects.get().person == amina
    assert Message.objects.get(kind="councils.enquiry").person == amina


def test_the_key_contact_is_one_of_the_people_of_the_lead_council(grace, carlos, project, surrey):
    with pytest.raises(Refused) as refusal:
        operations.change_project(project, by=grace, contact=carlos)

    assert refusal.value.field == "contact"


def test_when_another_council_takes_the_lead_the_contact_of_the_former_does_not_stay(fatima, amina, project, surrey):
    operations.change_project(project, by=fatima, contact=amina)

    with pytest.raises(Refused, match="one of the people of the council that leads"):
        operations.change_project(project, by=fatima, lead_council=surrey)
    operations.change_project(project, by=fatima, lead_council=surrey, contact=None)


def test_a_step_does_not_end_before_it_began_and_a_launch_begins_the_next(grace, harlow):
    launched = ProjectFactory(lead_council=harlow, stage=Project.Stage.LAUNCH)

    with pytest.raises(Refused, match="The present step began on 1 June 2015"):
        operations.change_project(launched, by=grace, phase_ends_on=dt.date(2015, 5, 31))
    assert launched.phase_started_on == dt.date(2015, 6, 1)


def test_the_trail_says_which_fields_changed_and_a_change_of_nothing_is_not_written_down(grace, project):
    operations.change_project(project, by=grace, department="Care", title=project.title)
    operations.change_project(project, by=grace, department="Care")

    assert [line.details["fields"] for line in AuditEvent.objects.filter(action="projects.changed_project")] == [
        ["department"]
    ]


def test_a_band_or_level_that_is_not_offered_is_refused_beside_its_field(signed_in, grace, project):
    answer = signed_in(grace).post(f"{project.get_absolute_url()}edit/", sent(project, budget_band="lots"))

    assert answer.status_code == 422
    assert "Choose one of the bands that are offered." in answer.content.decode()


def test_search_reads_the_fixed_fields(grace, project):
    operations.change_project(project, by=grace, **SAID)
    source = SOURCES["project"]
    document = source.to_document(source.rows().get(pk=project.pk))

    for words in ("Adult social care", "Two suppliers were asked.", "Looking for testers"):
        assert words in document.body + document.labels
