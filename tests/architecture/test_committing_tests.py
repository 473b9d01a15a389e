"""What a test commits is gone for the next one, and the reference rows are back."""

import pytest
from django.test import TransactionTestCase

from accounts.models import User
from audit.models import AuditEvent
from audit.operations import log_action
from councils.models import Organisation, Service
from tests.factories.accounts import UserFactory


@pytest.mark.django_db(transaction=True)
def test_after_a_test_that_commits_the_database_is_as_the_migrations_made_it():
    before = Organisation.objects.count()
    log_action("accounts.signed_in", by=UserFactory())
    Service.objects.all().delete()

    TransactionTestCase()._fixture_teardown()

    assert not User.objects.exists()
    assert not AuditEvent.objects.exists()
    assert Organisation.objects.count() == before > 400
    assert Service.objects.exists()
