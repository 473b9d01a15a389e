"""Signing up, and one's own place afterwards."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.http import SignedInRequest
from core.errors import Refused
from core.forms import refuse
from core.permissions import door, signed_in
from events import operations
from events.forms import PlaceForm
from events.models import SignUp
from events.pages import place_page
from events.permissions import visible_events, visible_sign_ups
from events.queries import living_place
from events.words import places_sentence


@door(signed_in)
def sign_up(request: SignedInRequest, slug: str) -> HttpResponse:
    """The form; whoever has a place already is led to it."""
    event = get_object_or_404(visible_events(request.user), slug=slug)
    form = PlaceForm(request.POST if request.method == "POST" else None, event=event, person=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(operations.sign_up(event, by=request.user, **form.answers))
        except Refused as refusal:
            refuse(form, refusal)
    elif request.method != "POST" and (place := living_place(event, request.user)):
        return redirect(place)
    context = {"event": event, "form": form, "queue_words": places_sentence(event)}
    return render(request, "events/sign_up.html", context)


def own_place(request: SignedInRequest, reference: str) -> SignUp:
    places = visible_sign_ups(request.user).select_related("event", "person", "organisation")
    return get_object_or_404(places, reference=reference)


@door(signed_in)
def manage(request: SignedInRequest, reference: str) -> HttpResponse:
    """One place: what it is, and what can be done with it."""
    place = own_place(request, reference)
    return render(request, "events/place.html", place_page(place, request.user))


@door(signed_in)
def change(request: SignedInRequest, reference: str) -> HttpResponse:
    """What was said at sign-up."""
    place = own_place(request, reference)
    initial = {
        "organisation": place.organisation_id or "",
        "kind": place.kind,
        "access_needs": place.access_needs,
        "is_listed": place.is_listed,
    }
    form = PlaceForm(
        request.POST if request.method == "POST" else None, event=place.event, person=place.person, initial=initial
    )
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_sign_up(place, by=request.user, **form.answers)
        except Refused as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, "Saved.")
            return redirect(place)
    return render(request, "events/place_change.html", {"place": place, "event": place.event, "form": form})


@door(signed_in)
def cancel(request: SignedInRequest, reference: str) -> HttpResponse:
    """A page to think again; the deed by post."""
    place = own_place(request, reference)
    if request.method == "POST":
        try:
            operations.cancel_sign_up(place, by=request.user)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"{_whose(place, request)} no longer signed up for {place.event}.")
        return redirect(place)
    return render(request, "events/place_cancel.html", {"place": place, "event": place.event})


def _whose(place: SignUp, request: SignedInRequest) -> str:
    return "You are" if place.person_id == request.user.pk else f"{place.person} is"
