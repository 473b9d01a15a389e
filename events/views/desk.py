"""The desk at the door, for a phone or a laptop: who is expected, who is there, who came by."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from core.errors import Refused
from core.forms import refuse
from core.pagination import page_of
from core.permissions import door
from core.text import clean_line
from events import operations
from events.forms import WalkInForm
from events.models import Event
from events.pages import desk_page
from events.permissions import can_facilitate_events, visible_events
from events.queries import expected

BECAUSE = "Check-in is for facilitators, signed in with a second factor."
OVER = ". Every place is held, so they have none"


def _event(request: SignedInRequest, slug: str) -> Event:
    return get_object_or_404(visible_events(request.user), slug=slug)


@door(can_facilitate_events, because=BECAUSE)
def desk(request: SignedInRequest, slug: str) -> HttpResponse:
    """Search by name, check in, undo, add a walk-in."""
    event = _event(request, slug)
    form = WalkInForm(request.POST if request.method == "POST" else None, event=event, prefix="walk_in")
    if request.method == "POST" and form.is_valid():
        try:
            place = operations.walk_in(event, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, f"{place.person} is checked in{OVER if place.is_over_capacity else ''}.")
            return redirect("events:check_in", slug=event.slug)
    words = clean_line(request.GET.get("q", ""))[:100]
    page = page_of(request, expected(event, words), size=50)
    return render(request, "events/check_in.html", {**desk_page(event), "page_obj": page, "q": words, "form": form})


def _deed(request: SignedInRequest, slug: str, reference: str, operation: Callable, done: str) -> HttpResponse:
    event = _event(request, slug)
    place = get_object_or_404(event.sign_ups.select_related("event", "person"), reference=reference)
    try:
        place = operation(place, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{place.person} {done}{OVER if place.is_over_capacity else ''}.")
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return redirect(reverse("events:check_in", args=[event.slug]) + query)


@door(can_facilitate_events, because=BECAUSE)
@require_POST
def arrive(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    return _deed(request, slug, reference, operations.check_in, "is checked in")


@door(can_facilitate_events, because=BECAUSE)
@require_POST
def undo(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    return _deed(request, slug, reference, operations.undo_check_in, "is no longer checked in")


@door(can_facilitate_events, because=BECAUSE)
@require_POST
def release(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    done = "has not come, so the place is released. If they do come, add them as a walk-in"
    return _deed(request, slug, reference, operations.release, done)
