import pytest

from accounts.roles import Role
from tests.factories.accounts import UserFactory, give_role
from tests.factories.events import EventFactory
from tests.voting.papers import open_ballot


@pytest.fixture
def second(db):
    """A facilitator who may run the same votes as Fatima."""
    return give_role(UserFactory(name="Second Counter"), Role.FACILITATOR)


@pytest.fixture
def voters(db):
    """Nine people, who are put on the roll."""
    return UserFactory.create_batch(9)


@pytest.fixture
def ballot(day, fatima, voters):
    """An open ballot, approval of at most two of four, with the nine on its roll and five others."""
    return open_ballot(day, fatima, "approval", *voters)


@pytest.fixture
def secret(fatima, voters):
    """The same on another day, secret."""
    return open_ballot(EventFactory(co_design=True, started=True), fatima, "approval", *voters, secrecy="secret")
