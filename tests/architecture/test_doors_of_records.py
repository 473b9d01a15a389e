"""Addresses of single records, with real records and with nonsense: the rule holds, GET writes nothing, a stranger's
post writes nothing, and nothing fails.
"""

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from audit.models import AuditEvent
from tests.architecture.routes import addresses

pytestmark = pytest.mark.django_db
ROLES = ["anonymous", "ben", "amina", "grace", "fatima", "sunita", "edith", "root_user"]


def someone(request, name):
    return AnonymousUser() if name == "anonymous" else User.objects.get(pk=request.getfixturevalue(name).pk)


@pytest.mark.parametrize("name", ROLES)
def test_the_rule_holds_and_reading_writes_nothing(request, name, records, client):
    person = someone(request, name)
    for rule, address in addresses(records):
        if person.is_authenticated:
            client.force_login(person)
        before = AuditEvent.objects.count()

        response = client.get(address)

        where = f"{address} for {name}"
        assert response.status_code < 500, where
        assert AuditEvent.objects.count() == before, where
        if not rule(someone(request, name)):
            assert response.status_code == (403 if person.is_authenticated else 302), where


def test_a_strangers_post_writes_nothing(records, client):
    before = AuditEvent.objects.count()
    for rule, address in addresses(records):
        response = client.post(address)

        assert response.status_code < 500, address
        if not rule(AnonymousUser()):
            assert response.status_code == 302, address
    assert AuditEvent.objects.count() == before


@pytest.mark.parametrize("name", ["ben", "amina", "grace", "fatima", "root_user"])
def test_an_empty_post_fails_nowhere(request, name, records, client):
    person = someone(request, name)
    for rule, address in addresses(records):
        client.force_login(person)

        response = client.post(address)

        where = f"{address} for {name}"
        assert response.status_code < 500, where
        if not rule(someone(request, name)):
            assert response.status_code == 403, where
