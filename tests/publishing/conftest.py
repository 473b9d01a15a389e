"""Those who approve and check beside the cast that every test may ask for, and what they read."""

import pytest

from accounts.roles import Role
from core import clock
from councils.models import Membership
from tests.factories.accounts import UserFactory, give_role
from tests.factories.councils import MembershipFactory
from tests.factories.publishing import interview_of, publish_case_study
from tests.publishing.drafts import draft_of
from tests.publishing.published import COMPARED, PUBLISHED


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


@pytest.fixture
def interview(harlow, amina):
    return interview_of(harlow, amina)


@pytest.fixture
def study(harlow, amina):
    with clock.at(PUBLISHED):
        return publish_case_study(harlow, owner=amina, **COMPARED)


@pytest.fixture
def analyst(db):
    """Checks what others measured."""
    return give_role(UserFactory(), Role.ANALYST)
