"""What is kept of who handed in: once their account is closed, and once the wave has ended, closed or void."""

import datetime as dt

import pytest

from accounts.operations import close_account
from accounts.personal_data import report, what_becomes_of_it
from core import clock
from councils.models import Organisation
from surveys.fieldwork.pages import running_page
from surveys.fieldwork.response import freeze_response, response_so_far
from surveys.models import Fieldwork, SurveyInvitation
from tests.factories.accounts import UserFactory
from tests.factories.councils import DepartmentFactory
from tests.factories.surveys import a_running, an_invitation, hand_in_for

pytestmark = pytest.mark.django_db


# Who handed in and closed their account -----------------------------------------------------------------------------


def test_a_council_stays_in_the_response_when_who_handed_in_closes_their_account():
    fieldwork = a_running(is_open=True)
    person = UserFactory(name="Zebedee Quill")
    harlow = Organisation.objects.get(slug="harlow")
    mine = an_invitation(fieldwork, harlow, email=person.email, name="Zebedee Quill", title="Head of Quills")
    hand_in_for(mine)

    close_account(person, by=person)

    fieldwork.refresh_from_db()
    districts = next(each for each in response_so_far(fieldwork).by_type if each.council_type == "districts")
    page = running_page(fieldwork)
    assert not SurveyInvitation.objects.filter(pk=mine.pk).exists()
    assert (districts.answered, response_so_far(fieldwork).people) == (1, 1)
    assert dict(page["states"])["Handed in"] == 1
    assert page["lede"].startswith("1 of 2 people have handed in")
    assert fieldwork.nameless == {str(harlow.pk): 1}  # a number of a council, and nobody’s name, title or level


@pytest.mark.parametrize("ends", ["before they hand in", "after the close"])
def test_an_invitation_that_goes_otherwise_leaves_no_count(ends):
    fieldwork = a_running(is_open=True)
    one = an_invitation(fieldwork)
    if ends == "after the close":
        hand_in_for(one)
        Fieldwork.objects.update(state="closed", closed_at=clock.now())

    SurveyInvitation.objects.filter(pk=one.pk).delete()

    fieldwork.refresh_from_db()
    assert fieldwork.nameless == {}


def test_who_closes_their_account_is_told_of_their_invitation_and_the_analyst_alone_of_the_level(anna):
    person = UserFactory()
    an_invitation(a_running(), email=person.email, level_set_by=anna)

    told, of_analyst = (str(what_becomes_of_it(each)) for each in (person, anna))

    assert "The address at which you were asked" in told
    assert "you set the level" not in told
    assert "you set the level" in of_analyst
    assert "The address at which you were asked" not in of_analyst
    assert "you set the level" not in str(report(person))


# Once it has ended ---------------------------------------------------------------------------------------------------


def ended(state, **fields):
    """A wave in which three people handed in, one of them of a body that is no council, as it ended."""
    fieldwork = a_running(is_open=True)
    for body in (Organisation.objects.get(slug="harlow"), Organisation.objects.get(slug="harlow"), DepartmentFactory()):
        hand_in_for(an_invitation(fieldwork, body))
    fieldwork.refresh_from_db()
    fieldwork.state, fieldwork.closed_at = state, clock.now()
    for name, value in fields.items():
        setattr(fieldwork, name, value)
    fieldwork.save()
    freeze_response(fieldwork)
    return fieldwork


def test_a_void_wave_says_one_number_of_who_handed_in_and_offers_nothing_to_do(client, sunita):
    ended("void", void_reason="3 people answered.")
    client.force_login(sunita)

    page = client.get("/surveys/2026/running/")

    assert "3 of 4 people have handed in" in page.context["lede"]
    assert dict(page.context["states"])["Handed in"] == 3
    assert page.context["main"] is None
    assert "3 people answered." in page.content.decode()
    assert "/bench/" not in page.content.decode()


def test_bodies_that_are_no_council_stay_counted_apart_once_a_wave_has_ended(client, sunita):
    fieldwork = ended("closed")
    client.force_login(sunita)
    SurveyInvitation.objects.all().delete()  # as after 90 days

    page = client.get("/surveys/2026/running/").content.decode()

    assert response_so_far(fieldwork).kingdom.answered == 1
    assert "Beside them 1 organisation that is no council has answered." in page


def test_a_void_wave_is_not_listed_as_running(client, sunita):
    ended("void", void_reason="3 people answered.")
    client.force_login(sunita)

    page = client.get("/surveys/")

    assert page.context["runs"] == []
    assert [each[0] for each in page.context["void"]] == ["Annual survey 2026"]


@pytest.mark.parametrize(
    ("fields", "words", "leads_to"),
    [
        ({"plan": {}}, "Choose which tables are printed", "plan/"),
        ({"closes_at": dt.datetime(2026, 1, 1, tzinfo=dt.UTC)}, "Choose when it closes", "close-day/"),
        ({}, "Open the survey", "open/"),
    ],
)
def test_the_button_of_a_prepared_wave_leads_to_what_it_needs_next(fields, words, leads_to):
    fieldwork = a_running(**fields)
    an_invitation(fieldwork)

    assert running_page(fieldwork)["main"] == (words, f"/surveys/2026/running/{leads_to}")
