"""Signing up without having signed in: name, address and answers, then the code that comes by e-mail."""

from typing import Any
from urllib.parse import urlencode

from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from accounts.limits import is_within
from accounts.models import User
from accounts.operations import account_for
from core.answering import answered, posted
from core.errors import Refused
from events.event.models import Event
from events.places import operations
from events.places.forms import StrangerForm, WaitingStrangerForm
from events.places.standing import places_sentence

HELD_HERE = "held_place"  # in the session of whoever filled in the form
# A council's officers share one address of the net; those who invent people need many places.
PER_ADDRESS, PER_CLIENT = "3/15m/key", "60/10m/ip"
TOO_OFTEN = "Several codes were sent to this address. Type the newest one, or wait 15 minutes and try again."
TOO_MANY = "Many people have signed up from your network just now. Wait ten minutes, or sign in."


def sign_up(request: HttpRequest, event: Event) -> HttpResponse:
    """The page to sign up, or to join the waiting list, for whoever has not signed in."""
    if event.is_full:
        form: Any = WaitingStrangerForm(posted(request))
    else:
        form = StrangerForm(posted(request), event=event, person=request.user)

    def hold(*, by: Any, name: str, email: str, **said: Any) -> str:
        _refuse_too_often(request, email)
        if event.is_full:
            return _send_code(request, event, account_for(email, name=name), email)
        place = operations.hold_place(event, by=by, name=name, email=email, **said)
        if place and place.status == place.Status.HELD:
            request.session[HELD_HERE] = str(place.reference)
        return _send_code(request, event, place.person if place else None, email)

    if done := answered(request, form, hold):
        return done
    context = {"event": event, "form": form, "queue_words": places_sentence(event), "is_stranger": True}
    return render(request, "events/sign_up.html", context)


def _refuse_too_often(request: HttpRequest, email: str) -> None:
    if not is_within(request, "sign_up_from", PER_CLIENT):
        raise Refused(TOO_MANY)
    if not is_within(request, "sign_up_as", PER_ADDRESS, key=email.strip().casefold()):
        raise Refused(TOO_OFTEN, field="email")


def _send_code(request: HttpRequest, event: Event, person: User | None, email: str) -> str:
    """Mail the code and return where to type it; the same for an address with and without an account."""
    known = person if person and person.is_active else None
    LoginCodeVerificationProcess.initiate(request=request, user=known, email=email.strip())
    back = urlencode({"next": reverse("events:sign_up", args=[event.slug])})
    return f"{reverse('account_confirm_login_code')}?{back}"
