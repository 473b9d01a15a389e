"""The desk at the door, for a phone or a laptop: who is expected, who is there, who came by."""

import datetime as dt
from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from core import clock
from core.errors import Refused
from core.forms import refuse
from core.pagination import page_of
from core.permissions import door
from events.desk import operations
from events.desk.forms import WalkInForm
from events.desk.pages import Asked, arrival_words, desk_page, was_in_before
from events.event.models import Event
from events.permissions import can_facilitate_events, visible_events
from events.places.models import SignUp

BECAUSE = "Check-in is for facilitators, signed in with a second factor."


def _event(request: SignedInRequest, slug: str) -> Event:
    return get_object_or_404(visible_events(request.user), slug=slug)


def _said(request: SignedInRequest, event: Event, place: SignUp, asked_at: dt.datetime) -> HttpResponse:
    """Says that somebody is in, and since when; they stand at the desk's foot, where it can be undone."""
    messages.success(request, arrival_words(place, asked_at))
    was_in = {"was_in": "1"} if was_in_before(place, asked_at) else {}
    return _back(request, event, last=str(place.reference), **was_in)


def _back(request: SignedInRequest, event: Event, **added: str) -> HttpResponse:
    """To where the desk was."""
    query = {name: value for name, value in request.GET.items() if name not in {"last", "was_in"}} | added
    return redirect(reverse("events:check_in", args=[event.slug], query=query or None))


@door(can_facilitate_events, because=BECAUSE)
def desk(request: SignedInRequest, slug: str) -> HttpResponse:
    """Search, check in, undo, release, add a walk-in."""
    event = _event(request, slug)
    form = WalkInForm(request.POST if request.method == "POST" else None, event=event, prefix="walk_in")
    if request.method == "POST" and form.is_valid():
        asked_at = clock.now()
        try:
            place = operations.walk_in(event, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            refuse(form, refusal)
        else:
            return _said(request, event, place, asked_at)
    shown = desk_page(event, Asked.of(request.GET))
    page = page_of(request, shown["people"], size=50, count=shown["people_count"])
    return render(request, "events/check_in.html", {**shown, "page_obj": page, "form": form})


def _place(event: Event, reference: str) -> SignUp:
    return get_object_or_404(event.sign_ups.select_related("event", "person"), reference=reference)


@door(can_facilitate_events, because=BECAUSE)
@require_POST
def arrive(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    """Check somebody in. Somebody who is in already is no mistake: the answer says since when."""
    event = _event(request, slug)
    asked_at = clock.now()
    try:
        place = operations.check_in(_place(event, reference), by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return _back(request, event)
    return _said(request, event, place, asked_at)


def _deed(request: SignedInRequest, slug: str, reference: str, operation: Callable, done: str) -> HttpResponse:
    event = _event(request, slug)
    try:
        place = operation(_place(event, reference), by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{place.person} {done}.")
    return _back(request, event)


@door(can_facilitate_events, because=BECAUSE)
@require_POST
def undo(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    return _deed(request, slug, reference, operations.undo_check_in, "is no longer checked in")


@door(can_facilitate_events, because=BECAUSE)
@require_POST
def release(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    done = "has not come, so the place is released. If they do come, add them as a walk-in"
    return _deed(request, slug, reference, operations.release, done)
