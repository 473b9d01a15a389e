import pytest

from tests.factories.events import EventFactory
from tests.factories.projects import PrototypeFactory
from tests.factories.voting import checked_in
from voting.ballots import operations as ballots


@pytest.fixture
def day(db):
    """A Co-Design Day that is going on."""
    return EventFactory(co_design=True, started=True)


@pytest.fixture
def prototypes(db):
    """Three prototypes that are ready for a vote."""
    return [
        PrototypeFactory(title=title, slug=slug)
        for title, slug in (
            ("Waste standards and API", "waste-standards"),
            ("Verify, check, deliver", "verify-check-deliver"),
            ("Caresupermarket", "caresupermarket"),
        )
    ]


@pytest.fixture
def draft(day, prototypes, fatima):
    """An open ballot on the three whose tally is seen while it runs, prepared by the facilitator."""
    return ballots.prepare_ballot(
        day,
        by=fatima,
        question="Which prototypes should we pursue?",
        prototypes=prototypes,
        most_choices=2,
        secrecy="open",
        shows_tally=True,
    )


@pytest.fixture
def room(day, amina, carlos, harlow, surrey):
    """Amina of Harlow and Carlos of Surrey are checked in."""
    return [checked_in(day, amina, harlow), checked_in(day, carlos, surrey)]


@pytest.fixture
def ballot(draft, room, fatima):
    """The open ballot, with Amina and Carlos on its roll."""
    return ballots.open_ballot(draft, by=fatima)


@pytest.fixture
def options(ballot):
    """The three options in the order of the ballot: waste, verify, care."""
    return list(ballot.options.all())
