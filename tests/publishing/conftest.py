"""Those who approve beside the cast that every test may ask for."""

import pytest

from accounts.roles import Role
from councils.models import Membership
from tests.factories.accounts import UserFactory, give_role
from tests.factories.councils import MembershipFactory
from tests.publishing.drafts import draft_of


@pytest.fixture
def petra(harlow):
    """Publishes for Harlow."""
    return MembershipFactory(person__name="Petra Voss", organisation=harlow, role=Membership.Role.PUBLISHER).person


@pytest.fixture
def edgar(db):
    """A second Alliance editor."""
    return give_role(UserFactory(name="Edgar Lowe"), Role.EDITOR)


@pytest.fixture
def publisher(petra):
    return petra


@pytest.fixture
def draft(harlow, amina):
    """Of Harlow, by Amina."""
    return draft_of(harlow, amina)
