"""Pages of signing up and of one's own place."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from core.answering import answered, posted, pressed, turned_back
from core.permissions import allow, anyone, lead_to_sign_in, signed_in
from events.event.people import SOMEBODY_ELSE
from events.permissions import visible_events
from events.places import operations
from events.places.forms import PassOnForm, PlaceForm
from events.places.models import PlaceOffer, SignUp
from events.places.pages import offer_page, place_page
from events.places.permissions import visible_sign_ups
from events.places.queries import answers_of, living_place, open_offer
from events.places.standing import places_sentence


@allow(signed_in)
def sign_up(request: SignedInRequest, slug: str) -> HttpResponse:
    """The form to sign up; redirects those who have a place to it."""
    event = get_object_or_404(visible_events(request.user), slug=slug)
    if request.method != "POST" and (place := living_place(event, request.user)):
        return redirect(place)
    form = PlaceForm(posted(request), event=event, person=request.user)
    if done := answered(request, form, operations.sign_up, event):
        return done
    context = {"event": event, "form": form, "queue_words": places_sentence(event)}
    return render(request, "events/sign_up.html", context)


def own_place(request: SignedInRequest, reference: str) -> SignUp:
    places = visible_sign_ups(request.user).select_related("event", "person", "organisation", "kind")
    return get_object_or_404(places, reference=reference)


@allow(signed_in)
def manage(request: SignedInRequest, reference: str) -> HttpResponse:
    """The page of one place, with what can be done with it."""
    place = own_place(request, reference)
    return render(request, "events/place.html", place_page(place, request.user))


@allow(signed_in)
def change(request: SignedInRequest, reference: str) -> HttpResponse:
    """The form to change what was said at sign-up."""
    place = own_place(request, reference)
    if over := turned_back(request, operations.refuse_unless_living, place.event, place, to=place):
        return over
    names = (*SignUp.HEALTH, "is_listed")
    initial = {name: getattr(place, name) for name in names} | {
        "organisation": place.organisation_id or "",
        "kind": place.kind or SOMEBODY_ELSE,
    }
    is_own = place.person_id == request.user.pk
    form = PlaceForm(
        posted(request),
        event=place.event,
        person=place.person,
        initial=initial,
        answered=answers_of(place),
        is_own=is_own,
    )
    done = answered(request, form, operations.change_sign_up, place, said="Saved.", to=place)
    return done or render(request, "events/place_change.html", {"place": place, "event": place.event, "form": form})


@allow(signed_in)
def cancel(request: SignedInRequest, reference: str) -> HttpResponse:
    """The page that asks whether to give the place back; a post does it."""
    place = own_place(request, reference)
    if request.method == "POST":
        said = f"{_whose(place, request)} no longer signed up for {place.event}."
        return pressed(request, operations.cancel_sign_up, place, said=said, to=place)
    return render(request, "events/place_cancel.html", {"place": place, "event": place.event})


def _whose(place: SignUp, request: SignedInRequest) -> str:
    return "You are" if place.person_id == request.user.pk else f"{place.person} is"


@allow(signed_in)
def pass_on(request: SignedInRequest, reference: str) -> HttpResponse:
    """The form to offer the place to a colleague. The answer is the same for every e-mail address."""
    place = own_place(request, reference)
    form = PassOnForm(posted(request))
    done = answered(
        request,
        form,
        operations.offer_place,
        place,
        said=lambda offer: f"We are writing to {offer.to_email}. The place stays yours until they accept.",
        to=place,
    )
    if done:
        return done
    context = {"place": place, "event": place.event, "form": form, "offer": open_offer(place)}
    return render(request, "events/place_pass_on.html", context)


@allow(signed_in)
@require_POST
def take_back(request: SignedInRequest, reference: str) -> HttpResponse:
    """Take an offer back, by post."""
    place = own_place(request, reference)
    if offer := open_offer(place):
        return pressed(request, operations.take_back_offer, offer, said="The offer is taken back.", to=place)
    return redirect(place)


@never_cache
@allow(anyone)
def offer(request: HttpRequest, key: str) -> HttpResponse:
    """The page of an offer, open to whoever has the link; its recipient accepts by post."""
    offers = PlaceOffer.objects.select_related("giver", "place__event")
    one = get_object_or_404(offers, key=key)
    if request.method == "POST" and not request.user.is_authenticated:
        return lead_to_sign_in(request)
    if request.method == "POST":
        return pressed(request, operations.accept_offer, one, said="You have accepted.")
    return render(request, "events/offer.html", offer_page(one, request.user))
