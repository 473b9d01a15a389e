"""Pages on which a council says that it uses an asset, and its lead confirms it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from accounts.models import AnyUser
from assets_registry.permissions import visible_assets
from core.answering import answered, posted, pressed, refusal_in, turned_back, way_back
from core.numbers import HIGHEST_KEY
from core.permissions import allow, require, signed_in
from core.text import clean_line
from councils.models import Membership
from councils.permissions import contributes, councils_of
from take_up import operations
from take_up.forms import AdoptionChangeForm, AdoptionForm
from take_up.models import Adoption, UseSaid
from take_up.operations.adopt import refuse_gone, refuse_to_enter
from take_up.permissions import can_change_adoption, leads_with_second_factor, visible_adoptions
from take_up.queries import take_up
from take_up.queries.usable import own_adoption


@allow(contributes, because="Only confirmed contributors of a council can say what it uses.")
def adopt(request: SignedInRequest, slug: str) -> HttpResponse:
    """Say that one's council uses an asset."""
    record = get_object_or_404(visible_assets(request.user).select_related("owner"), slug=slug)
    if request.method != "POST":
        own = councils_of(request.user, at_least=Membership.Role.CONTRIBUTOR)
        known = own_adoption(record, own[0]) if len(own) == 1 else None
        there = reverse("take_up:change_adoption", args=[known.pk]) if known else record
        if back := turned_back(request, refuse_to_enter, record, *own, to=there):
            return back
    form = AdoptionForm(posted(request), user=request.user, initial={"version": record.version})
    done = answered(request, form, operations.declare_adoption, record, said=_thanks, to=record)
    council = form.cleaned_data["council"] if refusal_in(form) else None
    known = own_adoption(record, council)
    return done or render(request, "take_up/adopt.html", {"form": form, "record": record, "known": known})


def _thanks(adoption: Adoption) -> str:
    if adoption.why_it_cannot_count:
        return f"Saved. {adoption.why_it_cannot_count}"
    if adoption.is_waiting:
        return f"Thank you. This waits for the lead of {adoption.council}; then it counts."
    return f"Thank you. {adoption.council} is entered: {adoption.get_status_display().lower()}."


@allow(contributes, because="Only confirmed contributors of a council can say what it uses.")
def change_adoption(request: SignedInRequest, key: int) -> HttpResponse:
    """Change how far one's council has come with an asset."""
    adoption = _adoption(request, key)
    require(can_change_adoption(request.user, adoption), "Only contributors of this council can change what it says.")
    fields = ("version", "what_we_changed", "officer_days", "may_be_listed")
    initial = {field: getattr(adoption, field) for field in fields} | UseSaid.that_waits(adoption)._asdict()
    form = AdoptionChangeForm(posted(request), initial=initial)
    if done := answered(request, form, operations.change_adoption, adoption, said=_thanks, to=adoption.asset):
        return done
    return render(request, "take_up/adopt.html", {"form": form, "record": adoption.asset, "adoption": adoption})


@allow(signed_in)
@require_POST
def confirm_adoption(request: SignedInRequest, key: int) -> HttpResponse:
    decide = _of_what_was_read(request, operations.confirm_adoption)
    return _pressed(request, key, decide, said=_confirmed, may=leads_with_second_factor)


def _of_what_was_read(request: SignedInRequest, operation: Callable[..., Any]) -> Callable[..., Any]:
    """The operation, refused where what waits is not what the form was made from."""
    return partial(operation, read=clean_line(request.POST.get("read", "")))


def _confirmed(adoption: Adoption) -> str:
    status = adoption.get_status_display().lower()
    return f"Confirmed: {adoption.council}, {status}. Used by {take_up(adoption.asset)}."


@allow(signed_in)
@require_POST
def turn_down_adoption(request: SignedInRequest, key: int) -> HttpResponse:
    decide, said = (
        _of_what_was_read(request, operations.turn_down_adoption),
        "Turned down. Nothing is counted that was not before.",
    )
    return _pressed(request, key, decide, said=said, may=leads_with_second_factor)


@allow(signed_in)
@require_POST
def withdraw_adoption(request: SignedInRequest, key: int) -> HttpResponse:
    return _pressed(request, key, operations.withdraw_adoption, said="Taken back.", may=contributes)


def _pressed(
    request: SignedInRequest,
    key: int,
    operation: Callable[..., Any],
    *,
    said: str | Callable[[Adoption], str],
    may: Callable[[AnyUser], bool],
) -> HttpResponse:
    """The redirect after a button at an adoption.

    Whoever `may` press it for some council hears that what is not there is gone; what they may not see is not found.
    """
    key = min(key, HIGHEST_KEY)
    adoption = _adoptions(request).filter(pk=key).first()
    if adoption is not None:
        return pressed(request, operation, adoption, said=said, to=way_back(request) or adoption.asset)
    to = way_back(request) or reverse("assets_registry:list")
    is_gone = may(request.user) and not Adoption.objects.filter(pk=key).exists()
    if is_gone and (back := turned_back(request, refuse_gone, to=to)):
        return back
    raise Http404


def _adoption(request: SignedInRequest, key: int) -> Adoption:
    return get_object_or_404(_adoptions(request), pk=min(key, HIGHEST_KEY))


def _adoptions(request: SignedInRequest) -> QuerySet[Adoption]:
    return visible_adoptions(request.user).select_related("asset__owner", "council")
