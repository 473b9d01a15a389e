"""Pages of the check-in desk, for those who run events."""

import uuid

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.http import SignedInRequest
from core.answering import answered, posted, pressed
from core.pagination import page_of
from core.permissions import allow, signed_in
from core.text import clean_line
from core.words import counted
from councils.models import Organisation
from councils.queries import found_by_name
from events import guards
from events.desk import operations
from events.desk.forms import OffTheRollForm, WalkInForm
from events.desk.operations.marks import NOT_STAFF
from events.desk.pages import (
    DeskQuery,
    arrival_words,
    desk_page,
    found_words,
    rows_of,
    was_in_before,
)
from events.desk.queries import released_places
from events.event.models import Event
from events.permissions import can_run_event, can_run_events, events_run_by, visible_events
from events.places.models import SignUp

MOST_SUGGESTED = 8
MOST_LISTED = 250  # a phone that goes offline has the whole of a large day


def _event(request: SignedInRequest, slug: str) -> Event:
    return get_object_or_404(events_run_by(request.user), slug=slug)


def _desk_as_it_was(request: SignedInRequest, event: Event, **added: str) -> str:
    """The address of the desk with the search and group of the request."""
    query = {name: value for name, value in request.GET.items() if name not in {"last", "was_in"}} | added
    return reverse("events:check_in", args=[event.slug], query=query or None)


def _desk_with(request: SignedInRequest, place: SignUp) -> str:
    """The same, with the person just checked in shown at the foot, where it can be undone."""
    was_in = {"was_in": "1"} if was_in_before(place) else {}
    return _desk_as_it_was(request, place.event, last=str(place.reference), **was_in)


@allow(can_run_events, because=NOT_STAFF)
def desk(request: SignedInRequest, slug: str) -> HttpResponse:
    """The desk: its lists and search; a post adds a walk-in."""
    event = _event(request, slug)
    form = WalkInForm(posted(request), event=event, prefix="walk_in")
    done = answered(
        request,
        form,
        operations.walk_in,
        event,
        said=arrival_words,
        to=lambda place: _desk_with(request, place),
    )
    if done:
        return done
    shown = desk_page(event, DeskQuery.of(request.GET))
    page = page_of(request, shown["people"], size=MOST_LISTED, count=shown["people_count"])
    rows = rows_of(page, shown["group"])
    found = found_words(shown["q"], page.paginator.count, page) if shown["q"] else ""
    return render(
        request, "events/check_in.html", {**shown, "page_obj": page, "rows": rows, "found_words": found, "form": form}
    )


@allow(can_run_events, because=NOT_STAFF)
@require_safe
def organisations(request: SignedInRequest, slug: str) -> JsonResponse:
    """Organisations of every kind whose name has what is typed, for the box of a walk-in."""
    _event(request, slug)
    typed = clean_line(request.GET.get("q", ""))[:80]
    found = found_by_name(Organisation.objects.in_force(), typed) if len(typed) > 1 else Organisation.objects.none()
    return JsonResponse([{"text": each.full_name} for each in found[:MOST_SUGGESTED]], safe=False)


@allow(can_run_events, because=NOT_STAFF)
@require_POST
def release_all(request: SignedInRequest, slug: str) -> HttpResponse:
    """Release the places of all who have not come."""
    event = _event(request, slug)

    def said(number: int) -> str:
        if not number:
            return "No place was left to release: everybody who has one is here."
        return f"{counted(number, 'place is', 'places are')} released. This can be undone until the end."

    return pressed(request, operations.release_no_shows, event, said=said, to=_desk_as_it_was(request, event))


def _gone(number: int) -> str:
    who = counted(number, "person who was released has", "people who were released have")
    return f"{who} no place: every other place has gone to somebody since."


@allow(can_run_events, because=NOT_STAFF)
@require_POST
def bring_back(request: SignedInRequest, slug: str) -> HttpResponse:
    """Give released places back to those who had them."""
    event = _event(request, slug)

    def said(number: int) -> str:
        again = f"{counted(number, 'place is', 'places are')} with those who had them again."
        gone = len(released_places(event))
        return f"{again} {_gone(gone)}" if gone else again

    return pressed(request, operations.bring_back_released, event, said=said, to=_desk_as_it_was(request, event))


@allow(signed_in)
@require_safe
def scanned(request: SignedInRequest, reference: uuid.UUID) -> HttpResponse:
    """Where the QR code of a place leads: those who run the event to the desk with that person, its holder to it."""
    place = get_object_or_404(SignUp.objects.select_related("event"), reference=reference)
    if can_run_event(request.user, place.event):
        return redirect(reverse("events:check_in", args=[place.event.slug], query={"q": place.code}))
    if place.person_id == request.user.pk:
        return redirect(place)
    raise Http404


@allow(signed_in)
@require_POST
def join(request: SignedInRequest, slug: str) -> HttpResponse:
    """Lead somebody with a place to the online meeting, which counts as coming."""
    event = get_object_or_404(visible_events(request.user), slug=slug)

    def to_the_meeting(place: SignUp) -> str:
        return place.event.join_url

    return pressed(request, operations.join_online, event, said="", to=to_the_meeting, back=event)


def _place(event: Event, reference: str) -> SignUp:
    return get_object_or_404(event.sign_ups.select_related("event", "person"), reference=reference)


@allow(can_run_events, because=NOT_STAFF)
@require_POST
def arrive(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    """Check somebody in. Where they are in already, the message says since when."""
    event = _event(request, slug)
    return pressed(
        request,
        operations.check_in,
        _place(event, reference),
        said=arrival_words,
        to=lambda place: _desk_with(request, place),
        back=_desk_as_it_was(request, event),
    )


@allow(can_run_events, because=NOT_STAFF)
@require_POST
def leave(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    """Note that somebody has left the room; they stay a delegate and may come back."""
    event = _event(request, slug)
    place, desk = _place(event, reference), _desk_as_it_was(request, event)
    return pressed(request, operations.check_out, place, said=f"{place.person} has left.", to=desk)


@allow(can_run_events, because=NOT_STAFF)
@require_POST
def undo(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    event = _event(request, slug)
    place, desk = _place(event, reference), _desk_as_it_was(request, event)
    questions = [question for question in guards.BEFORE_UNDOING.ask(place) if question]
    if questions and place.checked_in_at and "off_the_roll" not in request.POST:
        return render(
            request, "events/off_the_roll.html", {"event": event, "place": place, "questions": questions, "desk": desk}
        )
    form, said = OffTheRollForm(request.POST), f"{place.person} is no longer checked in."
    return pressed(request, operations.undo_check_in, place, form=form, said=said, to=desk)


@allow(can_run_events, because=NOT_STAFF)
@require_POST
def release(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    event = _event(request, slug)
    place, desk = _place(event, reference), _desk_as_it_was(request, event)
    said = f"{place.person} has not come, so the place is released. If they do come, add them as a walk-in."
    return pressed(request, operations.release, place, said=said, to=desk)
