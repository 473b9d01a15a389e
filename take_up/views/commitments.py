"""Pages on which a council says what it would do for an asset, and what becomes of that."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from assets_registry.permissions import visible_assets
from core.answering import answered, posted, pressed, way_back
from core.numbers import HIGHEST_KEY
from core.permissions import allow, signed_in
from core.words import day_in_words
from councils.models import Membership
from councils.permissions import contributes, councils_of
from take_up import operations
from take_up.forms import CommitmentForm
from take_up.models import Adoption, Commitment
from take_up.permissions import visible_commitments
from take_up.queries.commitments import open_commitment


@allow(contributes, because="Only confirmed contributors of a council can say what it would do.")
def commit(request: SignedInRequest, slug: str) -> HttpResponse:
    """Say what one's council would do for an asset; filled in with what it said before."""
    record = get_object_or_404(visible_assets(request.user).select_related("owner"), slug=slug)
    council = next(iter(councils_of(request.user, at_least=Membership.Role.CONTRIBUTOR)), None)
    known = open_commitment(record, council, request.user)
    form = CommitmentForm(posted(request), user=request.user, initial=_said_before(known))
    done = answered(request, form, operations.commit_to_asset, record, said=_thanks, to=_page_of)
    return done or render(request, "take_up/commit.html", {"form": form, "record": record, "known": known})


def _said_before(known: Commitment | None) -> dict[str, object]:
    if known is None:
        return {}
    return {
        "would": known.would,
        "officer_days": known.officer_days or None,
        "co_fund": known.co_fund or None,
        "may_be_listed": known.may_be_listed,
    }


def _page_of(record: Commitment | Adoption) -> str:
    return reverse("take_up:spread", args=[record.asset.slug])


def _thanks(commitment: Commitment) -> str:
    if commitment.is_waiting:
        return f"Thank you. This waits for the lead of {commitment.council}; then it counts."
    return f"Thank you. {commitment.council} would {commitment.in_words}, until {_last_day(commitment)}."


def _last_day(commitment: Commitment) -> str:
    return day_in_words(commitment.expires_on) if commitment.expires_on else ""


@allow(signed_in)
@require_POST
def renew_commitment(request: SignedInRequest, key: int) -> HttpResponse:
    commitment = _commitment(request, key)
    return pressed(request, operations.renew_commitment, commitment, said=_thanks, to=_page_of(commitment))


@allow(signed_in)
@require_POST
def withdraw_commitment(request: SignedInRequest, key: int) -> HttpResponse:
    commitment = _commitment(request, key)
    said = "Taken back. It counts no more."
    return pressed(request, operations.withdraw_commitment, commitment, said=said, to=_page_of(commitment))


@allow(signed_in)
@require_POST
def adopt_as_committed(request: SignedInRequest, key: int) -> HttpResponse:
    commitment = _commitment(request, key)
    return pressed(request, operations.adopt_as_committed, commitment, said=_adopted, to=_page_of(commitment))


def _adopted(adoption: Adoption) -> str:
    if adoption.is_waiting:
        return f"Thank you. This waits for the lead of {adoption.council}; until then the commitment holds."
    return f"Thank you. {adoption.council} is entered: {adoption.get_status_display().lower()}."


@allow(signed_in)
@require_POST
def confirm_commitment(request: SignedInRequest, key: int) -> HttpResponse:
    commitment = _commitment(request, key)
    to = way_back(request) or _page_of(commitment)
    return pressed(request, operations.confirm_commitment, commitment, said=_confirmed, to=to)


def _confirmed(commitment: Commitment) -> str:
    return f"Confirmed: {commitment.council} would {commitment.in_words}, until {_last_day(commitment)}."


@allow(signed_in)
@require_POST
def turn_down_commitment(request: SignedInRequest, key: int) -> HttpResponse:
    commitment = _commitment(request, key)
    to = way_back(request) or _page_of(commitment)
    return pressed(request, operations.turn_down_commitment, commitment, said="Turned down. Nothing changes.", to=to)


def _commitment(request: SignedInRequest, key: int) -> Commitment:
    rows = visible_commitments(request.user).select_related("asset__owner", "council")
    return get_object_or_404(rows, pk=min(key, HIGHEST_KEY))
