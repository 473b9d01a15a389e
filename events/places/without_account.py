"""Signing up without having signed in: name, address and answers, then the code that comes by e-mail."""

from typing import Any
from urllib.parse import urlencode

from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from accounts.codes import say_what_for
from accounts.limits import is_within
from accounts.models import AnyUser, User
from accounts.operations import account_for
from core import clock
from core.answering import answered, posted, refused_or
from core.errors import Refused
from core.sessions import SessionStore
from core.words import moment_in_words
from councils.permissions import only_organisation_of
from events.event.models import Event
from events.places import operations
from events.places.forms import PlaceForm, StrangerForm
from events.places.models import SignUp
from events.places.operations.held import HELD_FOR, most_of_one_client
from events.places.standing import left_by_event, meanwhile, places_sentence

# In the session of whoever filled in the form: the place held for them, or where none was free, where what they typed
# lies.
HELD_HERE, TYPED_HERE = "held_place", "typed_sign_up"
# A council's officers share one address of the net; those who invent people need many places.
PER_ADDRESS, PER_CLIENT = "3/15m/key", "60/10m/ip"
TOO_OFTEN = "Several codes were sent to this address. Type the newest one, or wait 15 minutes and try again."
TOO_MANY_HERE = (
    "Several people have taken a place here from your network in the last half hour. Wait half an hour, or sign in: "
    "whoever is signed in gets a place at once."
)
TOO_MANY = "Many people have signed up from your network just now. Wait ten minutes, or sign in."


def sign_up(request: HttpRequest, event: Event) -> HttpResponse:
    """The page to sign up, or to join the waiting list, for whoever has not signed in."""
    left = left_by_event([event], request.user)[event.pk]
    form = StrangerForm(posted(request), event=event, person=request.user, waits=not left)

    def hold(*, by: Any, name: str, email: str, **said: Any) -> str:
        _refuse_too_often(request, email)
        if left and not is_within(request, f"hold_at_{event.pk}", f"{most_of_one_client(event)}/30m/ip"):
            raise Refused(TOO_MANY_HERE)
        place = operations.hold_place(event, by=by, name=name, email=email, **said)
        person = place.person if place else account_for(email, name=name)
        if place is None:
            _keep_typed(request, event, person, request.POST)
        elif place.status == place.Status.HELD:
            request.session[HELD_HERE] = str(place.reference)
        _say_what_for(request, event, place, waits=not left)
        return _send_code(request, event, person, email)

    if done := answered(request, form, hold):
        return done
    words = places_sentence(event, left)
    context = {"event": event, "form": form, "waits": not left, "queue_words": words, "is_stranger": True}
    return render(request, "events/sign_up.html", context)


def _keep_typed(request: HttpRequest, event: Event, person: User, typed: QueryDict) -> None:
    """Keep the form for as long as a place would be held, in a session of its own that ends then: it may say what
    people need, and theirs lasts for days. No row of ours is made for an address that nobody has proved."""
    SessionStore(request.session.get(TYPED_HERE)).delete()
    kept = SessionStore()
    kept["form"] = [event.pk, person.pk, typed.urlencode()]
    kept.set_expiry(clock.now() + HELD_FOR)
    kept.create()
    request.session[TYPED_HERE] = kept.session_key


def typed_here(request: HttpRequest, user: AnyUser, event: Event | None = None) -> tuple[int, QueryDict] | None:
    """The event that `user` filled in a form for before they signed in, and what they typed, which is deleted.

    None where there is no such form, or it was for another event than the one named, or for somebody else, or is over.
    """
    if TYPED_HERE not in request.session:
        return None
    kept = SessionStore(request.session[TYPED_HERE])
    event_id, person_id, form = kept.get("form") or (0, 0, "")
    if event and event_id and event.pk != event_id:
        return None
    del request.session[TYPED_HERE]
    kept.delete()
    is_theirs = person_id == user.pk and clock.now() < kept.get_expiry_date()
    return (event_id, QueryDict(form)) if is_theirs else None


def join_as_typed(request: HttpRequest, user: User) -> SignUp | None:
    """Sign up whoever has proved their address as they filled in the form; None where there is none, or it is wrong by
    now: the form then says so, with everything typed."""
    if not (kept := typed_here(request, user)):
        return None
    event, typed = Event.objects.get(pk=kept[0]), kept[1]
    form = PlaceForm(typed, event=event, person=user)
    place, why = None, ""
    if form.is_valid():
        said = form.answers | {"organisation": only_organisation_of(user)}
        place, why = refused_or(operations.sign_up, event, by=user, **said)
    if place is None:
        _keep_typed(request, event, user, typed)
        messages.warning(request, why or "The event asks something else by now. Look at the form, and send it again.")
    elif place.status == SignUp.Status.WAITING and typed.get("expects") == "place":
        messages.info(request, meanwhile(place))
    return place


def _refuse_too_often(request: HttpRequest, email: str) -> None:
    if not is_within(request, "sign_up_from", PER_CLIENT):
        raise Refused(TOO_MANY)
    if not is_within(request, "sign_up_as", PER_ADDRESS, key=email.strip().casefold()):
        raise Refused(TOO_OFTEN, field="email")


def _say_what_for(request: HttpRequest, event: Event, place: SignUp | None, *, waits: bool) -> None:
    """Say what the code is for: to its reader how they stand, on the page the same to whoever typed the address."""
    about = f"{event.title}, {event.when} (UK time)"
    if waits:
        page = f"With the code you join the waiting list of {about}."
    else:
        page = f"With the code you take your place at {about}. A place that is free is held for 30 minutes."
    if place is None:
        mail = f"With it you take a free place at {about}, else you join its waiting list."
    elif place.status == SignUp.Status.HELD:
        mail = f"With it you take the place held for you until {moment_in_words(place.lapses_at)} at {about}."
    else:
        mail = f"You are signed up already for {about}. With it you see how you stand."
    where = f"{event.where}\n{settings.BASE_URL}{event.get_absolute_url()}"
    say_what_for(request, onward=_form_of(event), page=page, mail=f"{mail}\n{where}")


def _form_of(event: Event) -> str:
    return reverse("events:sign_up", args=[event.slug])


def _send_code(request: HttpRequest, event: Event, person: User | None, email: str) -> str:
    """Mail the code and return where to type it; the same for an address with and without an account."""
    known = person if person and person.is_active else None
    LoginCodeVerificationProcess.initiate(request=request, user=known, email=email.strip())
    back = urlencode({"next": _form_of(event)})
    return f"{reverse('account_confirm_login_code')}?{back}"
