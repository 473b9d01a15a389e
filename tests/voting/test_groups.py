"""Central and local government beside the result, and figures per council: only where nobody can be told from them."""

from decimal import Decimal

import pytest

from tests.factories.accounts import UserFactory
from tests.factories.councils import DepartmentFactory, OrganisationFactory
from tests.factories.voting import BallotFactory, OptionFactory, RollEntryFactory, voted
from tests.voting.asking import address, text_of
from voting.ballots import operations as ballots
from voting.casting import operations as casting
from voting.models import Ballot
from voting.outcome import operations as outcome
from voting.outcome.queries import recount, tally

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed(fatima):
    """A function: a secret ballot in which so many of each group voted for the first of two options, closed.

    `central` and `local` are votes of as many departments and councils, `none` of people of no organisation.
    """

    def close(*, central, local, none=0, basis="person"):
        ballot = BallotFactory(secrecy="secret", basis=basis, roll_from=Ballot.Roll.LIST)
        option, _ = [OptionFactory(ballot=ballot, order=n) for n in range(2)]
        groups = [DepartmentFactory] * central + [OrganisationFactory] * local + [lambda: None] * none
        for make in groups:
            RollEntryFactory(ballot=ballot, organisation=make(), person=UserFactory())
        ballot = ballots.open_ballot(ballot, by=fatima)
        for entry in ballot.roll.select_related("person"):
            casting.cast(ballot, by=entry.person, marks=casting.ticks([option]))
        return outcome.close_ballot(ballot, by=fatima)

    return close


@pytest.mark.parametrize(
    ("votes", "is_split"),
    [
        ({"central": 5, "local": 5}, True),
        ({"central": 4, "local": 6}, False),
        ({"central": 6, "local": 4}, False),
        ({"central": 5, "local": 5, "none": 5}, True),
        ({"central": 5, "local": 5, "none": 4}, False),  # who knows both groups could work out the four
        ({"central": 5, "local": 5, "none": 1}, False),
        ({"central": 0, "local": 10}, False),
    ],
)
def test_the_split_of_a_secret_vote_is_kept_only_where_no_group_nor_rest_is_below_five(closed, votes, is_split):
    ballot = closed(**votes)

    assert (set(tally(ballot).groups) == {"central", "local"}) is is_split
    assert bool(ballot.result["groups"]) is is_split
    assert ballot.result == recount(ballot)


def test_the_split_says_for_each_group_how_many_voted_for_what(closed):
    groups = tally(closed(central=5, local=6)).groups

    assert {name: [line.score for line in count.lines] for name, count in groups.items()} == {
        "central": [5, 0],
        "local": [6, 0],
    }


def test_an_open_vote_is_split_however_small_its_groups_are(fatima):
    ballot = BallotFactory(open=True)
    option = OptionFactory(ballot=ballot)
    voted(ballot, DepartmentFactory(), option)
    voted(ballot, OrganisationFactory(), option)
    voted(ballot, None, option)

    assert set(tally(outcome.close_ballot(ballot, by=fatima)).groups) == {"central", "local"}


@pytest.mark.parametrize(("local", "is_shown"), [(9, False), (10, True)])
def test_figures_per_council_of_a_secret_vote_are_shown_from_ten_organisations_on(closed, local, is_shown):
    ballot = closed(central=0, local=local, none=5, basis="council")

    assert [line.councils for line in tally(ballot).lines] == ([local, 0] if is_shown else [None, None])
    assert [score for _, score, _ in ballot.result["council"]["lines"]] == (
        [str(local), "0"] if is_shown else ["0", "0"]
    )
    assert len(tally(ballot).chosen) == 1  # decided by it all the same


def test_votes_of_a_secret_ballot_are_kept_without_organisations(closed):
    ballot = closed(central=0, local=10)

    assert ballot.votes.count() == 10
    assert not ballot.votes.exclude(organisation=None, entry=None).exists()


def test_figures_per_council_of_a_secret_vote_are_printed_to_one_tenth(fatima):
    ballot = BallotFactory(secrecy="secret", roll_from=Ballot.Roll.LIST)
    option, _ = [OptionFactory(ballot=ballot, order=n) for n in range(2)]
    shared = OrganisationFactory()
    voters = [RollEntryFactory(ballot=ballot).person for _ in range(9)]
    voters += [RollEntryFactory(ballot=ballot, organisation=shared).person for _ in range(5)]
    RollEntryFactory(ballot=ballot, organisation=shared)  # on the roll, and does not vote
    ballots.open_ballot(ballot, by=fatima)
    for person in voters:
        casting.cast(ballot, by=person, marks=casting.ticks([option]))

    closed = outcome.close_ballot(ballot, by=fatima)

    assert [line.councils for line in tally(closed).lines] == [Decimal("9.8"), 0]
    assert "59/6" not in str(closed.result)  # nine and five sixths


@pytest.mark.parametrize("alone", ["of no organisation", "of a weight that few share"])
def test_figures_per_council_are_kept_back_where_both_counts_would_tell_how_somebody_voted(fatima, alone):
    ballot = BallotFactory(secrecy="secret", roll_from=Ballot.Roll.LIST)
    option, other = [OptionFactory(ballot=ballot, order=n) for n in range(2)]
    voters = [RollEntryFactory(ballot=ballot).person for _ in range(11)]
    odd = RollEntryFactory(ballot=ballot, organisation=None if alone == "of no organisation" else OrganisationFactory())
    if odd.organisation:
        RollEntryFactory(ballot=ballot, organisation=odd.organisation)  # so that theirs is half a vote
    ballots.open_ballot(ballot, by=fatima)
    for person in voters:
        casting.cast(ballot, by=person, marks=casting.ticks([option]))
    casting.cast(ballot, by=odd.person, marks=casting.ticks([other]))

    closed = outcome.close_ballot(ballot, by=fatima)

    assert [line.councils for line in tally(closed).lines] == [None, None]
    assert tally(closed).council.chosen == ()
    assert closed.result == recount(closed)


@pytest.mark.parametrize(
    ("votes", "why"),
    [
        (
            {"central": 4, "local": 4},
            "Not told: 8 councils or bodies voted; figures per council or body are shown from 10.",
        ),
        ({"central": 5, "local": 5, "none": 1}, "Not told: from the figures per council or body somebody’s vote could"),
        ({"central": 5, "local": 5}, ""),
    ],
)
def test_where_figures_per_council_are_not_told_the_page_says_why(closed, client, fatima, votes, why):
    ballot = closed(**votes)
    page = text_of(client.get(address("results", outcome.reveal_ballot(ballot, by=fatima))))

    assert why in page
    assert ("Not told:" in page) is bool(why)
