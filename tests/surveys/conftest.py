import pytest
from allauth.account.models import EmailAddress

from accounts.operations import close_account
from accounts.roles import Role
from surveys.waves.operations import import_survey
from tests.factories.accounts import UserFactory, give_role
from tests.factories.surveys import a_running, an_invitation, hand_in_for
from tests.scenes import built_once
from tests.surveys.files import OURS, Files


@pytest.fixture(scope="module")
def both_waves(django_db_setup, django_db_blocker):
    """The waves of 2013 and 2014 as they come with the portal."""
    with built_once(lambda: import_survey(OURS), django_db_blocker):
        yield


@pytest.fixture
def files(tmp_path) -> Files:
    """A small survey in files of its own."""
    return Files(tmp_path)


@pytest.fixture
def answered_and_gone():
    """The addresses of somebody who handed in by the first and closed their account, with the open wave."""
    fieldwork = a_running(is_open=True)
    person = UserFactory()
    for address in (person.email, "zeb@home.example"):
        EmailAddress.objects.update_or_create(user=person, email=address, defaults={"verified": True})
    addresses = [person.email, "zeb@home.example"]
    hand_in_for(an_invitation(fieldwork, email=person.email))
    close_account(person, by=person)
    return fieldwork, addresses


@pytest.fixture
def other_analyst(db):
    return give_role(UserFactory(name="Olu Ade"), Role.ANALYST)
