"""Pages on which events are planned."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from accounts.models import User
from core.answering import answered, posted, pressed, refusal_in, turned_back
from core.differing import what_differs
from core.errors import CHANGED_SINCE
from core.numbers import revision_read, whole_number
from core.permissions import allow
from core.words import counted
from events.event.access import QUESTIONS
from events.event.models import Event
from events.event.queries import agenda_of
from events.permissions import can_facilitate_events, can_run_events, events_run_by
from events.places.queries import waiting_count
from events.programme import operations
from events.programme.cancelling import cancel_page
from events.programme.forms import CancelEventForm, EditEventForm, EventForm, PrototypeOfTheDayForm
from events.programme.moving import MOVES_WITH_IT, TOLD, mark_of, what_moves
from events.programme.planning import checklist_page, form_of_new_event, is_of_no_discovery

BECAUSE = "The programme is kept by those who run events, signed in with a second factor."
MOVING_COLUMNS = ["What", "Was", "Will be"]
OPEN = "The event is open for sign-up."


def _event(request: SignedInRequest, slug: str) -> Event:
    return get_object_or_404(events_run_by(request.user), slug=slug)


@allow(can_facilitate_events, because=BECAUSE)
def new(request: SignedInRequest) -> HttpResponse:
    """The form of a new event, saved as a draft or published."""
    sent = posted(request)
    form = form_of_new_event(sent, request.GET, by=request.user)
    is_draft = sent is not None and "draft" in sent
    add = operations.draft_event if is_draft else operations.publish_event
    done = answered(request, form, add, said="Saved as a draft." if is_draft else OPEN)
    context = {"form": form, "has_lost_its_discovery": is_of_no_discovery(form, request.GET), **checklist_page(form)}
    return done or render(request, "events/new.html", context)


def _as_it_is(event: Event) -> dict[str, Any]:
    """The initial values of the form for an event."""
    names = {*EventForm.base_fields, *QUESTIONS} - {"service", "agenda", "contact", "skills", "purposes", "those_over"}
    return {name: getattr(event, name) for name in names} | {
        "service": event.services.first(),
        "agenda": agenda_of(event),
        "skills": list(event.skills.all()),
        "purposes": list(event.purposes.all()),
        "contact": str(event.contact_id or ""),
    }


@allow(can_run_events, because=BECAUSE)
def edit(request: SignedInRequest, slug: str) -> HttpResponse:
    """The form to change an event and its capacity; a form older than the last change is refused."""
    event = _event(request, slug)
    if request.method != "POST" and (over := turned_back(request, operations.refuse_cancelled, event, to=event)):
        return over
    form = EditEventForm(posted(request), initial=_as_it_is(event), by=request.user, event=event)
    revision = request.POST.get("revision", "") if form.is_bound else str(event.revision)

    def change(*, by: User, **answers: Any) -> Event:
        waited = waiting_count(event)
        read = {
            "read_at": revision_read(revision),
            "knows": request.POST.get("moves", ""),
            "over": whole_number(request.POST.get("over", "")) or 0,
        }
        changed = operations.change_event(event, by=by, **read, **answers)
        if moved_up := waited - waiting_count(event):
            messages.success(request, f"{counted(moved_up, 'person', 'people')} moved up from the waiting list.")
        return changed

    before = {name: getattr(event, name) for name in TOLD}

    def said(changed: Event) -> str:
        is_told = (
            changed.state == Event.State.PUBLISHED and not changed.has_started and changed.sign_ups.living().exists()
        )
        has_moved = any(getattr(changed, name) != before[name] for name in TOLD)
        return "Saved. Whoever is signed up is written to." if has_moved and is_told else "Saved."

    if done := answered(request, form, change, said=said):
        return done
    now: list[tuple[str, str]] = []
    if str(refusal_in(form)) == CHANGED_SINCE:
        now, revision = what_differs(form, without={"reason"}), str(event.revision)
    context = {"form": form, "event": event, "revision": revision, "now": now, **_moving(form, event)}
    return render(request, "events/edit.html", context)


def _moving(form: EditEventForm, event: Event) -> dict[str, Any]:
    """What moves with the start that was typed, as context, where the form was sent back for that."""
    if str(refusal_in(form)) != MOVES_WITH_IT:
        return {}
    moving = what_moves(event, form.cleaned_data["starts_at"], without=set(form.changed_data))
    rows = [(one.name, one.was, one.becomes) for one in moving]
    return {"moving": rows, "moving_columns": MOVING_COLUMNS, "moves": mark_of(moving)}


@allow(can_run_events, because=BECAUSE)
@require_POST
def announce(request: SignedInRequest, slug: str) -> HttpResponse:
    """Publish a draft, by post."""
    return pressed(request, operations.announce_draft, _event(request, slug), said=OPEN)


@allow(can_run_events, because=BECAUSE)
def cancel(request: SignedInRequest, slug: str) -> HttpResponse:
    """What hangs on an event and, where nothing keeps it, the form to cancel it with a reason."""
    event = _event(request, slug)
    if event.state == Event.State.CANCELLED:
        return redirect(event)
    form = CancelEventForm(posted(request))
    said = "The event is cancelled, and everyone signed up is told."
    done = answered(request, form, operations.cancel_event, event, said=said)
    return done or render(request, "events/cancel.html", {"form": form, "event": event, **cancel_page(event)})


@allow(can_run_events, because=BECAUSE)
def prototype(request: SignedInRequest, slug: str) -> HttpResponse:
    """The form of a prototype that the day made, with its five figures."""
    event = _event(request, slug)
    if request.method != "POST" and (over := turned_back(request, operations.refuse_prototype, event, to=event)):
        return over
    form = PrototypeOfTheDayForm(posted(request))
    said = "Written down for this day and its discovery. It is ready for a vote."
    done = answered(request, form, operations.record_prototype, event, said=said, to=event)
    return done or render(request, "events/prototype.html", {"form": form, "event": event})
