"""A council declares that it uses an asset, its lead confirms, and then it counts: once, of the councils it is for."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.urls import reverse

from assets_registry.models import Asset
from assets_registry.operations import withdraw_asset
from core import clock
from core.errors import Refused
from councils.models import Membership
from take_up.models import Adoption
from take_up.operations import change_adoption, confirm_adoption, declare_adoption, turn_down_adoption
from take_up.permissions import visible_adoptions, waiting_adoptions
from take_up.queries import take_up
from tests.factories.accounts import UserFactory
from tests.factories.assets_registry import AssetFactory
from tests.factories.councils import MembershipFactory, OrganisationFactory
from tests.factories.take_up import AdoptionFactory

pytestmark = pytest.mark.sql

JUNE = dt.date(2015, 6, 1)


def declare(asset, by, council, **given):
    return declare_adoption(
        asset, **{"by": by, "council": council, "status": Adoption.Status.LIVE, "since": JUNE, **given}
    )


def test_a_contributors_word_waits_for_the_lead_and_does_not_count(amina, grace, harlow):
    asset = AssetFactory()

    adoption = declare(asset, amina, harlow)

    assert adoption.is_waiting
    assert list(waiting_adoptions(grace)) == [adoption]
    assert take_up(asset).count == 0


def test_once_the_lead_confirms_it_counts(amina, grace, harlow):
    asset = AssetFactory()

    confirm_adoption(declare(asset, amina, harlow), by=grace)

    assert take_up(asset).count == 1
    assert not waiting_adoptions(grace).exists()


def test_confirming_twice_changes_nothing(amina, grace, harlow):
    adoption = confirm_adoption(declare(AssetFactory(), amina, harlow), by=grace)

    assert confirm_adoption(adoption, by=grace).confirmed_at == adoption.confirmed_at


def test_a_lead_who_declares_needs_no_further_word(grace, harlow):
    assert declare(AssetFactory(), grace, harlow).is_confirmed


def test_only_the_councils_own_lead_with_a_second_factor_confirms(amina, carlos, harlow, surrey):
    adoption = declare(AssetFactory(), amina, harlow)
    other_lead = MembershipFactory(organisation=surrey, role=Membership.Role.LEAD).person
    without_factor = UserFactory()
    Membership.objects.create(
        person=without_factor, organisation=harlow, role=Membership.Role.LEAD, state=Membership.State.CONFIRMED
    )

    for person in (amina, carlos, other_lead, without_factor):
        with pytest.raises(PermissionDenied):
            confirm_adoption(adoption, by=person)


def test_nobody_speaks_for_another_council(carlos, ben, harlow):
    for stranger in (carlos, ben):
        with pytest.raises(PermissionDenied):
            declare(AssetFactory(), stranger, harlow)


def test_a_second_team_of_the_council_does_not_raise_the_count(amina, grace, harlow):
    asset = AssetFactory()
    declare(asset, grace, harlow)

    with pytest.raises(Refused, match="counts once"):
        declare(asset, amina, harlow)

    assert take_up(asset).count == 1


def test_the_database_counts_a_council_once_too(harlow):
    asset = AssetFactory()
    AdoptionFactory(asset=asset, council=harlow)

    with pytest.raises(IntegrityError):
        AdoptionFactory(asset=asset, council=harlow)


def test_what_is_not_published_cannot_be_adopted(amina, edith, harlow):
    draft = AssetFactory(state=Asset.State.DRAFT, published_at=None)
    withdrawn = withdraw_asset(AssetFactory(), by=edith, reason="Replaced.")

    for asset in (draft, withdrawn):
        with pytest.raises(Refused, match="Only a published asset"):
            declare(asset, amina, harlow)


def test_a_day_to_come_is_refused(amina, harlow):
    with pytest.raises(Refused) as refusal:
        declare(AssetFactory(), amina, harlow, since=clock.today() + dt.timedelta(days=1))

    assert refusal.value.field == "since"


def test_a_new_status_waits_for_the_lead_and_the_old_one_goes_on_counting(amina, grace, harlow):
    asset = AssetFactory()
    adoption = confirm_adoption(declare(asset, amina, harlow), by=grace)

    adoption = change_adoption(adoption, by=amina, status=Adoption.Status.RETIRED, since=dt.date(2016, 1, 1))
    assert take_up(asset).count == 1

    confirm_adoption(adoption, by=grace)
    assert take_up(asset).count == 0


def test_a_lead_who_changes_the_status_needs_no_further_word(amina, grace, harlow):
    asset = AssetFactory()
    adoption = confirm_adoption(declare(asset, amina, harlow, status=Adoption.Status.PILOTING), by=grace)

    change_adoption(adoption, by=grace, status=Adoption.Status.LIVE, since=dt.date(2015, 9, 1))

    assert (take_up(asset).count, take_up(asset).piloting) == (1, 0)


def test_version_notes_and_consent_change_at_once(amina, grace, harlow):
    asset = AssetFactory()
    adoption = confirm_adoption(declare(asset, amina, harlow), by=grace)

    change_adoption(adoption, by=amina, version="1.2", what_we_changed="Our colours.", may_be_listed=False)

    now = take_up(asset)
    assert (now.count, now.live, now.live_unnamed) == (1, [], 1)


def test_the_next_status_does_not_begin_before_the_present_one(amina, grace, harlow):
    adoption = confirm_adoption(declare(AssetFactory(), amina, harlow), by=grace)

    with pytest.raises(Refused, match="on that day or later"):
        change_adoption(adoption, by=amina, status=Adoption.Status.RETIRED, since=dt.date(2015, 5, 1))


def test_a_stranger_changes_nothing(carlos, harlow):
    with pytest.raises(PermissionDenied):
        change_adoption(AdoptionFactory(council=harlow), by=carlos, may_be_listed=True)


def test_the_lead_turns_a_declaration_down(amina, grace, harlow):
    asset = AssetFactory()

    turn_down_adoption(declare(asset, amina, harlow), by=grace)

    assert not asset.adoptions.exists()


def test_the_lead_turns_a_change_down_and_the_adoption_stays(amina, grace, harlow):
    asset = AssetFactory()
    adoption = confirm_adoption(declare(asset, amina, harlow), by=grace)
    change_adoption(adoption, by=amina, status=Adoption.Status.RETIRED, since=dt.date(2016, 1, 1))

    turn_down_adoption(adoption, by=grace)

    assert take_up(asset).count == 1
    assert not waiting_adoptions(grace).exists()


def test_an_adoption_without_consent_is_shown_to_its_own_council_only(amina, carlos, harlow):
    adoption = AdoptionFactory(council=harlow, may_be_listed=False)

    assert adoption in visible_adoptions(amina)
    assert adoption not in visible_adoptions(carlos)


def test_whoever_says_it_a_second_time_is_led_to_the_entry_there_is(signed_in, amina, harlow):
    adoption = AdoptionFactory(council=harlow)
    sent = {"council": harlow.pk, "status": "live", "since_day": "1", "since_month": "6", "since_year": "2015"}

    answer = signed_in(amina).post(f"{adoption.asset.get_absolute_url()}adopt/", sent)

    assert answer.status_code == 422
    change = reverse("take_up:change_adoption", args=[adoption.pk])
    assert f'href="{change}">Change what Harlow says' in answer.content.decode()


# What waits ------------------------------------------------------------------------------------------------


@pytest.fixture
def cost_waits(amina, harlow):
    """Harlow pilots it; that it avoided £900 waits for its lead."""
    adoption = AdoptionFactory(council=harlow, status=Adoption.Status.PILOTING, since=JUNE)
    return change_adoption(adoption, by=amina, avoided_cost=900)


def test_a_cost_that_waits_goes_on_waiting_with_a_status_asked_for_later(cost_waits, amina, grace):
    adoption = change_adoption(cost_waits, by=amina, status=Adoption.Status.LIVE, since=clock.today())
    assert (adoption.asked_status, adoption.asked_avoided_cost) == (Adoption.Status.LIVE, 900)

    adoption = confirm_adoption(adoption, by=grace)

    assert (adoption.status, adoption.avoided_cost, adoption.is_waiting) == (Adoption.Status.LIVE, 900, False)


def test_a_status_that_waits_goes_on_waiting_with_a_cost_said_later(amina, grace, harlow):
    adoption = AdoptionFactory(council=harlow, status=Adoption.Status.PILOTING, since=JUNE)
    change_adoption(adoption, by=amina, status=Adoption.Status.LIVE, since=clock.today())

    adoption = change_adoption(adoption, by=amina, avoided_cost=5, version="2")

    assert (adoption.asked_status, adoption.asked_avoided_cost) == (Adoption.Status.LIVE, 5)


def test_a_lead_who_sets_the_status_has_not_confirmed_the_cost_that_waits(cost_waits, amina, grace):
    adoption = change_adoption(cost_waits, by=grace, status=Adoption.Status.LIVE, since=clock.today())

    assert (adoption.status, adoption.avoided_cost) == (Adoption.Status.LIVE, None)
    assert (adoption.is_waiting, adoption.asked_by) == (True, amina)
    assert confirm_adoption(adoption, by=grace).avoided_cost == 900


def test_what_a_contributor_takes_back_waits_no_more(cost_waits, amina, grace):
    assert not change_adoption(cost_waits, by=amina, avoided_cost=None).is_waiting


def test_the_form_holds_what_waits_so_that_another_change_keeps_it(cost_waits, amina, signed_in):
    address = reverse("take_up:change_adoption", args=[cost_waits.pk])
    client = signed_in(amina)
    assert 'value="900"' in client.get(address).content.decode()

    day = {"since_day": "1", "since_month": "6", "since_year": "2015"}
    sent = {"status": "piloting", **day, "avoided_cost": "900", "officer_days": "1,000", "may_be_listed": "on"}
    assert client.post(address, sent).status_code == 302

    cost_waits.refresh_from_db()
    assert (cost_waits.asked_avoided_cost, cost_waits.officer_days) == (900, 1000)


def test_whose_council_is_entered_already_is_led_to_its_entry_before_filling_anything_in(signed_in, amina, harlow):
    adoption = AdoptionFactory(council=harlow)

    response = signed_in(amina).get(f"{adoption.asset.get_absolute_url()}adopt/", follow=True)

    assert response.redirect_chain == [(f"/assets/adoptions/{adoption.pk}/change/", 302)]
    assert f"{harlow} is already entered here: " in response.content.decode()


def test_whoever_speaks_for_another_council_too_is_asked_for_which(signed_in, amina, harlow):
    adoption = AdoptionFactory(council=harlow)
    MembershipFactory(person=amina, organisation=OrganisationFactory(), role=Membership.Role.CONTRIBUTOR)

    page = signed_in(amina).get(f"{adoption.asset.get_absolute_url()}adopt/")

    assert page.status_code == 200
    assert "Which council?" in page.content.decode()
