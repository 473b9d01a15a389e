"""When the board decides on what a vote chose, those who voted are mailed it, and the form says how many."""

import datetime as dt

import pytest
from django.urls import reverse

from core import clock
from outbox.models import Message
from projects.portfolio.operations import submit_case
from steering.operations import ask_board, decide_gate
from tests.factories.councils import OrganisationFactory
from tests.factories.projects import BusinessCaseFactory
from tests.factories.voting import BallotFactory, OptionFactory, RollEntryFactory, shown, voted
from tests.steering.motions import ORDER, closed, in_days, votes
from voting.models import RollEntry
from voting.outcome import operations as outcome

pytestmark = pytest.mark.sql

VOTES = {"accepted": True, "wording": "The board accepts it.", "votes_for": 7, "votes_against": 0, "abstentions": 2}


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
    decision = decide_gate(case, by=sunita, **VOTES)

    mails = [mail for mail in deliver() if mail.subject.startswith("What came of your vote")]
    assert len({mail.to[0] for mail in mails}) == len(mails) == 2
    assert decision.number in mails[0].body
    assert "7 for, 0 against and 2 abstained" in mails[0].body
    assert "The board accepts it." in mails[0].body


def test_the_form_says_how_many_get_it(case, sunita, signed_in):
    page = signed_in(sunita).get(f"/board/cases/{case.pk}/decide/").content.decode()
    assert "2 people voted in the vote that chose this project" in page


def test_so_does_the_form_of_what_was_decided_by_e_mail(case, sunita, signed_in):
    motion = ask_board(**ORDER, closes_on=in_days(3), business_case=case, by=sunita)
    votes(motion, votes_for=5)
    closed(motion)
    page = signed_in(sunita).get(reverse("steering:conclude", args=[motion.ballot.reference])).content.decode()
    assert "2 people voted in the vote that chose this project" in page


def test_where_no_vote_chose_the_project_nobody_is_mailed(case, sunita, signed_in):
    other = BusinessCaseFactory(state="submitted", submitted_at=clock.now())
    assert "voted in the vote" not in signed_in(sunita).get(f"/board/cases/{other.pk}/decide/").content.decode()
    decide_gate(other, by=sunita, **VOTES)
    assert not Message.objects.filter(kind="steering.vote_decided").exists()


def test_nobody_is_mailed_about_a_decision_of_2014(case, sunita):
    type(case).objects.filter(pk=case.pk).update(submitted_at=dt.datetime(2014, 11, 1, tzinfo=dt.UTC))
    case.refresh_from_db()
    decide_gate(case, by=sunita, decided_on=dt.date(2014, 12, 10), **VOTES)
    assert not Message.objects.filter(kind="steering.vote_decided").exists()


def test_who_was_handed_a_slip_gets_it_in_other_words_and_the_form_counts_them_apart(case, sunita, signed_in, deliver):
    ballot = case.project.chosen_by.ballot
    struck = RollEntry.HANDED[RollEntry.Kind.SLIP]
    handed = RollEntryFactory(
        ballot=ballot, struck_at=clock.now(), struck_reason=struck, handed=RollEntry.Kind.SLIP
    ).person
    page = signed_in(sunita).get(f"/board/cases/{case.pk}/decide/").content.decode()
    assert "2 people voted in the vote that chose this project, and 1 person was handed a card or a slip in it" in page
    deliver()
    decide_gate(case, by=sunita, **VOTES)

    (mail,) = [mail for mail in deliver() if mail.to == [handed.email]]
    assert "You were handed a card or a slip in a vote: “" in mail.body
    assert "because you were handed a card or a slip in it" in mail.body
    assert "ou voted in" not in mail.body
