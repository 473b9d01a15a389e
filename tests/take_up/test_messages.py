"""Who hears that an adoption waits for them."""

import datetime as dt
import re

import pytest

from core import clock
from outbox.models import Message
from take_up.models import Adoption
from take_up.operations import change_adoption, confirm_adoption, declare_adoption, turn_down_adoption
from tests.factories.assets_registry import AssetFactory
from tests.factories.councils import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def declare(amina, harlow):
    """A function: somebody says that Harlow uses an asset."""

    def say(by=amina):
        return declare_adoption(
            AssetFactory(), by=by, council=harlow, status=Adoption.Status.PILOTING, since=clock.today()
        )

    return say


def test_the_councils_lead_hears_of_an_adoption_to_confirm(declare, grace, amina, sunita, deliver):
    adoption = declare()

    [message] = deliver()

    assert message.to == [grace.email]
    assert message.subject == f"To confirm: Harlow and {adoption.asset}"
    assert "because you lead Harlow" in message.body


def test_the_mail_names_who_says_it_and_leads_to_the_row_that_asks(declare, grace, amina, harlow, deliver, signed_in):
    adoption = declare()
    [message] = deliver()
    said = message.body
    assert "Amina Shah has said for Harlow" in said
    address, _, row = re.search(r"http://testserver(/\S+)", said)[1].partition("#")
    assert f'id="{row}"' in signed_in(grace).get(address).content.decode()

    adoption = confirm_adoption(adoption, by=grace)
    other = MembershipFactory(organisation=harlow, person__name="Priya Nair").person
    change_adoption(adoption, by=other, status=Adoption.Status.LIVE)
    [message] = deliver()
    assert "Priya Nair has said for Harlow" in message.body


def test_where_nobody_leads_the_secretariat_hears_that_somebody_must(sunita, declare, deliver):
    declare()

    [message] = deliver()

    assert message.to == [sunita.email]
    assert "Nobody leads Harlow here yet" in message.body


def test_what_a_lead_says_waits_for_nobody(declare, grace):
    declare(by=grace)

    assert not Message.objects.exists()


def test_what_was_confirmed_or_turned_down_before_the_mail_went_asks_nobody(declare, grace, deliver):
    confirm_adoption(declare(), by=grace)
    turn_down_adoption(declare(), by=grace)

    assert deliver() == []


def test_a_change_that_waits_is_told_too_and_other_changes_are_not(declare, grace, amina, deliver):
    adoption = confirm_adoption(declare(), by=grace)
    deliver()
    change_adoption(adoption, by=amina, version="2.1")
    assert deliver() == []

    change_adoption(adoption, by=amina, status=Adoption.Status.LIVE)

    [message] = deliver()
    assert "live" in message.body


def test_nobody_is_written_to_about_an_adoption_of_the_record_that_changes_today(declare, grace, amina):
    adoption = confirm_adoption(declare(), by=grace)
    Message.objects.all().delete()
    Adoption.objects.update(declared_at=dt.datetime(2015, 6, 1, tzinfo=dt.UTC))

    change_adoption(adoption, by=amina, status=Adoption.Status.LIVE)

    assert not Message.objects.exists()
