"""Passing a place on: the giver's form, and the page on which the colleague accepts."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from core.errors import Refused
from core.forms import refuse
from core.permissions import anyone, door, lead_to_sign_in, signed_in
from events import operations
from events.forms import PassOnForm
from events.models import PlaceOffer
from events.pages import offer_page
from events.queries import open_offer
from events.views.places import own_place


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
