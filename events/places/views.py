"""Pages of signing up and of one's own place."""

from collections.abc import Callable
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal.ratelimit import respond_429
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.http import SignedInRequest
from accounts.limits import is_within
from core.answering import answered, posted, pressed, turned_back
from core.permissions import allow, anyone, lead_to_sign_in, require, signed_in
from core.signed_links import key_in
from councils.permissions import organisations_of
from events.event.calendars import CONTENT_TYPE
from events.event.models import Event
from events.event.people import SOMEBODY_ELSE
from events.event.queries import published_with_kinds
from events.places import operations, without_account
from events.places.calendars import own_file
from events.places.forms import PassOnForm, PlaceForm
from events.places.models import SignUp
from events.places.offers import PlaceOffer
from events.places.pages import offer_page, place_page
from events.places.permissions import visible_sign_ups
from events.places.queries import answers_of, living_place, open_offer, queue_position
from events.places.standing import capped_sentence, meanwhile, places_sentence, rooms_and_left

UNKNOWN_REFERENCES = "20/5m/key"


@allow(anyone)
def sign_up(request: HttpRequest, slug: str) -> HttpResponse:
    """The form to sign up, with name and address for whoever has not signed in; leads those who have a place to it."""
    # A draft, which some may see, takes no sign-ups: whose roles they have need not be read.
    if (event := published_with_kinds(slug)) is None:
        raise Http404
    if not request.user.is_authenticated:
        return without_account.sign_up(request, event)
    if request.method != "POST" and (place := living_place(event, request.user)):
        return redirect(place)
    kept = None if request.method == "POST" else without_account.typed_here(request, request.user, event)
    form = PlaceForm(kept[1] if kept else posted(request), event=event, person=request.user)
    expects_a_place = request.method == "POST" and request.POST.get("expects", "") == "place"

    def take(event: Event, **answers: Any) -> SignUp:
        place = operations.sign_up(event, **answers)
        if expects_a_place and place.status == SignUp.Status.WAITING:
            messages.info(request, meanwhile(place))
        return place

    if done := answered(request, form, take, event):
        return done
    room, left = rooms_and_left([event], request.user)[event.pk]
    capped = capped_sentence(room, request.user)
    context = {
        "event": event,
        "form": form,
        "waits": not left,
        "may_choose": bool(capped) and room.has_place_for(None, None),
        "queue_words": places_sentence(event, left, capped),
    }
    return render(request, "events/sign_up.html", context)


def own_place(request: SignedInRequest, reference: str) -> SignUp:
    """A place that the reader may see; whoever asks for many that they may not is answered 429."""
    asking, key = "unknown_reference", str(request.user.pk)
    if not is_within(request, asking, UNKNOWN_REFERENCES, key=key, dry_run=True):
        raise ImmediateHttpResponse(respond_429(request))
    places = visible_sign_ups(request.user).select_related("event", "person", "organisation", "kind")
    try:
        return get_object_or_404(places, reference=reference)
    except Http404:
        is_within(request, asking, UNKNOWN_REFERENCES, key=key)
        raise


@allow(signed_in)
def manage(request: SignedInRequest, reference: str) -> HttpResponse:
    """The page of one place, with what can be done with it."""
    place = own_place(request, reference)
    if again := _signed_up_again(place, request):
        return redirect(again)
    return render(request, "events/place.html", place_page(place, request.user))


def _signed_up_again(place: SignUp, request: SignedInRequest) -> SignUp | None:
    """The place that the reader has by now, where this one of theirs is over."""
    is_over = place.status == SignUp.Status.CANCELLED and place.person_id == request.user.pk
    return living_place(place.event, request.user) if is_over else None


@allow(signed_in)
def change(request: SignedInRequest, reference: str) -> HttpResponse:
    """The form to change what was said at sign-up."""
    place = own_place(request, reference)
    if request.method != "POST" and (
        over := turned_back(request, operations.refuse_unless_living, place.event, place, to=place)
    ):
        return over
    initial = _said_of(place) | {"organisation": place.organisation_id or ""}
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


def _said_of(place: SignUp) -> dict[str, Any]:
    """What was said of a place, as the form takes it, but for whom they come."""
    said = {name: getattr(place, name) for name in (*SignUp.HEALTH, "is_listed")}
    return said | {"kind": place.kind or SOMEBODY_ELSE}


@allow(signed_in)
def cancel(request: SignedInRequest, reference: str) -> HttpResponse:
    """The page that asks whether to give the place back; a post does it."""
    place = own_place(request, reference)
    if request.method == "POST":
        said = f"{_whose(place, request)} no longer signed up for {place.event}."
        return pressed(request, operations.cancel_sign_up, place, said=said, to=place)
    if place.event.state == Event.State.CANCELLED or _signed_up_again(place, request):
        return redirect(place)
    return render(request, "events/place_cancel.html", {"place": place, "event": place.event})


def _whose(place: SignUp, request: SignedInRequest) -> str:
    return "You are" if place.person_id == request.user.pk else f"{place.person} is"


@allow(signed_in)
@require_POST
def accept_promotion(request: SignedInRequest, reference: str) -> HttpResponse:
    """Take the place that the waiting list offers, by post."""
    place = own_place(request, reference)
    return pressed(request, operations.accept_promotion, place, said="The place is yours.", to=place)


@allow(signed_in)
@require_POST
def decline_promotion(request: SignedInRequest, reference: str) -> HttpResponse:
    """Turn down the place that the waiting list offers, by post."""
    place = own_place(request, reference)
    said = "You have turned the place down, and left the waiting list."
    return pressed(request, operations.decline_promotion, place, said=said, to=place)


@allow(signed_in)
def pass_on(request: SignedInRequest, reference: str) -> HttpResponse:
    """The form to offer the place to a colleague. The answer is the same for every e-mail address."""
    place = own_place(request, reference)
    if request.method != "POST" and (over := _not_to_offer(request, place)):
        return over
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


def _not_to_offer(request: SignedInRequest, place: SignUp) -> HttpResponse | None:
    """To the place where it cannot be offered, which nobody should have to type an address to hear."""
    if place.event.state == Event.State.CANCELLED:
        return redirect(place)
    return turned_back(request, operations.refuse_to_offer, place.event, place, to=place)


@allow(signed_in)
@require_POST
def take_back(request: SignedInRequest, reference: str) -> HttpResponse:
    """Take an offer back, by post."""
    place = own_place(request, reference)
    if offer := open_offer(place):
        return pressed(request, operations.take_back_offer, offer, said="The offer is taken back.", to=place)
    return redirect(place)


@allow(signed_in)
def confirm(request: SignedInRequest, reference: str) -> HttpResponse:
    """The form to take a place that is held for one's address, with what was typed as it was held."""
    place = own_place(request, reference)
    require(_is_theirs(request, place), operations.HELD_FOR_ANOTHER)
    if place.status != SignUp.Status.HELD:
        return redirect(place)
    own = organisations_of(request.user)
    initial = _said_of(place) | {"organisation": own[0].pk if own else ""}
    form = PlaceForm(
        posted(request), event=place.event, person=place.person, initial=initial, answered=answers_of(place)
    )
    done = answered(request, form, operations.confirm_held, place, said=_confirmed, to=place)
    return done or render(request, "events/sign_up.html", {"held": place, "event": place.event, "form": form})


def _confirmed(place: SignUp) -> str:
    if place.status == SignUp.Status.WAITING:
        return meanwhile(place)
    return "You have a place." if place.status == SignUp.Status.CONFIRMED else "The place is not held any more."


@allow(signed_in)
@require_POST
def bring_back(request: SignedInRequest, reference: str) -> HttpResponse:
    """Sign up again after the place was given back, by post."""
    place = own_place(request, reference)
    return pressed(request, operations.bring_back, place, said=_brought_back, to=_to_say_anew, back=place)


def _brought_back(place: SignUp) -> str:
    how = "You have a place again."
    if place.status == SignUp.Status.WAITING:
        how = f"Every place is taken by now: you are number {queue_position(place)} on the waiting list, at its end."
    anew = "What you had said that you need, and your answers, are gone: say them again here, and save."
    return f"{how} {anew}" if place.event.asks_of_each else how


def _to_say_anew(place: SignUp) -> str:
    """To the form, where the event asks something: what was said before went with the place."""
    change = reverse("events:sign_up_change", args=[place.reference])
    return change if place.event.asks_of_each else place.get_absolute_url()


@allow(signed_in)
@require_safe
def ics(request: SignedInRequest, reference: str) -> HttpResponse:
    """The calendar file of one's own place; of one that was given back, its cancellation."""
    response = HttpResponse(own_file(own_place(request, reference)), content_type=CONTENT_TYPE)
    response["Content-Disposition"] = 'attachment; filename="place.ics"'
    return response


@allow(signed_in)
@require_POST
def agree(request: SignedInRequest, reference: str) -> HttpResponse:
    """Agree that a place goes to a colleague of another council, by post."""
    said = "The place has changed hands. We are writing to both."
    return _decided(request, reference, operations.agree_to_pass_on, said)


@allow(signed_in)
@require_POST
def disagree(request: SignedInRequest, reference: str) -> HttpResponse:
    """Keep a place from going to a colleague of another council, by post."""
    said = "The place stays as it was. We are writing to both."
    return _decided(request, reference, operations.refuse_to_pass_on, said)


def _decided(request: SignedInRequest, reference: str, decide: Callable[..., PlaceOffer], said: str) -> HttpResponse:
    place = own_place(request, reference)
    if one := open_offer(place):
        return pressed(request, decide, one, said=said, to=lambda decided: decided.place, back=place)
    return redirect(place)


@never_cache
@allow(anyone)
def offer(request: HttpRequest, token: str) -> HttpResponse:
    """The page of an offer, open to whoever has the link; its recipient accepts by post."""
    offers = PlaceOffer.objects.select_related("giver", "colleague", "place__event")
    one = get_object_or_404(offers, key=key_in(PlaceOffer.PURPOSE, token))
    if request.method == "POST" and not request.user.is_authenticated:
        return lead_to_sign_in(request)
    if request.method == "POST":
        return pressed(request, operations.accept_offer, one, said=_accepted(request), to=_where(request, one))
    return render(request, "events/offer.html", offer_page(one, request.user))


def _is_theirs(request: HttpRequest, place: SignUp) -> bool:
    return place.person_id == request.user.pk


def _accepted(request: HttpRequest) -> Callable[[SignUp], str]:
    waits = "You have accepted. The organiser has to agree, and we write to you then."
    return lambda place: "You have accepted." if _is_theirs(request, place) else waits


def _where(request: HttpRequest, one: PlaceOffer) -> Callable[[Any], Any]:
    """To the place once it is theirs, else back to the offer."""
    return lambda place: place if isinstance(place, SignUp) and _is_theirs(request, place) else one
