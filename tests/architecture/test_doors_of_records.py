"""Addresses of single records, with real records and with nonsense: the rule holds, GET writes nothing, a stranger's
post writes nothing, and nothing fails.
"""

import re
import uuid

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from accounts.models import User
from audit.models import AuditEvent
from tests.architecture.routes import OURS_WITH_ARGUMENTS, rule_of
from tests.factories.assets_registry import AdoptionFactory, AssetFactory, BenefitFactory
from tests.factories.events import EventFactory, SignUpFactory
from tests.factories.projects import DiscoveryFactory, NeedFactory, ProjectFactory, PrototypeFactory
from tests.factories.voting import BallotFactory, OptionFactory
from voting.models import Ballot

pytestmark = pytest.mark.django_db
ROLES = ["anonymous", "ben", "amina", "grace", "fatima", "sunita", "edith", "root_user"]
_ARGUMENT = re.compile(r"<(?:(\w+):)?(\w+)>")
_NONSENSE = {
    "slug": "no-such-thing",
    "int": "987654321",
    "uuid": str(uuid.UUID(int=7)),
    "str": "no such thing",
    "": "x",
}


def nonsense(route):
    return "/" + _ARGUMENT.sub(lambda m: _NONSENSE.get(m[1] or "", "no-such-thing"), route)


@pytest.fixture
def records(harlow, amina, grace):
    """One record for each beginning of an address: what stands in for its first argument."""
    need = NeedFactory(council=harlow, raised_by=amina)
    asset = AssetFactory(owner=harlow, registered_by=amina)
    adoption = AdoptionFactory(asset=asset, council=harlow, declared_by=amina)
    ballot = BallotFactory(state=Ballot.State.OPEN, opened_at=timezone.now())
    OptionFactory.create_batch(2, ballot=ballot)
    sign_up = SignUpFactory(person=amina)
    return {
        "needs": need.slug,
        "discoveries": DiscoveryFactory().slug,
        "prototypes": PrototypeFactory().slug,
        "projects": ProjectFactory(lead_council=harlow).slug,
        "events": EventFactory().slug,
        "sign-ups": sign_up.reference,
        "votes": ballot.reference,
        "assets/benefits": BenefitFactory().pk,
        "assets/adoptions": adoption.pk,
        "assets": asset.slug,
        "councils": "harlow",
        "people": amina.pk,
    }


def real(route, records):
    """The address of a record that is there, or None where this test has none."""
    beginning = next((each for each in records if route.startswith(f"{each}/")), None)
    if beginning is None:
        return None
    first = _ARGUMENT.sub(str(records[beginning]), route, count=1)
    return nonsense(first)


def addresses(records):
    for route, entry in OURS_WITH_ARGUMENTS:
        yield rule_of(route, entry), nonsense(route)
        if address := real(route, records):
            yield rule_of(route, entry), address


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
