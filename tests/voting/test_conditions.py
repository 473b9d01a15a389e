"""What has to be reached for anything to be chosen, and how ties end by the rule declared beforehand."""

import pytest

from core.errors import Refused
from tests.factories.councils import OrganisationFactory
from tests.factories.voting import BallotFactory, OptionFactory, RollEntryFactory, shown, voted
from tests.voting.asking import address, text_of
from voting.ballots import operations as ballots
from voting.models import Ballot
from voting.outcome import operations as outcome
from voting.outcome.queries import heading_of, tally

pytestmark = pytest.mark.sql


@pytest.fixture
def held(db):
    """A function: an open ballot with these rules and so many votes for each of its options."""

    def hold(*votes, **rules):
        ballot = BallotFactory(open=True, **rules)
        options = [OptionFactory(ballot=ballot, order=n) for n in range(len(votes))]
        for option, number in zip(options, votes, strict=True):
            for _ in range(number):
                voted(ballot, OrganisationFactory(), option)
        return ballot, options

    return hold


def outcome_of(ballot):
    count = tally(ballot)
    return [line.option for line in count.chosen], [line.option for line in count.tied], count.places_tied_for


def test_below_the_quorum_nothing_is_chosen_and_the_heading_says_so(held, fatima, client):
    ballot, options = held(3, 1, quorum=5)

    closed = shown(ballot, fatima)

    assert outcome_of(closed) == ([], [], 0)
    words = "4 voted and 5 were needed, so nothing is chosen"
    assert heading_of(closed) == words
    for name in ("detail", "results", "screen"):
        page = text_of(client.get(address(name, closed)))
        assert words in page, name
        assert ">first<" not in page, name
    with pytest.raises(Refused, match="not chosen"):
        outcome.make_project(closed, option=options[0], by=fatima, lead_council=OrganisationFactory())


def test_a_tie_below_the_quorum_is_no_tie(held, fatima):
    closed = shown(held(2, 2, quorum=5)[0], fatima)

    assert outcome_of(closed) == ([], [], 0)
    with pytest.raises(Refused, match="Nothing is tied"):
        outcome.prepare_run_off(closed, by=fatima)


def test_a_quorum_that_is_just_reached_is_enough(held, fatima):
    ballot, options = held(3, 2, quorum=5)

    assert outcome_of(shown(ballot, fatima)) == ([options[0]], [], 0)


def test_a_quorum_that_the_roll_cannot_reach_does_not_open(draft, room, fatima):
    ballots.change_ballot(draft, by=fatima, quorum=3)

    with pytest.raises(Refused, match="3 have to vote, and 2 people could"):
        ballots.open_ballot(draft, by=fatima)


@pytest.mark.parametrize(
    ("votes", "threshold", "is_chosen"),
    [
        ((5, 5), "half", True),  # tied, each with just half
        ((6, 4), "half", True),
        ((4, 3, 3), "half", False),
        ((4, 2), "two_thirds", True),
        ((3, 2), "two_thirds", False),
        ((3, 2), "", True),
    ],
)
def test_an_option_needs_the_support_that_was_set(held, fatima, votes, threshold, is_chosen):
    ballot, _ = held(*votes, threshold=threshold)

    closed = shown(ballot, fatima)

    chosen, tied, _ = outcome_of(closed)
    assert bool(chosen or tied) is is_chosen
    assert (heading_of(closed) == "Nothing is chosen") is not is_chosen


def test_the_conditions_are_told_before_and_after(client, held, fatima):
    ballot, _ = held(3, 1, quorum=5, threshold="half")
    words = "For a choice, 5 people have to vote and an option needs half of the votes."

    assert words in text_of(client.get(address("detail", ballot)))
    shown(ballot, fatima)
    for name in ("detail", "results", "record", "screen"):
        assert words in text_of(client.get(address(name, ballot))), name


def test_by_the_order_of_the_list_a_tie_has_a_winner_and_says_why(client, held, fatima):
    ballot, (first, second, _) = held(2, 2, 1, tie_rule=Ballot.TieRule.ORDER)

    closed = shown(ballot, fatima)

    assert outcome_of(closed) == ([first], [], 0)
    page = text_of(client.get(address("results", closed)))
    assert f"{first.title} and {second.title} were tied. As declared before the vote opened" in page
    with pytest.raises(Refused, match="Nothing is tied"):
        outcome.prepare_run_off(closed, by=fatima)


def test_without_a_rule_what_is_tied_stays_tied_and_nobody_chooses(client, held, fatima):
    ballot, (first, second) = held(2, 2, tie_rule=Ballot.TieRule.NONE)

    closed = shown(ballot, fatima)

    assert outcome_of(closed) == ([], [first, second], 1)
    assert "Two prototypes are tied" in text_of(client.get(address("results", closed)))
    with pytest.raises(Refused, match="no run-off"):
        outcome.prepare_run_off(closed, by=fatima)
    with pytest.raises(Refused, match="nobody chooses among those"):
        outcome.make_project(closed, option=first, by=fatima, lead_council=OrganisationFactory(), reason="I like it")


def test_who_is_on_the_roll_and_did_not_vote_does_not_count_for_the_quorum(held, fatima):
    ballot, _ = held(3, 1, quorum=5)
    RollEntryFactory(ballot=ballot)

    assert tally(shown(ballot, fatima)).lacks_quorum
