import pytest

from voting.ballots import operations as ballots
from voting.cards.operations import print_cards
from voting.models import Ballot

HANDED_OUT = 6


@pytest.fixture
def by_cards(day, prototypes, fatima):
    """A draft on the three prototypes for which 6 voting cards are handed out."""
    draft = ballots.prepare_ballot(
        day, by=fatima, question="Which?", prototypes=prototypes, roll_from=Ballot.Roll.CARDS, most_choices=2
    )
    return ballots.set_cards(draft, by=fatima, number=HANDED_OUT)


@pytest.fixture
def cards(by_cards, fatima):
    """The secrets of the cards that were printed for it."""
    return print_cards(by_cards, by=fatima, number=16)


@pytest.fixture
def ballot(by_cards, cards, fatima):
    """The open ballot."""
    return ballots.open_ballot(by_cards, by=fatima)


@pytest.fixture
def options(ballot):
    return list(ballot.options.all())
