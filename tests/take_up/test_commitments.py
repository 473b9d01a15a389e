"""A council commits to an asset: one commitment holds at a time, for six months, and it ends or becomes an adoption."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from assets_registry.operations import withdraw_asset
from core import clock
from core.errors import Refused
from councils.kinds import Tier
from councils.models import Membership, Organisation
from take_up.models import Adoption, Commitment
from take_up.models.commitment import six_months_after
from take_up.operations import (
    adopt_as_committed,
    change_adoption,
    commit_to_asset,
    confirm_adoption,
    confirm_commitment,
    end_expired_commitments,
    remind_of_commitments,
    renew_commitment,
    turn_down_commitment,
    withdraw_commitment,
)
from take_up.permissions import visible_commitments
from take_up.queries.commitments import meter
from tests.factories.assets_registry import AssetFactory
from tests.factories.take_up import AdoptionFactory, CommitmentFactory
from tests.publishing.bodies import body

pytestmark = pytest.mark.sql

USE, PILOT, HELP = Commitment.Would.USE, Commitment.Would.PILOT, Commitment.Would.HELP
Ending = Commitment.Ending


@pytest.fixture
def commit(amina, harlow):
    """A function: Amina says what Harlow would do for an asset."""

    def say(asset=None, by=amina, **given):
        return commit_to_asset(asset or AssetFactory(), **{"by": by, "council": harlow, "would": USE, **given})

    return say


def ending_of(commitment):
    commitment.refresh_from_db()
    return commitment.ending


def test_a_contributors_proposal_waits_and_is_not_counted_until_the_lead_confirms_it(commit, grace):
    commitment = commit(officer_days=2, co_fund=500)
    assert meter(commitment.asset).councils == 0

    confirm_commitment(commitment, by=grace)

    counted = meter(commitment.asset)
    assert (counted.councils, counted.would_use, counted.officer_days, counted.co_fund) == (1, 1, 2, 500)


def test_what_a_lead_says_holds_at_once_for_six_months(commit, grace):
    commitment = commit(by=grace)

    assert commitment.begins_on == clock.today()
    assert commitment.expires_on == six_months_after(clock.today())


@pytest.mark.parametrize(
    ("day", "until"),
    [("2026-01-31", "2026-07-31"), ("2026-08-31", "2027-02-28"), ("2026-07-01", "2027-01-01")],
)
def test_six_months_end_on_the_same_day_or_the_last_of_a_shorter_month(day, until):
    assert six_months_after(dt.date.fromisoformat(day)) == dt.date.fromisoformat(until)


def test_strangers_and_other_leads_neither_propose_nor_confirm(commit, carlos, ben, amina):
    commitment = commit()

    for person in (carlos, ben):
        with pytest.raises(PermissionDenied):
            commit(by=person)
    for person in (carlos, ben, amina):
        with pytest.raises(PermissionDenied):
            confirm_commitment(commitment, by=person)


def test_help_says_how_much_and_a_council_that_uses_it_commits_to_help_only(commit, harlow):
    asset = AdoptionFactory(council=harlow).asset

    with pytest.raises(Refused) as nothing:
        commit(asset, would=HELP)
    with pytest.raises(Refused) as used:
        commit(asset, would=USE)

    assert (nothing.value.field, used.value.field) == ("officer_days", "would")
    assert commit(asset, would=HELP, officer_days=1).is_waiting


def test_a_new_word_that_waits_takes_the_place_of_the_one_before_and_what_holds_goes_on(commit, grace):
    asset = AssetFactory()
    holds = commit(asset, by=grace, officer_days=1)
    first, second = commit(asset, officer_days=2), commit(asset, officer_days=3)

    assert ending_of(first) == Ending.REPLACED
    assert meter(asset).officer_days == 1

    confirm_commitment(second, by=grace)

    assert ending_of(holds) == Ending.REPLACED
    assert (meter(asset).councils, meter(asset).officer_days) == (1, 3)


@pytest.mark.parametrize("waiting", [True, False])
def test_the_database_keeps_one_that_holds_and_one_that_waits_for_a_council_and_asset(harlow, waiting):
    asset = AssetFactory()
    CommitmentFactory(asset=asset, council=harlow, waiting=waiting)

    with pytest.raises(IntegrityError), transaction.atomic():
        CommitmentFactory(asset=asset, council=harlow, waiting=waiting)

    CommitmentFactory(asset=asset, council=harlow, waiting=not waiting)


@pytest.mark.parametrize(
    "wrong",
    [
        {"would": HELP},
        {"expires_on": None},
        {"confirmed_by": None},
        {"ending": Ending.WITHDRAWN},
        {"ended_on": dt.date(2026, 1, 1)},
        {"begins_on": dt.date(2026, 2, 1), "expires_on": dt.date(2026, 1, 1)},
    ],
)
def test_the_database_keeps_no_half_a_commitment(db, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        CommitmentFactory(**wrong)


def test_renewing_begins_six_months_anew_once_the_lead_confirms(commit, grace, amina, harlow):
    with clock.at(clock.now() - dt.timedelta(days=100)):
        old = commit(by=grace, officer_days=4)

    waiting = renew_commitment(old, by=amina)
    assert (waiting.is_waiting, waiting.officer_days) == (True, 4)
    confirm_commitment(waiting, by=grace)

    assert ending_of(old) == Ending.REPLACED
    assert waiting.asset.commitments.standing().get().expires_on == six_months_after(clock.today())


def test_it_is_renewed_once_and_whoever_presses_again_hears_so_and_mails_nobody(commit, grace, amina, deliver):
    with clock.at(clock.now() - dt.timedelta(days=175)):
        old = commit(by=grace, officer_days=4)
    waiting = renew_commitment(old, by=amina)
    assert [message.to for message in deliver()] == [[grace.email]]

    for again in (amina, grace):
        with pytest.raises(Refused, match="waits to be confirmed by the lead of Harlow already, since"):
            renew_commitment(old, by=again)
    confirm_commitment(waiting, by=grace)
    for same, why in ((old, "Renewed already: "), (waiting, "would hold no day longer")):
        with pytest.raises(Refused, match=why):
            renew_commitment(same, by=grace)

    assert (Commitment.objects.count(), deliver()) == (2, [])


def test_what_was_only_said_today_or_changed_is_not_called_renewed(commit, grace):
    with clock.at(clock.now() - dt.timedelta(days=175)):
        old = commit(by=grace, officer_days=4)
    new = commit(old.asset, by=grace, officer_days=9)

    for each, why in ((old, "^Changed since: .* give 9 days"), (new, "^It holds until .* no day longer")):
        with pytest.raises(Refused, match=why):
            renew_commitment(each, by=grace)


def test_the_line_and_the_button_go_once_it_is_renewed_and_the_account_says_it_once(
    commit, grace, amina, signed_in, client
):
    with clock.at(clock.now() - dt.timedelta(days=175)):
        old = confirm_commitment(commit(), by=grace)
    client, page = signed_in(amina), f"/assets/{old.asset.slug}/take-up/"
    renew = f"/assets/commitments/{old.pk}/renew/"
    assert renew in body(client.get("/"))
    assert renew in body(client.get(page))

    said = body(client.post(renew, follow=True))

    assert "waits for the lead of Harlow" in said
    assert renew not in body(client.get("/")) + body(client.get(page))
    account = body(client.get("/account/"))
    assert account.count("Harlow would use it") == 1
    assert "Renewal waits for your lead" in account
    assert "already" in client.post(renew, follow=True).content.decode()


def test_what_has_run_out_counts_no_more_and_the_schedule_ends_it(commit, grace):
    with clock.at(clock.now() - dt.timedelta(days=200)):
        commitment = commit(by=grace)
    assert meter(commitment.asset).councils == 0

    assert (end_expired_commitments(), end_expired_commitments()) == (1, 0)

    assert ending_of(commitment) == Ending.EXPIRED
    assert commitment.ended_on == commitment.expires_on + dt.timedelta(days=1)


def test_a_council_whose_commitment_ran_out_commits_again_before_the_schedule_ran(commit, grace):
    with clock.at(clock.now() - dt.timedelta(days=200)):
        old = commit(by=grace)

    commit(old.asset, by=grace)

    assert meter(old.asset).councils == 1


def test_on_its_last_day_it_counts_and_on_the_day_before_its_first_it_does_not(commit, grace):
    commitment = commit(by=grace)
    day = dt.timedelta(days=1)

    found = [
        meter(commitment.asset, on).councils
        for on in (commitment.begins_on - day, commitment.begins_on, commitment.expires_on, commitment.expires_on + day)
    ]
    assert found == [0, 1, 1, 0]


def test_two_weeks_before_the_end_lead_and_proposer_are_written_to_once(commit, grace, amina, deliver):
    with clock.at(clock.now() - dt.timedelta(days=175)):
        commitment = commit()
        confirm_commitment(commitment, by=grace)
    deliver()

    remind_of_commitments()
    remind_of_commitments()

    assert sorted(address for message in deliver() for address in message.to) == sorted([grace.email, amina.email])


def test_while_the_renewal_waits_for_the_lead_nobody_is_reminded(commit, grace, amina, deliver):
    with clock.at(clock.now() - dt.timedelta(days=175)):
        first, second = (confirm_commitment(commit(), by=grace) for _ in range(2))
    renew_commitment(first, by=amina)
    deliver()
    remind_of_commitments()
    renew_commitment(second, by=amina)  # asked for once the reminder was queued
    assert not [message for message in deliver() if "until" in message.subject]
    for each in Commitment.objects.waiting():
        turn_down_commitment(each, by=grace)
    remind_of_commitments()
    written_to = [address for message in deliver() if "until" in message.subject for address in message.to]
    assert sorted(written_to) == sorted([grace.email, amina.email] * 2), "also of the one whose reminder was dropped"
    remind_of_commitments()
    assert not deliver(), "once"


def test_who_has_left_the_council_is_not_reminded_of_what_it_would_do(commit, grace, amina, deliver):
    with clock.at(clock.now() - dt.timedelta(days=175)):
        confirm_commitment(commit(), by=grace)
    deliver()
    Membership.objects.filter(person=amina).update(state=Membership.State.ENDED)

    remind_of_commitments()

    assert [message.to for message in deliver()] == [[grace.email]]


def test_the_lead_is_asked_and_the_owner_hears_in_one_digest(commit, grace, deliver):
    [asked] = [commit()] and deliver()

    assert asked.to == [grace.email]
    assert "would commit to" in asked.subject


def test_it_becomes_an_adoption_in_one_step_which_the_lead_confirms(commit, grace, amina):
    commitment = commit(by=grace)

    adoption = adopt_as_committed(commitment, by=amina)

    assert (adoption.status, adoption.since, adoption.is_waiting) == (Adoption.Status.LIVE, clock.today(), True)
    assert meter(commitment.asset).councils == 1
    confirm_adoption(adoption, by=grace)
    assert ending_of(commitment) == Ending.ADOPTED
    assert meter(commitment.asset).councils == 0


def test_a_council_that_pilots_goes_on_to_live_use(commit, grace, harlow):
    adoption = AdoptionFactory(council=harlow, status=Adoption.Status.PILOTING)
    commitment = commit(adoption.asset, by=grace)

    assert adopt_as_committed(commitment, by=grace) == adoption

    adoption.refresh_from_db()
    assert (adoption.status, ending_of(commitment)) == (Adoption.Status.LIVE, Ending.ADOPTED)


def test_the_days_that_were_promised_become_the_days_that_it_took(commit, grace, harlow):
    assert adopt_as_committed(commit(by=grace, officer_days=4), by=grace).officer_days == 4
    assert adopt_as_committed(commit(by=grace), by=grace).officer_days is None

    for said, took in ((None, 6), (2, 2)):
        piloted = AdoptionFactory(council=harlow, status=Adoption.Status.PILOTING, officer_days=said)
        assert adopt_as_committed(commit(piloted.asset, by=grace, officer_days=6), by=grace).officer_days == took


def test_a_cost_that_waits_for_the_lead_is_not_lost_when_a_commitment_becomes_an_adoption(commit, grace, amina, harlow):
    for by in (amina, grace):
        adoption = AdoptionFactory(council=harlow, status=Adoption.Status.PILOTING)
        change_adoption(adoption, by=amina, avoided_cost=900)

        adoption = adopt_as_committed(commit(adoption.asset, by=grace), by=by)

        assert (adoption.asked_avoided_cost, adoption.is_waiting) == (900, True)
        assert confirm_adoption(adoption, by=grace).avoided_cost == 900


@pytest.mark.parametrize("would", [USE, HELP])
def test_what_was_withdrawn_or_adopted_since_is_not_confirmed_as_a_promise(commit, grace, harlow, edith, would):
    withdrawn = commit(would=would, officer_days=1)
    withdraw_asset(withdrawn.asset, by=edith, reason="Replaced.")

    with pytest.raises(Refused, match="Only a published asset"):
        confirm_commitment(withdrawn, by=grace)
    used = commit(would=would, officer_days=1)
    AdoptionFactory(asset=used.asset, council=harlow)
    if would == HELP:
        assert not confirm_commitment(used, by=grace).is_waiting
    else:
        with pytest.raises(Refused, match="uses it already"):
            confirm_commitment(used, by=grace)


def test_what_was_withdrawn_becomes_no_adoption_of_a_council_that_pilots_it(commit, grace, harlow, edith):
    adoption = AdoptionFactory(council=harlow, status=Adoption.Status.PILOTING)
    commitment = commit(adoption.asset, by=grace)
    withdraw_asset(adoption.asset, by=edith, reason="Replaced.")

    with pytest.raises(Refused, match="Only a published asset"):
        adopt_as_committed(commitment, by=grace)


def test_help_alone_and_what_waits_become_no_adoption(commit, grace):
    for commitment in (commit(), commit(by=grace, would=HELP, co_fund=1)):
        with pytest.raises(Refused, match="can become an adoption"):
            adopt_as_committed(commitment, by=grace)


def test_a_pilot_keeps_a_promise_to_pilot_and_none_to_use(commit, grace, harlow):
    pilots, uses = commit(by=grace, would=PILOT), commit(by=grace)

    for commitment in (pilots, uses):
        waiting = AdoptionFactory(
            asset=commitment.asset, council=harlow, status="piloting", confirmed_by=None, confirmed_at=None
        )
        confirm_adoption(waiting, by=grace)

    assert (ending_of(pilots), ending_of(uses)) == (Ending.ADOPTED, "")


def test_what_waits_its_contributors_take_back_and_what_holds_its_lead(commit, grace, amina):
    waiting, holds = commit(), commit(by=grace)

    withdraw_commitment(waiting, by=amina)
    with pytest.raises(PermissionDenied):
        withdraw_commitment(holds, by=amina)
    withdraw_commitment(holds, by=grace)

    assert (ending_of(waiting), ending_of(holds)) == (Ending.WITHDRAWN, Ending.WITHDRAWN)
    with pytest.raises(Refused, match="ended already"):
        withdraw_commitment(holds, by=grace)


def test_a_lead_turns_down_what_waits_and_it_is_never_confirmed_afterwards(commit, grace):
    commitment = turn_down_commitment(commit(), by=grace)

    assert ending_of(commitment) == Ending.TURNED_DOWN
    with pytest.raises(Refused):
        confirm_commitment(commitment, by=grace)


def test_the_share_is_of_the_councils_it_is_for_and_others_stand_outside(harlow, surrey):
    asset = AssetFactory(tier=Tier.DISTRICT, owner=Organisation.objects.get(slug="luton"))
    CommitmentFactory(asset=asset, council=harlow, officer_days=1)
    CommitmentFactory(asset=asset, council=surrey, officer_days=2)

    counted = meter(asset)

    assert (counted.share.count, counted.outside, counted.officer_days) == (1, 1, 3)
    assert counted.share.base_words == "districts"
    assert counted.share.as_at == clock.today()


def test_without_consent_it_is_shown_to_its_own_council_only(amina, carlos, harlow):
    commitment = CommitmentFactory(council=harlow, may_be_listed=False)

    assert commitment in visible_commitments(amina)
    assert commitment not in visible_commitments(carlos)
