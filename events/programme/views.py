"""Facilitators' pages: the programme, and what a day brought forth."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from core.errors import Refused
from core.forms import refuse
from core.numbers import whole_number
from core.permissions import door
from core.words import counted
from events.event.access import QUESTIONS
from events.event.models import Event
from events.event.queries import agenda_of
from events.permissions import can_facilitate_events, visible_events
from events.places.queries import waiting_count
from events.programme import operations
from events.programme.forms import BroughtForthForm, CancelEventForm, EventForm
from events.programme.planning import form_of_new_event
from events.programme.what_differs import what_differs

BECAUSE = "The programme is kept by facilitators, signed in with a second factor."


def _event(request: SignedInRequest, slug: str) -> Event:
    return get_object_or_404(visible_events(request.user), slug=slug)


@door(can_facilitate_events, because=BECAUSE)
def new(request: SignedInRequest) -> HttpResponse:
    """Plan an event, as a draft or for everyone at once."""
    data = request.POST if request.method == "POST" else None
    form = form_of_new_event(data, request.GET, by=request.user)
    if request.method == "POST" and form.is_valid():
        add = operations.draft_event if "draft" in request.POST else operations.publish_event
        try:
            event = add(by=request.user, **form.answers)
        except Refused as refusal:
            refuse(form, refusal)
        else:
            said = "Saved as a draft." if event.state == Event.State.DRAFT else "The event is open for sign-up."
            messages.success(request, said)
            return redirect(event)
    return render(request, "events/new.html", {"form": form})


def _as_it_is(event: Event) -> dict[str, Any]:
    """What stands in the form before anything is changed."""
    names = {*EventForm.base_fields, *QUESTIONS} - {"service", "agenda", "contact"}
    return {name: getattr(event, name) for name in names} | {
        "service": event.services.first(),
        "agenda": agenda_of(event),
        "contact": str(event.contact_id or ""),
    }


@door(can_facilitate_events, because=BECAUSE)
def edit(request: SignedInRequest, slug: str) -> HttpResponse:
    """Change what is said about an event, and how many places it has; a form that is older than it is refused."""
    event = _event(request, slug)
    sent = request.POST if request.method == "POST" else None
    form = EventForm(sent, initial=_as_it_is(event), by=request.user, event=event)
    revision = request.POST.get("revision", "") if sent else str(event.revision)
    now: list[tuple[str, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            waited = waiting_count(event)
            operations.change_event(event, by=request.user, read_at=whole_number(revision), **form.answers)
        except Refused as refusal:
            refuse(form, refusal)
            if str(refusal) == operations.CHANGED_SINCE:
                now, revision = what_differs(form), str(event.revision)
        else:
            if moved_up := waited - waiting_count(event):
                messages.success(request, f"{counted(moved_up, 'person', 'people')} moved up from the waiting list.")
            messages.success(request, "Saved. Whoever is signed up hears of another time or place.")
            return redirect(event)
    return render(request, "events/edit.html", {"form": form, "event": event, "revision": revision, "now": now})


@door(can_facilitate_events, because=BECAUSE)
@require_POST
def announce(request: SignedInRequest, slug: str) -> HttpResponse:
    """Open a draft for everyone."""
    event = _event(request, slug)
    try:
        operations.announce_draft(event, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "The event is open for sign-up.")
    return redirect(event)


@door(can_facilitate_events, because=BECAUSE)
def cancel(request: SignedInRequest, slug: str) -> HttpResponse:
    """Call an event off, with a reason."""
    event = _event(request, slug)
    form = CancelEventForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.cancel_event(event, by=request.user, reason=form.cleaned_data["reason"])
        except Refused as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, "The event is cancelled, and everyone signed up is told.")
            return redirect(event)
    return render(request, "events/cancel.html", {"form": form, "event": event})


@door(can_facilitate_events, because=BECAUSE)
def brought_forth(request: SignedInRequest, slug: str) -> HttpResponse:
    """Note which needs and prototypes came out of the day."""
    event = _event(request, slug)
    form = BroughtForthForm(request.POST if request.method == "POST" else None, event=event)
    if request.method == "POST" and form.is_valid():
        try:
            operations.bring_forth(event, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, "Saved.")
            return redirect(event)
    return render(request, "events/brought_forth.html", {"form": form, "event": event})
