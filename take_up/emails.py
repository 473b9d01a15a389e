"""The words of the messages about adoptions, commitments and promises."""

import datetime as dt

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from accounts.models import User
from core.figures import POUNDS, Figure
from councils.queries import leads_of
from outbox.kinds import Letter, kind
from outbox.models import Pace
from take_up import inbox
from take_up.models import Adoption, Benefit, Commitment, TurnedDown
from take_up.queries.follow_ups import follow_ups
from take_up.queries.promises import promise as in_words_of


def _adoptions() -> QuerySet[Adoption]:
    return Adoption.objects.select_related("asset__owner", "council", "asked_by", "declared_by")


@kind(
    "take_up.adoption_waits",
    "Your council’s use of an asset waits to be confirmed",
    about=_adoptions,
    began="declared_at",
)
def adoption_waits(adoption: Adoption, to: User | None) -> Letter | None:
    """That an adoption, or a change of it, waits; to somebody of the secretariat also that the council has no lead."""
    if not adoption.is_waiting or adoption.why_it_cannot_count:
        return None
    status = Adoption.Status(adoption.asked_status or adoption.status).label
    cost = adoption.asked_avoided_cost if adoption.asked_status else adoption.avoided_cost
    context = {
        "person": to,
        "is_lead": to in leads_of(adoption.council),
        "adoption": adoption,
        "asker": adoption.asked_by or adoption.declared_by,
        "council": adoption.council,
        "status": status.lower(),
        "since": adoption.asked_since or adoption.since,
        "avoided": "" if cost is None else Figure(cost, unit=POUNDS).number,
        "url": settings.BASE_URL + adoption.asset.get_absolute_url(),
        "row_url": f"{settings.BASE_URL}{reverse('take_up:waiting')}#{inbox.key_of(adoption)}",
    }
    return Letter("emails/adoption_waiting", context)


@kind(
    "take_up.new_use",
    "A council uses, tries or gives up an asset of yours",
    about=_adoptions,
    can_be_turned_off=True,
    default=Pace.WEEKLY,
    began="declared_at",
)
def new_use(adoption: Adoption, to: User | None, status: str = "", since: str = "") -> Letter | None:
    """To the owner's people: how far a council came with their asset; nothing once its use is no longer confirmed.

    A message without status and day was asked for before they were kept with it: it says how far the council is now.
    """
    if not adoption.is_confirmed:
        return None
    return Letter(
        "emails/asset_use",
        {
            "person": to,
            "council": adoption.council,
            "said": f"{inbox.DOES[status or adoption.status]} {adoption.asset}",
            "since": dt.date.fromisoformat(since) if since else adoption.since,
            "asset": adoption.asset,
            "is_named": adoption.may_be_listed,
            "url": _take_up_url(adoption),
        },
    )


def _commitments() -> QuerySet[Commitment]:
    return Commitment.objects.select_related("asset__owner", "council", "proposed_by")


@kind(
    "take_up.new_commitment",
    "A council commits to an asset of yours",
    about=_commitments,
    can_be_turned_off=True,
    default=Pace.WEEKLY,
    began="proposed_at",
)
def new_commitment(commitment: Commitment, to: User | None) -> Letter | None:
    """To the owner's people: what a council would do; nothing once it has ended."""
    if commitment.ended_on is not None:
        return None
    return Letter("emails/commitment_made", {**_said(commitment, to), "url": _take_up_url(commitment)})


@kind(
    "take_up.commitment_waits",
    "What your council would do waits to be confirmed",
    about=_commitments,
    began="proposed_at",
)
def commitment_waits(commitment: Commitment, to: User | None) -> Letter | None:
    """To the council's lead, or to the secretariat where it has none."""
    if not commitment.is_waiting:
        return None
    row = f"{settings.BASE_URL}{reverse('take_up:waiting')}#{inbox.key_of(commitment)}"
    context = {**_said(commitment, to), "is_lead": to in leads_of(commitment.council), "row_url": row}
    return Letter("emails/commitment_waiting", {**context, "url": _take_up_url(commitment)})


@kind("take_up.commitment_ends", "What your council would do runs out soon", about=_commitments, began="proposed_at")
def commitment_ends(commitment: Commitment, to: User | None) -> Letter | None:
    """To whoever can renew it; nothing once it was renewed, waits to be, or has ended."""
    if not Commitment.objects.standing().not_renewed().contains(commitment):
        return None
    return Letter("emails/commitment_ends", {**_said(commitment, to), "url": _take_up_url(commitment)})


def _said(commitment: Commitment, to: User | None) -> dict[str, object]:
    return {
        "person": to,
        "commitment": commitment,
        "council": commitment.council,
        "asset": commitment.asset,
        "said": commitment.in_words,
        "is_named": commitment.may_be_listed,
    }


def _take_up_url(record: Adoption | Commitment) -> str:
    return settings.BASE_URL + reverse("take_up:spread", args=[record.asset.slug])


def _promises() -> QuerySet[Benefit]:
    return Benefit.objects.select_related(
        "project__lead_council", "adoption__asset", "adoption__council", "latest", "recorded_by"
    )


@kind(
    "take_up.promise_due",
    "What was promised is to be measured: after 6, 12 and 24 months",
    about=_promises,
    began="claimed_on",
)
def promise_due(promise: Benefit, to: User | None, months: int = 0) -> Letter | None:
    """To those who answer for it; nothing once something was measured for that follow-up."""
    measured = promise.measurements.all()
    asked = [each for each in follow_ups(promise, measured) if each.months == months and each.is_asked]
    # What waits to be checked was measured too.
    if not asked or any(each.measured_on >= asked[0].day for each in measured):
        return None
    return Letter("emails/promise_due", {**_of_promise(promise, to), "months": months})


@kind(
    "take_up.promise_missed", "What was promised was missed: an explanation is asked for", about=_promises,
    began="claimed_on",
)  # fmt: skip
def promise_missed(promise: Benefit, to: User | None) -> Letter | None:
    """To those who answer for it; nothing once they have explained it, or it was kept after all."""
    if not promise.waits_for_explanation:
        return None
    return Letter("emails/promise_missed", _of_promise(promise, to))


def _turned_down() -> QuerySet[TurnedDown]:
    return TurnedDown.objects.select_related("promise", "reported_by")


@kind(
    "take_up.measurement_turned_down", "What you measured was turned down", about=_turned_down,
    began="promise.claimed_on",
)  # fmt: skip
def measurement_turned_down(turned_down: TurnedDown, to: User | None) -> Letter | None:
    """To whoever reported it: why it does not hold."""
    promise = turned_down.promise
    context = {
        "person": to,
        "promise": promise,
        "said": turned_down.value_words or Figure(turned_down.value, unit=promise.unit).with_unit,
        "measured_on": turned_down.measured_on,
        "because": turned_down.because,
        "url": settings.BASE_URL + promise.get_absolute_url(),
    }
    return Letter("emails/measurement_turned_down", context)


def _of_promise(promise: Benefit, to: User | None) -> dict[str, object]:
    line = in_words_of(promise)
    return {
        "person": to,
        "promise": promise,
        "about": promise.about or promise.claimed_in,
        "line": line,
        "promised": Figure(promise.claimed, unit=promise.unit).with_unit,
        "url": settings.BASE_URL + promise.get_absolute_url(),
    }
