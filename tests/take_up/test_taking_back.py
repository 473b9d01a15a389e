"""What waits for a council's lead is confirmed as the lead read it, or taken back by whoever writes for the council."""

import datetime as dt
import itertools
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from assets_registry.operations import withdraw_asset
from audit.models import AuditEvent
from core import clock
from core.errors import Refused
from core.forms import as_sent
from core.inbox import Reader
from councils.models import Membership
from take_up import emails
from take_up.inbox import adoptions_to_confirm
from take_up.models import Adoption, Benefit, UseSaid
from take_up.operations import (
    change_adoption,
    claim_benefit,
    confirm_adoption,
    turn_down_adoption,
    withdraw_adoption,
)
from take_up.permissions import visible_benefits
from tests.factories.councils import MembershipFactory
from tests.factories.take_up import AdoptionFactory, BenefitFactory, MeasurementFactory
from tests.pages import words

pytestmark = [pytest.mark.sql, pytest.mark.django_db]

CLAIM = {
    "title": "Fewer calls",
    "unit": "calls",
    "claimed": Decimal(6),
    "claimed_in": "Plan for the launch",
    "claimed_on": dt.date(2014, 12, 10),
}


@pytest.fixture
def waiting(amina, harlow):
    return AdoptionFactory(council=harlow, declared_by=amina, confirmed_by=None, confirmed_at=None)


@pytest.fixture
def promised(waiting, amina):
    """What was promised of it before promises waited for the lead's word."""
    return BenefitFactory(project=None, adoption=waiting, title="Fewer calls", recorded_by=amina)


def test_nobody_promises_of_a_use_that_the_lead_has_not_confirmed(waiting, amina, signed_in):
    with pytest.raises(Refused, match="That Harlow uses it waits for its lead"):
        claim_benefit(adoption=waiting, by=amina, **CLAIM)

    answer = signed_in(amina).get(f"{reverse('take_up:claim')}?adoption={waiting.pk}", follow=True)

    assert "That Harlow uses it waits for its lead" in answer.content.decode()


def test_one_of_which_something_was_promised_is_not_turned_down_and_says_why(promised, grace, signed_in):
    with pytest.raises(Refused, match="Harlow has promised “Fewer calls” of it already"):
        turn_down_adoption(promised.adoption, by=grace)

    address = reverse("take_up:turn_down_adoption", args=[promised.adoption_id])
    answer = signed_in(grace).post(address, {"read": "live/2015-06-01/"}, follow=True)

    assert "Harlow has promised “Fewer calls” of it already" in answer.content.decode()
    assert Benefit.objects.filter(pk=promised.pk).exists()


def test_whoever_wrote_the_promise_reads_it_and_takes_it_back_with_the_use(promised, amina, carlos, signed_in):
    client = signed_in(amina)
    assert client.get(promised.get_absolute_url()).status_code == 200
    assert not visible_benefits(carlos).filter(pk=promised.pk).exists()

    client.post(reverse("take_up:withdraw_adoption", args=[promised.adoption_id]))

    assert not Adoption.objects.filter(pk=promised.adoption_id).exists()
    assert not Benefit.objects.filter(pk=promised.pk).exists()
    assert AuditEvent.objects.filter(action="take_up.promise_taken_back", by=amina).exists()


def test_a_promise_of_which_something_was_measured_stays(promised, amina):
    MeasurementFactory(promise=promised)

    with pytest.raises(Refused, match="so both stay"):
        withdraw_adoption(promised.adoption, by=amina)

    assert Benefit.objects.filter(pk=promised.pk).exists()


def test_a_contributor_takes_back_a_use_that_waits(waiting, amina, carlos, signed_in):
    with pytest.raises(PermissionDenied):
        withdraw_adoption(waiting, by=carlos)
    page = signed_in(amina).get(waiting.asset.get_absolute_url()).content.decode()
    assert f'action="{reverse("take_up:withdraw_adoption", args=[waiting.pk])}"' in page

    withdraw_adoption(waiting, by=amina)

    assert not Adoption.objects.filter(pk=waiting.pk).exists()


def test_and_a_change_that_waits_while_what_stands_goes_on(amina, harlow, signed_in):
    adoption = AdoptionFactory(council=harlow)
    change_adoption(adoption, by=amina, status=Adoption.Status.RETIRED, since=dt.date(2016, 1, 1))
    address = reverse("take_up:withdraw_adoption", args=[adoption.pk])
    assert address in signed_in(amina).get(reverse("take_up:change_adoption", args=[adoption.pk])).content.decode()

    withdraw_adoption(adoption, by=amina)

    adoption.refresh_from_db()
    assert (adoption.status, adoption.is_waiting) == (Adoption.Status.LIVE, False)
    with pytest.raises(Refused, match="Nothing waits here any more"):
        withdraw_adoption(adoption, by=amina)


def test_whoever_comes_second_is_told_and_gets_no_error(waiting, amina, grace):
    withdraw_adoption(waiting, by=amina)

    with pytest.raises(Refused, match="turned down or taken back in the meantime"):
        turn_down_adoption(waiting, by=grace)


GONE = "It was turned down or taken back in the meantime."


@pytest.mark.parametrize("word", ["confirm", "turn_down"])
def test_a_lead_who_presses_after_it_was_taken_back_reads_so_where_they_were(waiting, amina, grace, signed_in, word):
    address = reverse(f"take_up:{word}_adoption", args=[waiting.pk])
    client, there = signed_in(grace), waiting.asset.get_absolute_url()
    assert f'name="next" value="{there}"' in client.get(there).content.decode()
    withdraw_adoption(waiting, by=amina)

    answer = client.post(address, {"read": "live 2015-06-01", "next": there}, follow=True)

    assert answer.status_code == 409
    assert f'href="{there}"' in answer.content.decode()
    assert GONE in answer.content.decode()
    assert GONE in client.post(address, {"read": "live 2015-06-01"}, follow=True).content.decode()


def test_a_contributor_who_takes_back_what_was_turned_down_reads_so(waiting, amina, grace, signed_in):
    turn_down_adoption(waiting, by=grace)

    answer = signed_in(amina).post(reverse("take_up:withdraw_adoption", args=[waiting.pk]), follow=True)

    assert GONE in answer.content.decode()


def test_of_a_use_that_is_hidden_from_a_lead_of_another_council_there_is_no_page(waiting, surrey, signed_in):
    client = signed_in(MembershipFactory(organisation=surrey, role=Membership.Role.LEAD).person)
    hidden, none = (client.post(reverse("take_up:turn_down_adoption", args=[key])) for key in (waiting.pk, 10**9))

    assert hidden.status_code == 404
    assert none.status_code == 409
    assert GONE in none.content.decode()
    assert Adoption.objects.filter(pk=waiting.pk).exists()


def test_whoever_could_decide_nothing_finds_nothing(waiting, ben, carlos, signed_in):
    for person in (ben, carlos):
        answer = signed_in(person).post(reverse("take_up:confirm_adoption", args=[waiting.pk]))
        assert answer.status_code == 404


def test_a_change_that_was_taken_back_is_not_called_confirmed(harlow, amina, grace):
    adoption = AdoptionFactory(council=harlow)
    change_adoption(adoption, by=amina, status=Adoption.Status.RETIRED, since=dt.date(2016, 1, 1))
    adoption.refresh_from_db()
    read = UseSaid.that_waits(adoption).mark
    withdraw_adoption(adoption, by=amina)

    with pytest.raises(Refused, match=GONE):
        confirm_adoption(adoption, by=grace, read=read)

    assert confirm_adoption(adoption, by=grace, read="live/2015-06-01/").status == Adoption.Status.LIVE


# What the lead read ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("operation", [confirm_adoption, turn_down_adoption])
def test_what_was_changed_since_the_lead_read_it_is_refused_and_said(waiting, amina, grace, operation):
    read = UseSaid.that_waits(waiting).mark
    change_adoption(waiting, by=amina, status=Adoption.Status.PILOTING, avoided_cost=900)

    with pytest.raises(Refused, match="It is now: piloting since 1 June 2015, a cost of £900 avoided"):
        operation(waiting, by=grace, read=read)

    assert not Adoption.objects.get(pk=waiting.pk).is_confirmed


def test_so_is_a_change_of_what_is_confirmed(harlow, amina, grace):
    adoption = AdoptionFactory(council=harlow)
    change_adoption(adoption, by=amina, avoided_cost=100)
    adoption.refresh_from_db()
    read = UseSaid.that_waits(adoption).mark
    change_adoption(adoption, by=amina, avoided_cost=900_000)

    with pytest.raises(Refused, match="a cost of £900,000 avoided"):
        confirm_adoption(adoption, by=grace, read=read)
    adoption.refresh_from_db()

    assert confirm_adoption(adoption, by=grace, read=UseSaid.that_waits(adoption).mark).avoided_cost == 900_000


def test_the_page_and_the_line_carry_what_they_show_and_a_post_without_it_confirms_nothing(waiting, grace, signed_in):
    client, address = signed_in(grace), reverse("take_up:confirm_adoption", args=[waiting.pk])
    field = '<input type="hidden" name="read" value="live/2015-06-01/">'
    assert client.get(waiting.asset.get_absolute_url()).content.decode().count(field) == 2
    assert client.get(reverse("take_up:waiting")).content.decode().count(field) == 2

    said = client.post(address, follow=True).content.decode()
    assert "It is now: live since 1 June 2015" in said
    assert not Adoption.objects.get(pk=waiting.pk).is_confirmed

    client.post(address, {"read": "live/2015-06-01/"})
    assert Adoption.objects.get(pk=waiting.pk).is_confirmed


# An asset that was withdrawn ---------------------------------------------------------------------------------


def test_a_use_of_an_asset_that_was_withdrawn_since_is_not_confirmed_and_nobody_is_asked_to(
    waiting, grace, edith, signed_in
):
    withdraw_asset(waiting.asset, by=edith, reason="Replaced.")

    with pytest.raises(Refused, match="Only a published asset"):
        confirm_adoption(waiting, by=grace)

    line = adoptions_to_confirm(Reader(user=grace, since=clock.now()))[0]
    assert [each.text for each in line.actions] == ["Turn down"]
    page = signed_in(grace).get(waiting.asset.get_absolute_url()).content.decode()
    assert reverse("take_up:confirm_adoption", args=[waiting.pk]) not in page
    turn_down_adoption(waiting, by=grace)


def test_that_a_council_gave_up_an_asset_that_was_withdrawn_is_confirmed(harlow, amina, grace, edith):
    adoption = AdoptionFactory(council=harlow)
    change_adoption(adoption, by=amina, status=Adoption.Status.RETIRED, since=dt.date(2016, 1, 1))
    withdraw_asset(adoption.asset, by=edith, reason="Replaced.")

    assert confirm_adoption(adoption, by=grace).status == Adoption.Status.RETIRED


CANNOT = "The asset was withdrawn, so it cannot count."


def test_both_read_why_a_use_of_a_withdrawn_asset_never_counts_and_nobody_is_waited_for(
    waiting, amina, grace, edith, signed_in
):
    withdraw_asset(waiting.asset, by=edith, reason="Replaced.")
    change = reverse("take_up:change_adoption", args=[waiting.pk])

    for person, address in itertools.product((amina, grace), (waiting.asset.get_absolute_url(), change)):
        page = words(signed_in(person).get(address))
        assert CANNOT in page
        assert "council lead" not in page
    assert "live since 1 June 2015. " + CANNOT in words(signed_in(amina).get(waiting.asset.get_absolute_url()))

    assert emails.adoption_waits.write(Adoption.objects.get(pk=waiting.pk), grace) is None
    sent = as_sent(signed_in(amina).get(change).context["form"])
    assert "Saved. " + CANNOT in words(signed_in(amina).post(change, sent, follow=True))


def test_the_page_of_a_change_speaks_of_an_old_status_only_where_there_is_one(waiting, harlow, amina, signed_in):
    client, old = signed_in(amina), "Until then the old one counts."
    never = words(client.get(reverse("take_up:change_adoption", args=[waiting.pk])))
    once = words(client.get(reverse("take_up:change_adoption", args=[AdoptionFactory(council=harlow).pk])))

    assert "It counts once your council lead confirms it." in never
    assert (old in never, old in once) == (False, True)


@pytest.mark.parametrize(("cost", "ends"), [(1900, ", a cost of £1,900 avoided, waits for you"), (None, ", waits for")])
def test_a_comma_parts_what_waits_from_for_whom(harlow, amina, grace, signed_in, cost, ends):
    adoption = AdoptionFactory(council=harlow)
    change_adoption(adoption, by=amina, status=Adoption.Status.RETIRED, since=dt.date(2016, 1, 1), avoided_cost=cost)

    page = words(signed_in(grace).get(adoption.asset.get_absolute_url()))

    assert f"; retired since 1 January 2016{ends}" in page
