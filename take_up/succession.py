"""What a council uses, would do and has promised, for its successor to carry on.

The rows of the ended council stay as they are: days that are over are counted on them.
"""

from django.db.models import QuerySet

from core import clock
from councils.models import Organisation
from councils.succession import RunningWork, Succession
from take_up.models import Adoption, Benefit, Commitment
from take_up.models.benefit import state_now


def _uses(council: Organisation) -> QuerySet[Adoption]:
    return Adoption.objects.filter(council=council).exclude(status=Adoption.Status.RETIRED)


# What a council says of its use, and who said it; what it avoided and the days it took stay where they were counted.
_CARRIED = (
    "asset_id", "status", "version", "what_we_changed", "may_be_listed", "asked_status", "asked_since", "asked_by_id",
    "declared_by_id", "confirmed_by_id", "confirmed_at", "is_illustrative", "source",
)  # fmt: skip


def _hand_on_use(adoption: Adoption, succession: Succession) -> None:
    """The successor uses the asset from its first day on, unless it has said something of it itself."""
    said = {name: getattr(adoption, name) for name in _CARRIED}
    if not Adoption.objects.filter(asset=adoption.asset_id, council=succession.to).exists():
        Adoption.objects.create(council=succession.to, since=succession.on, declared_at=clock.now(), **said)


def _promises(council: Organisation) -> QuerySet[Benefit]:
    """Those of its uses that are not kept, without those of the record, which stay with whoever made them."""
    since = clock.HISTORY_ENDS.date()
    made = Benefit.objects.filter(adoption__council=council, claimed_on__gte=since)
    return made.alias(state_today=state_now()).exclude(state_today=Benefit.State.KEPT)


def _hand_on_promise(promise: Benefit, succession: Succession) -> None:
    assert promise.adoption, "a promise of a use has one"
    if heir := Adoption.objects.filter(asset=promise.adoption.asset_id, council=succession.to).first():
        promise.adoption = heir
        promise.save(update_fields=["adoption"])


def _commitments(council: Organisation) -> QuerySet[Commitment]:
    return Commitment.objects.filter(council=council, ended_on=None)


_PLEDGED = (
    "asset_id", "would", "officer_days", "co_fund", "may_be_listed", "proposed_by_id", "proposed_at",
    "confirmed_by_id", "confirmed_at", "expires_on", "is_illustrative", "source",
)  # fmt: skip


def _hand_on_commitment(commitment: Commitment, succession: Succession) -> None:
    """It ends for the council and holds for its successor until the same day, unless that has one of its own."""
    pledged = {name: getattr(commitment, name) for name in _PLEDGED}
    begins_on = commitment.begins_on and max(commitment.begins_on, succession.on)
    commitment.ended_on, commitment.ending = succession.on, Commitment.Ending.REPLACED
    commitment.save(update_fields=["ended_on", "ending"])
    own = Commitment.objects.filter(asset=commitment.asset_id, council=succession.to, ended_on=None)
    is_over = commitment.expires_on is not None and commitment.expires_on < succession.on
    if not is_over and not own.filter(confirmed_at__isnull=commitment.confirmed_at is None).exists():
        Commitment.objects.create(council=succession.to, begins_on=begins_on, **pledged)


RUNNING = (
    RunningWork(("use of an asset", "uses of assets"), _uses, _hand_on_use, lambda each: str(each.asset)),
    RunningWork(
        ("promise that is not kept yet", "promises that are not kept yet"),
        _promises,
        _hand_on_promise,
        str,
    ),
    RunningWork(
        ("commitment to an asset", "commitments to assets"),
        _commitments,
        _hand_on_commitment,
        lambda each: str(each.asset),
    ),
)
