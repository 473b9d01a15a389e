"""A council commits to an asset for six months, renews it, takes it back, or makes it an adoption."""

import datetime as dt

from django.db import transaction

from accounts.models import User
from assets_registry.models import Asset
from audit.operations import log_action
from core import clock
from core.errors import Refused
from core.permissions import require
from core.schedules import do_each
from councils.models import Organisation
from councils.permissions import can_lead
from councils.queries import who_answers, who_confirms
from outbox.operations import queue_message
from outbox.queries import not_needed
from take_up import emails
from take_up.models import AS_IT_IS, REMINDED, Adoption, Commitment
from take_up.models.commitment import six_months_after
from take_up.operations.adopt import ONLY_PUBLISHED, change_adoption, declare_adoption
from take_up.permissions import (
    can_adopt_as_committed,
    can_commit,
    can_confirm_commitment,
    can_renew_commitment,
    can_withdraw_commitment,
)
from take_up.queries.commitments import open_commitments, why_not_renewed


@transaction.atomic
def commit_to_asset(
    asset: Asset,
    *,
    by: User,
    council: Organisation,
    would: str,
    officer_days: int = 0,
    co_fund: int = 0,
    may_be_listed: bool = True,
    is_illustrative: bool = False,
) -> Commitment:
    """Say what `council` would do for the asset; it holds at once where `by` is its lead.

    Whatever waited before makes room; what holds goes on until the lead confirms this.
    """
    require(can_commit(by, council), "Only confirmed contributors of a council can say what it would do.")
    # Lock the asset, so that it cannot be withdrawn meanwhile and a council cannot commit twice.
    asset = Asset.objects.select_for_update().get(pk=asset.pk)
    _refuse_what_cannot_be(asset, council, would=would, officer_days=officer_days, co_fund=co_fund)
    _end(Commitment.objects.waiting().filter(asset=asset, council=council), Commitment.Ending.REPLACED)
    commitment = Commitment.objects.create(
        asset=asset,
        council=council,
        would=would,
        officer_days=officer_days,
        co_fund=co_fund,
        may_be_listed=may_be_listed,
        proposed_by=by,
        proposed_at=clock.now(),
        is_illustrative=is_illustrative,
    )
    log_action("take_up.commitment_proposed", by=by, about=commitment, asset=asset.pk, would=would)
    if can_lead(by, council):
        _begin(commitment, by=by)
    else:
        queue_message(emails.commitment_waits, commitment, to=who_confirms(council))
    return commitment


def _refuse_what_cannot_be(asset: Asset, council: Organisation, *, would: str, officer_days: int, co_fund: int) -> None:
    if not asset.is_published:
        raise Refused("Only a published asset can be committed to.")
    if would == Commitment.Would.HELP:
        if not (officer_days or co_fund):
            raise Refused("Say how many days or how much money you would give.", field="officer_days")
    elif Adoption.objects.filter(
        asset=asset, council=council, status=Adoption.Status.LIVE, confirmed_at__isnull=False
    ).exists():
        raise Refused(f"{council} uses it already. You can still offer days or money.", field="would")


@transaction.atomic
def renew_commitment(commitment: Commitment, *, by: User) -> Commitment:
    """Say the same again, once, for six months from today, or from when the lead confirms it."""
    Asset.objects.select_for_update(of=("self",)).get(pk=commitment.asset_id)  # first, as whoever commits does
    commitment = _locked(commitment)
    require(can_renew_commitment(by, commitment), "Only contributors of this council can renew what it would do.")
    if reason := why_not_renewed(commitment, open_commitments(commitment)):
        raise Refused(reason)
    return commit_to_asset(
        commitment.asset,
        by=by,
        council=commitment.council,
        would=commitment.would,
        officer_days=commitment.officer_days,
        co_fund=commitment.co_fund,
        may_be_listed=commitment.may_be_listed,
        is_illustrative=commitment.is_illustrative,
    )


@transaction.atomic
def confirm_commitment(commitment: Commitment, *, by: User) -> Commitment:
    """Let it hold for six months from today, in place of what held before. One that holds already stays as it is."""
    # Lock the asset first, as whoever commits or withdraws it does: what could be promised may have changed since.
    asset = Asset.objects.select_for_update(of=("self",)).get(pk=commitment.asset_id)
    commitment = _locked(commitment)
    require(can_confirm_commitment(by, commitment), "Only the council's lead, with a second factor, can confirm this.")
    if commitment.ended_on is not None:
        raise Refused("It was taken back or replaced in the meantime.")
    if commitment.is_waiting:
        _refuse_what_cannot_be(
            asset,
            commitment.council,
            would=commitment.would,
            officer_days=commitment.officer_days,
            co_fund=commitment.co_fund,
        )
        _begin(commitment, by=by)
    return commitment


@transaction.atomic
def turn_down_commitment(commitment: Commitment, *, by: User) -> Commitment:
    """End one that waits for the lead."""
    commitment = _locked(commitment)
    require(
        can_confirm_commitment(by, commitment), "Only the council's lead, with a second factor, can turn this down."
    )
    if not commitment.is_waiting:
        raise Refused("Nothing waits here any more.")
    _end_one(commitment, Commitment.Ending.TURNED_DOWN)
    log_action("take_up.commitment_turned_down", by=by, about=commitment, asset=commitment.asset_id)
    return commitment


@transaction.atomic
def withdraw_commitment(commitment: Commitment, *, by: User) -> Commitment:
    """End one that waits, or, as the council's lead, one that holds. It counts no more from today."""
    commitment = _locked(commitment)
    require(can_withdraw_commitment(by, commitment), "Only the council's lead can take back what it confirmed.")
    if commitment.ended_on is not None:
        raise Refused("It has ended already.")
    _end_one(commitment, Commitment.Ending.WITHDRAWN)
    log_action("take_up.commitment_withdrawn", by=by, about=commitment, asset=commitment.asset_id)
    return commitment


@transaction.atomic
def adopt_as_committed(commitment: Commitment, *, by: User) -> Adoption:
    """Make a commitment to use or to pilot an adoption that begins today; it ends once the lead has confirmed that.

    A council that is entered already goes on to the new status. The days that were promised become the days that it
    took, unless the council has said how many it took.
    """
    # Lock in the order of those who adopt: the asset, the adoption, then what it keeps.
    asset = Asset.objects.select_for_update(of=("self",)).get(pk=commitment.asset_id)
    known = Adoption.objects.select_for_update(of=("self",)).filter(asset=asset, council=commitment.council_id).first()
    commitment = _locked(commitment)
    require(can_adopt_as_committed(by, commitment), "Only contributors of this council can say that it uses the asset.")
    if commitment.ended_on is not None or commitment.is_waiting or not commitment.is_to_adopt:
        raise Refused("Only a commitment to use or to pilot that holds can become an adoption.")
    if not asset.is_published:
        raise Refused(ONLY_PUBLISHED)
    is_use = commitment.would == Commitment.Would.USE
    status = Adoption.Status.LIVE if is_use else Adoption.Status.PILOTING
    log_action("take_up.commitment_kept", by=by, about=commitment, asset=asset.pk, status=status)
    days = commitment.officer_days or None
    if known:
        took = days if known.officer_days is None else AS_IT_IS
        return change_adoption(known, by=by, status=status, since=clock.today(), officer_days=took)
    return declare_adoption(
        asset,
        by=by,
        council=commitment.council,
        status=status,
        since=clock.today(),
        version=asset.version,
        officer_days=days,
        may_be_listed=commitment.may_be_listed,
        is_illustrative=commitment.is_illustrative,
    )


def remind_of_commitments() -> int:
    """Write to those who can renew a commitment, once for each term, two weeks before it runs out; of how many.

    While its renewal waits for the lead, nobody is reminded; once that is refused, those are whose reminder was
    dropped for it.
    """
    today = clock.today()
    soon = Commitment.objects.standing().not_renewed().filter(expires_on__range=(today, today + REMINDED))
    return do_each(_remind, soon.select_related("council", "proposed_by").order_by("expires_on", "pk"))


@transaction.atomic
def _remind(commitment: Commitment) -> bool:
    proposer = [commitment.proposed_by] if can_renew_commitment(commitment.proposed_by, commitment) else []
    to = {person.pk: person for person in [*who_confirms(commitment.council), *proposer]}
    dropped = not_needed(emails.commitment_ends, commitment)
    for key, person in to.items():
        occasion = f"until {commitment.expires_on:%Y-%m-%d}{', again' * dropped[key]}"
        queue_message(emails.commitment_ends, commitment, to=person, key=occasion)
    return True


def end_expired_commitments() -> int:
    """End the commitments that have run out, as of the day after their last; how many there were."""
    over = Commitment.objects.standing().filter(expires_on__lt=clock.today()).order_by("pk")
    return do_each(_end_expired, over)


@transaction.atomic
def _end_expired(commitment: Commitment) -> bool:
    commitment = _locked(commitment)
    if commitment.ended_on is not None or commitment.expires_on is None or commitment.expires_on >= clock.today():
        return False
    _end_one(commitment, Commitment.Ending.EXPIRED, on=commitment.expires_on + dt.timedelta(days=1))
    return True


def _begin(commitment: Commitment, *, by: User) -> None:
    """Let one hold from today in place of the one before, and tell the owner of the asset."""
    same = Commitment.objects.standing().filter(asset=commitment.asset_id, council=commitment.council_id)
    _end(same, Commitment.Ending.REPLACED)
    today = clock.today()
    commitment.confirmed_by, commitment.confirmed_at = by, clock.now()
    commitment.begins_on, commitment.expires_on = today, six_months_after(today)
    commitment.save()
    asset = commitment.asset
    log_action("take_up.commitment_confirmed", by=by, about=commitment, asset=asset.pk, would=commitment.would)
    if asset.owner_id != commitment.council_id:
        queue_message(emails.new_commitment, commitment, to=who_answers(asset.owner))


def _end_one(commitment: Commitment, ending: str, *, on: dt.date | None = None) -> None:
    commitment.ended_on, commitment.ending = on or clock.today(), ending
    commitment.save()


def _end(commitments, ending: str) -> None:
    commitments.update(ended_on=clock.today(), ending=ending, updated_at=clock.now())


def _locked(commitment: Commitment) -> Commitment:
    rows = Commitment.objects.select_for_update(of=("self",)).select_related("council", "asset__owner", "proposed_by")
    return rows.get(pk=commitment.pk)
