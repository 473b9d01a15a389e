"""What is kept of who handed in: once their account is closed, and once the wave has ended, closed or void."""

import datetime as dt

import pytest

from accounts.operations import close_account
from accounts.personal_data import report, what_becomes_of_it
from core import clock
from core.inbox import Reader
from councils.models import Organisation
from councils.reorganising import reorganise
from surveys.fieldwork.inbox import surveys_that_run
from surveys.fieldwork.pages import running_page
from surveys.fieldwork.response import freeze_response, response_so_far
from surveys.models import Fieldwork, SurveyInvitation
from surveys.release.operations import forget_invitations
from tests.factories.accounts import UserFactory
from tests.factories.councils import DepartmentFactory, OrganisationFactory
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
    assert "what you handed in stays and can no longer be taken back: take it back first" in told
    assert "you set the level" not in told
    assert "you set the level" in of_analyst
    assert "The address at which you were asked" not in of_analyst
    assert "you set the level" not in str(report(person))
    assert "you set the level" in str(report(anna))  # who is invited to nothing


def test_every_page_says_the_same_number_of_people(client, sunita, answered_and_gone):
    """Two are invited; a third handed in and closed their account."""
    fieldwork, _ = answered_and_gone
    an_invitation(fieldwork)
    client.force_login(sunita)

    def page(path):
        return " ".join(client.get(f"/surveys/2026/{path}").content.decode().split())

    running = page("running/")
    assert "1 of 3 people have handed in" in running
    assert "Who is invited</a> (3)" in running
    assert [line.note for line in surveys_that_run(Reader(sunita, since=clock.now()))] == [
        "1 of 3 people have handed in"
    ]
    assert "3 people invited." in page("running/bench/")
    assert "1 person handed in already" in page("running/levels/")
    assert "1 more person is counted without a name: they closed their account." in page("running/invitations/")


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


@pytest.mark.parametrize("state", ["closed", "void"])
@pytest.mark.parametrize("what", ["accounts are closed", "90 days have passed"])
def test_once_a_wave_has_ended_its_numbers_stay_whatever_goes(client, sunita, state, what):
    ended(state, **({"void_reason": "3 people answered."} if state == "void" else {}))
    client.force_login(sunita)
    if what == "90 days have passed":
        Fieldwork.objects.update(closed_at=clock.now() - dt.timedelta(days=91))
        forget_invitations()
    SurveyInvitation.objects.filter(state="handed_in").delete()  # as closing an account does

    page = client.get("/surveys/2026/running/")

    assert not SurveyInvitation.objects.filter(state="handed_in").exists()
    assert "3 of 4 people have handed in" in page.context["lede"]
    assert page.context["states"] == [("Handed in", 3), ("Invited, not handed in", 1)]
    said = client.get("/surveys/2026/running/invitations/").content.decode()
    if what == "90 days have passed":
        assert "Who was invited was deleted 90 days after the close." in said
        assert "Nobody is invited yet" not in said
    else:
        assert "3 more people are counted without a name: they closed their account." in said


def test_where_all_closed_their_accounts_soon_after_the_close_that_is_said(client, sunita):
    ended("closed")
    SurveyInvitation.objects.all().delete()
    client.force_login(sunita)

    said = client.get("/surveys/2026/running/invitations/").content.decode()

    assert "4 more people are counted without a name: they closed their account." in said
    assert "90 days" not in said


def test_of_a_wave_that_ended_before_that_was_kept_no_nonsense_is_said():
    fieldwork = ended("closed")
    fieldwork.invited = None

    assert running_page(fieldwork)["lede"].endswith("3 people have handed in.")
    assert running_page(fieldwork)["states"] == [("Handed in", 3)]


# What a council becomes --------------------------------------------------------------------------------------------


def test_who_answered_for_a_council_that_is_founded_in_vain_stays_in_the_sum():
    fieldwork = a_running(is_open=True)
    hand_in_for(an_invitation(fieldwork, Organisation.objects.get(slug="harlow")))
    founded = OrganisationFactory()
    hand_in_for(mine := an_invitation(fieldwork, founded))
    mine.delete()  # as closing their account does
    founded.delete()
    fieldwork.refresh_from_db()

    response = response_so_far(fieldwork)

    assert (response.kingdom.answered, response.others, response.people) == (1, 1, 2)


def test_an_answer_counts_for_the_council_that_took_over_whole_by_the_closing_day(sunita):
    fieldwork = a_running(is_open=True)
    harlow, essex = (Organisation.objects.get(slug=slug) for slug in ("harlow", "essex"))
    for council in (harlow, essex, OrganisationFactory(ends_on=clock.today())):
        hand_in_for(an_invitation(fieldwork, council))
    reorganise(harlow, by=sunita, ends_on=clock.today(), carried_on_by=essex, order="An order")

    response = response_so_far(fieldwork)

    answered = {each.council_type: each.answered for each in response.by_type if each.answered}
    assert (answered, response.others) == ({"counties": 1}, 1)  # the third ended, and nobody carries it on


def test_bodies_that_are_no_council_stay_counted_apart_once_a_wave_has_ended(client, sunita):
    fieldwork = ended("closed")
    client.force_login(sunita)
    SurveyInvitation.objects.all().delete()  # as after 90 days

    page = client.get("/surveys/2026/running/").content.decode()

    assert response_so_far(fieldwork).kingdom.answered == 1
    assert "Beside them, 1 organisation that is no council on that day has answered." in page


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
