"""Addresses of single records, with real records and with nonsense: the rule holds for who may least and most, GET
writes nothing, a stranger's post writes nothing, and nothing fails. As everybody they are asked for in `tests/roles/`.
"""

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from audit.models import AuditEvent
from tests.architecture.asking import answer_of, undone
from tests.architecture.routes import OURS_WITH_ARGUMENTS, nonsense, real, rule_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("short_pages")]


def someone(request, name):
    return AnonymousUser() if name == "anonymous" else User.objects.get(pk=request.getfixturevalue(name).pk)


def addresses_for(person, records):
    """Each with its rule. The rule is asked before the record, so nonsense is tried on who may not and who may."""
    for route, entry in OURS_WITH_ARGUMENTS:
        if address := real(route, records):
            yield rule_of(route, entry), address
        if person.is_anonymous or person.is_superuser:
            yield rule_of(route, entry), nonsense(route)


@pytest.mark.parametrize("name", ["anonymous", "root_user"])
def test_the_rule_holds_and_reading_writes_nothing(request, name, records):
    person = someone(request, name)
    before = AuditEvent.objects.count()
    for rule, address in addresses_for(person, records):
        status = answer_of(person, "get", address).status

        where = f"{address} for {name}"
        assert status < 500, where
        assert AuditEvent.objects.count() == before, where
        if not rule(person):
            assert status == (403 if person.is_authenticated else 302), where


def test_a_strangers_post_writes_nothing(records):
    before = AuditEvent.objects.count()
    for rule, address in addresses_for(AnonymousUser(), records):
        status = answer_of(AnonymousUser(), "post", address).status

        assert status < 500, address
        if not rule(AnonymousUser()):
            assert status == 302, address
    assert AuditEvent.objects.count() == before


@pytest.mark.parametrize("name", ["ben", "amina", "grace", "fatima", "root_user"])
def test_an_empty_post_fails_nowhere(request, name, records):
    person = someone(request, name)
    for rule, address in addresses_for(person, records):
        status = undone(person, "post", address).status

        where = f"{address} for {name}"
        assert status < 500, where
        if not rule(person):
            assert status == 403, where
