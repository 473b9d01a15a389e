"""When the board decides on what a vote chose, those who voted are mailed it, and the form says how many."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from core import clock
from outbox.models import Message
from projects.portfolio.operations import submit_case
from steering.models import Decision
from steering.operations import ask_board
from tests.factories.councils import OrganisationFactory
from tests.factories.projects import BusinessCaseFactory
from tests.factories.voting import BallotFactory, OptionFactory, RollEntryFactory, shown, voted
from tests.pages import plain_words
from tests.steering.deciding import decided, meeting_of, sent
from tests.steering.motions import ORDER, closed, in_days, votes
from voting.models import RollEntry
from voting.outcome import operations as outcome

pytestmark = pytest.mark.sql


@pytest.fixture
def case(bodies, fatima, harlow):
    """The submitted business case of what two of three people of a roll voted for."""
    ballot = BallotFactory(open=True)
    option = OptionFactory(ballot=ballot)
    for _ in range(2):
        voted(ballot, OrganisationFactory(), option)
    RollEntryFactory(ballot=ballot)
    project = outcome.make_project(shown(ballot, fatima), option=option, by=fatima, lead_council=harlow)
    return submit_case(project.business_cases.get(), by=fatima)


def test_each_who_voted_gets_one_mail_with_the_decision(case, sunita, deliver):
    deliver()
    decision = decided(case, by=sunita, day=clock.today())

    mails = [mail for mail in deliver() if mail.subject.startswith("What came of your vote")]
    assert len({mail.to[0] for mail in mails}) == len(mails) == 2
    assert decision.number in mails[0].body
    assert "7 for, 0 against and 2 abstained" in mails[0].body
    assert "The board accepts it." in mails[0].body


def test_the_form_says_how_many_get_it(case, form, sunita, signed_in):
    page = signed_in(sunita).get(f"/board/cases/{case.pk}/decide/").content.decode()
    assert "2 people voted in the vote that chose this project" in page


@pytest.fixture
def form(bodies):
    """What the form sends of a decision at a meeting of today."""
    meeting_of(bodies, clock.today())
    return sent(bodies, form_token="one", case_hash="")


def hidden_in(page, button):
    """What the form with that button sends."""
    form = next(form for form in BeautifulSoup(page, "html.parser").find_all("form") if button in form.get_text())
    return {field["name"]: field["value"] for field in form.find_all(["input", "button"]) if field.has_attr("value")}


def seen_on(client, address):
    """The hash of what the form shows, as it sends it."""
    page = BeautifulSoup(client.get(address).content, "html.parser")
    return {name: page.find("input", {"name": name})["value"] for name in ("case_hash", "last_number", "meeting")}


def words_of(mail):
    """The words of a mail that are the same for everybody, a line break or more as one space."""
    return " ".join(mail.body.partition(",")[2].partition("You get this once")[0].split())


def test_before_it_is_recorded_the_mail_is_shown_as_it_goes_out_with_how_many_get_it(
    case, form, sunita, signed_in, deliver
):
    deliver()
    client, address = signed_in(sunita), f"/board/cases/{case.pk}/decide/"

    day = in_days(180)
    review = {"review_on_day": day.day, "review_on_month": day.month, "review_on_year": day.year}
    page = client.post(address, form | seen_on(client, address) | review)

    assert "2 people get this mail" in plain_words(page)
    assert not Decision.objects.exists()
    assert not deliver()
    client.post(address, hidden_in(page.content.decode(), "Record the decision, and mail it to 2 people"))
    mails = [mail for mail in deliver() if mail.subject.startswith("What came of your vote")]
    assert len(mails) == 2
    assert Decision.objects.get().review_on == day
    shown_before = " ".join(BeautifulSoup(page.content, "html.parser").get_text(" ").split())
    assert mails[0].subject in shown_before
    assert words_of(mails[0]) in shown_before


def test_what_is_shown_can_be_changed_first_and_what_is_wrong_is_said_instead(case, form, bodies, sunita, signed_in):
    client, address = signed_in(sunita), f"/board/cases/{case.pk}/decide/"
    assert "See the mail again" in plain_words(client.post(address, form))
    wrong = client.post(address, form | {"wording": ""})
    assert (wrong.status_code, "get this mail" in plain_words(wrong)) == (422, False)
    refused = client.post(address, form | sent(bodies, "FF-------", record="yes"))
    assert (refused.status_code, Decision.objects.exists()) == (422, False)


def test_of_2014_no_mail_is_shown_as_none_goes_out(case, bodies, sunita, signed_in):
    meeting_of(bodies)
    type(case).objects.filter(pk=case.pk).update(submitted_at=dt.datetime(2014, 11, 1, tzinfo=dt.UTC))
    client, address = signed_in(sunita), f"/board/cases/{case.pk}/decide/"
    page = client.post(address, sent(bodies) | seen_on(client, address))
    assert page.status_code == 302
    assert not Message.objects.filter(kind="steering.vote_decided").exists()


def test_so_does_the_form_of_what_was_decided_by_e_mail(case, sunita, signed_in):
    motion = ask_board(**ORDER, closes_on=in_days(3), business_case=case, by=sunita)
    votes(motion, votes_for=5)
    closed(motion)
    page = plain_words(signed_in(sunita).get(reverse("steering:conclude", args=[motion.ballot.reference])))
    assert "2 people voted in the vote that chose this project" in page
    assert "2 people get this mail" in page
    assert "5 for, 0 against and 0 abstained" in page


def test_where_no_vote_chose_the_project_nobody_is_mailed(case, form, sunita, signed_in):
    other = BusinessCaseFactory(state="submitted", submitted_at=clock.now(), project__slug="of-another")
    assert "voted in the vote" not in signed_in(sunita).get(f"/board/cases/{other.pk}/decide/").content.decode()
    decided(other, by=sunita, day=clock.today())
    assert not Message.objects.filter(kind="steering.vote_decided").exists()


def test_nobody_is_mailed_about_a_decision_of_2014(case, sunita):
    type(case).objects.filter(pk=case.pk).update(submitted_at=dt.datetime(2014, 11, 1, tzinfo=dt.UTC))
    case.refresh_from_db()
    decided(case, by=sunita)
    assert not Message.objects.filter(kind="steering.vote_decided").exists()


def test_who_was_handed_a_slip_gets_it_in_other_words_and_the_form_counts_them_apart(
    case, form, sunita, signed_in, deliver
):
    ballot = case.project.chosen_by.ballot
    struck = RollEntry.HANDED[RollEntry.Kind.SLIP]
    handed = RollEntryFactory(
        ballot=ballot, struck_at=clock.now(), struck_reason=struck, handed=RollEntry.Kind.SLIP
    ).person
    page = signed_in(sunita).get(f"/board/cases/{case.pk}/decide/").content.decode()
    assert "2 people voted in the vote that chose this project, and 1 person was handed a card or a slip in it" in page
    deliver()
    decided(case, by=sunita, day=clock.today())

    (mail,) = [mail for mail in deliver() if mail.to == [handed.email]]
    assert "You were handed a card or a slip in a vote: “" in mail.body
    assert "because you were handed a card or a slip in it" in mail.body
    assert "ou voted in" not in mail.body
