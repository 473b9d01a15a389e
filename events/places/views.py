"""Signing up, and one's own place afterwards."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from core.errors import Refused
from core.forms import refuse
from core.permissions import anyone, door, lead_to_sign_in, signed_in
from events.permissions import visible_events
from events.places import operations
from events.places.forms import PassOnForm, PlaceForm
from events.places.models import PlaceOffer, SignUp
from events.places.pages import offer_page, place_page
from events.places.permissions import visible_sign_ups
from events.places.queries import living_place, open_offer
from events.places.standing import places_sentence


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


@door(signed_in)
def pass_on(request: SignedInRequest, reference: str) -> HttpResponse:
    """Offer the place to a colleague. The answer is the same for every address."""
    place = own_place(request, reference)
    form = PassOnForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            offer = operations.offer_place(place, to_email=form.cleaned_data["email"], by=request.user)
        except Refused as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, f"We are writing to {offer.to_email}. The place stays yours until they accept.")
            return redirect(place)
    context = {"place": place, "event": place.event, "form": form, "offer": open_offer(place)}
    return render(request, "events/place_pass_on.html", context)


@door(signed_in)
@require_POST
def take_back(request: SignedInRequest, reference: str) -> HttpResponse:
    """Keep the place after all."""
    place = own_place(request, reference)
    if offer := open_offer(place):
        try:
            operations.take_back_offer(offer, by=request.user)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, "The offer is taken back.")
    return redirect(place)


@never_cache
@door(anyone)
def offer(request: HttpRequest, key: str) -> HttpResponse:
    """What is offered, and by whom; whoever has the address accepts by a post. The key is the invitation."""
    offers = PlaceOffer.objects.select_related("giver", "place__event")
    one = get_object_or_404(offers, key=key)
    refused = ""
    if request.method == "POST":
        if not request.user.is_authenticated:
            return lead_to_sign_in(request)
        try:
            place = operations.accept_offer(one, by=request.user)
        except Refused as refusal:
            refused = str(refusal)
        else:
            messages.success(request, "You have accepted.")
            return redirect(place)
    return render(request, "events/offer.html", {**offer_page(one, request.user), "refused": refused})
