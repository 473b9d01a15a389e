"""What is mine on one page: places, votes, needs, drafts, and what waits for me."""

import pytest
from django.utils import timezone

from assets_registry.models import Asset
from councils.models import Membership
from publishing.operations import submit_case_study
from tests.factories.assets_registry import AdoptionFactory, AssetFactory
from tests.factories.councils import MembershipFactory
from tests.factories.events import SignUpFactory
from tests.factories.projects import NeedFactory
from tests.factories.voting import BallotFactory
from tests.publishing.test_workflow import draft_of
from voting.models import RollEntry

pytestmark = pytest.mark.django_db


def account_of(person, signed_in) -> str:
    response = signed_in(person).get("/account/")
    assert response.status_code == 200
    return response.content.decode()


def test_a_stranger_is_led_to_sign_in_and_back(client):
    assert client.get("/account/").url.endswith("?next=/account/")


def test_it_lists_what_is_mine(harlow, amina, signed_in):
    place = SignUpFactory(person=amina)
    need = NeedFactory(raised_by=amina, council=harlow)
    ballot = BallotFactory(state="open", opened_at=timezone.now())
    RollEntry.objects.create(ballot=ballot, person=amina)
    asset = AssetFactory(owner=harlow, state=Asset.State.DRAFT, published_at=None)
    page = draft_of(harlow, amina)

    shown = account_of(amina, signed_in)

    for record in (place.event.title, need.title, ballot.question, asset.name, page.title, "Harlow (district)"):
        assert record in shown


def test_it_lists_nothing_of_others(surrey, harlow, amina, carlos, signed_in):
    SignUpFactory(person=carlos, event__title="Their event")
    NeedFactory(raised_by=carlos, council=surrey, title="Their need")
    AssetFactory(owner=surrey, state=Asset.State.DRAFT, published_at=None, name="Their asset")
    draft_of(surrey, carlos, "Their study")

    assert "Their " not in account_of(amina, signed_in)


def test_the_publisher_finds_a_case_study_waiting_and_the_author_does_not(harlow, amina, signed_in):
    publisher = MembershipFactory(organisation=harlow, role=Membership.Role.PUBLISHER).person
    submit_case_study(draft_of(harlow, amina), by=amina)

    assert "Read and decide" in account_of(publisher, signed_in)
    assert "Read and decide" not in account_of(amina, signed_in)


def test_the_lead_finds_an_adoption_to_confirm(harlow, grace, amina, signed_in):
    AdoptionFactory(council=harlow, confirmed_by=None, confirmed_at=None)

    assert "Adoption to confirm" in account_of(grace, signed_in)
    assert "Adoption to confirm" not in account_of(amina, signed_in)


def test_it_leads_to_ones_data_and_the_second_factor(amina, signed_in):
    shown = account_of(amina, signed_in)

    assert "/account/data/" in shown
    assert "/account/close/" in shown
    assert "/accounts/2fa/" in shown


def test_it_says_where_one_waits_to_be_confirmed(harlow, ben, signed_in):
    MembershipFactory(person=ben, organisation=harlow, state=Membership.State.CANDIDATE)

    shown = account_of(ben, signed_in)

    assert "Waiting to be confirmed" in shown
    assert "/councils/harlow/join/" in shown
