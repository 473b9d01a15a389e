"""The votes in the block of whoever runs a day: one main button at most, and a cost that does not grow with them."""

import datetime as dt
import re

import pytest

from events.models import Event
from tests.factories.accounts import UserFactory
from tests.factories.councils import OrganisationFactory
from tests.factories.events import SignUpFactory
from tests.factories.voting import BallotFactory, OptionFactory, checked_in, shown, voted
from tests.voting.asking import text_of
from voting.ballots import operations as ballots
from voting.ballots.queries import first_of_coming_roll
from voting.casting import operations as casting
from voting.models import Ballot
from voting.outcome import operations as outcome


@pytest.fixture
def block(signed_in, day, fatima):
    """The block as the facilitator reads it now."""

    def read():
        page = text_of(signed_in(fatima).get(day.get_absolute_url()))
        return page[page.index('class="lda-run"') : page.index("</section>", page.index('class="lda-run"'))]

    return read


def main_buttons(block):
    """The words of the buttons that are not second."""
    buttons = re.findall(r'<(?:a|button)[^>]*class="([^"]*govuk-button[^"]*)"[^>]*>\s*([^<]*)', block)
    return [words.strip() for classes, words in buttons if "secondary" not in classes]


def closed_vote(day, fatima, people=2):
    """A vote of that day whose result is shown, with a winner."""
    ballot = BallotFactory(event=day, open=True)
    options = [OptionFactory(ballot=ballot, order=n) for n in range(2)]
    for _ in range(people):
        voted(ballot, OrganisationFactory(), options[0])
    shown(ballot, fatima)
    return ballot


def test_the_first_that_waits_is_the_one_main_button(block, day, fatima):
    first, second = closed_vote(day, fatima), closed_vote(day, fatima)
    place = SignUpFactory(event=day)
    assert main_buttons(block()) == ["Check people in"]

    place.checked_in_at = day.starts_at
    place.save()
    assert main_buttons(block()) == ["Publish the outcome"]
    assert block().count("Publish the outcome") == 2

    for ballot in (first, second):
        outcome.publish_outcome(ballot, by=fatima, text="We build it.")
    assert [words.partition(" ")[0] for words in main_buttons(block())] == ["Turn"]


def test_where_everybody_is_here_and_nobody_voted_nothing_is_main(block, day, amina, fatima):
    checked_in(day, amina)
    closed_vote(day, fatima, people=0)

    assert main_buttons(block()) == []
    assert "Check people in" in block()


def test_a_first_round_whose_run_off_is_over_says_that_it_went_on_there(block, ballot, options, amina, carlos, fatima):
    for person, option in ((amina, options[0]), (carlos, options[1])):
        casting.cast(ballot, by=person, marks=casting.ticks([option]))
    shown(ballot, fatima)
    assert "went on in the run-off" not in block()
    run_off = outcome.prepare_run_off(ballot, by=fatima)
    ballots.open_ballot(run_off, by=fatima)
    shown(run_off, fatima)

    assert "2 of 2 voted. It was tied and went on in the run-off." in block()


def test_closed_votes_cost_the_days_page_no_more_however_many_and_the_last_ten_stand(
    signed_in, day, fatima, django_assert_max_num_queries
):
    browser, costs = signed_in(fatima), []
    for more in (1, 11):
        for _ in range(more):
            closed_vote(day, fatima)
        with django_assert_max_num_queries(24) as asked:
            page = text_of(browser.get(day.get_absolute_url()))
        costs.append(len(asked))

    assert costs[0] == costs[1]
    assert page.count("Publish the outcome") == 10


def test_a_secret_vote_can_be_opened_from_the_block_once_five_are_here(block, draft):
    Ballot.objects.filter(pk=draft.pk).update(secrecy=Ballot.Secrecy.SECRET, shows_tally=False)
    for _ in range(4):
        checked_in(draft.event, UserFactory())
    assert "Open the vote" not in block()
    checked_in(draft.event, UserFactory())
    assert "Open the vote" in block()


def test_the_block_reads_as_many_of_the_coming_roll_as_the_quorum_needs(draft):
    draft.secrecy, draft.quorum = Ballot.Secrecy.OPEN, 3
    for _ in range(6):
        checked_in(draft.event, UserFactory())
    assert len(first_of_coming_roll(draft)) == 3


def test_one_line_of_the_coming_roll_says_whether_the_vote_can_open(block, draft, amina, carlos, surrey):
    Ballot.objects.filter(pk=draft.pk).update(basis=Ballot.Basis.COUNCIL)
    draft.refresh_from_db()
    assert first_of_coming_roll(draft) == []
    checked_in(draft.event, amina)
    assert "Open the vote" not in block()
    checked_in(draft.event, carlos, surrey)

    assert [entry.person for entry in first_of_coming_roll(draft)] == [carlos]
    assert "Open the vote" in block()


def test_another_vote_is_offered_in_the_weeks_after_the_day_and_not_on_days_long_past(signed_in, day, fatima):
    closed_vote(day, fatima)
    page = signed_in(fatima)
    assert "Prepare another vote" in text_of(page.get(day.get_absolute_url()))

    ended_at = day.ends_at - dt.timedelta(weeks=9)
    Event.objects.filter(pk=day.pk).update(starts_at=ended_at - dt.timedelta(hours=6), ends_at=ended_at)
    assert "Prepare another vote" not in text_of(page.get(day.get_absolute_url()))
