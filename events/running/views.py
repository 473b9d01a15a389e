"""Pages for those who run one event: its three parts, its people, messages to them, the kinds of people it needs."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.http import SignedInRequest
from accounts.models import User
from core.answering import answered, posted, pressed, turned_back
from core.listing import listed
from core.permissions import allow
from core.words import counted
from events.event.models import Event
from events.event.people import ParticipantKind
from events.permissions import can_run_events, events_run_by
from events.places.operations import kinds as kinds_of_people
from events.running import operations
from events.running.forms import KindForm, MessageForm
from events.running.lists import people_of_event
from events.running.pages import kind_page, kinds_page, preview_of, run_page

BECAUSE = "An event is run by its organisers, facilitators and the secretariat, signed in with a second factor."


def _event(request: SignedInRequest, slug: str) -> Event:
    return get_object_or_404(events_run_by(request.user), slug=slug)


def _run(event: Event) -> str:
    return reverse("events:run", args=[event.slug])


@allow(can_run_events, because=BECAUSE)
@require_safe
def run(request: SignedInRequest, slug: str) -> HttpResponse:
    """What there is to run: before the day, on it and after, the part that fits the hour first."""
    event = get_object_or_404(events_run_by(request.user).select_related("discovery", "feedback_round"), slug=slug)
    return render(request, "events/run.html", run_page(event, request.user))


@allow(can_run_events, because=BECAUSE)
@require_safe
def people(request: SignedInRequest, slug: str) -> HttpResponseBase:
    """Everybody who has signed up, with filters; `format` gives them as a file."""
    event = _event(request, slug)
    return listed(request, people_of_event(event), "events/people.html", event=event)


@allow(can_run_events, because=BECAUSE)
def message(request: SignedInRequest, slug: str) -> HttpResponse:
    """The form of a message to the people of an event; it is shown as it would go out before it can be sent."""
    event = _event(request, slug)
    if over := turned_back(request, operations.refuse_where_nobody_is_written_to, event, to=_run(event)):
        return over
    form = MessageForm(posted(request), event=event, initial={"audience": request.GET.get("audience", "")})
    preview = None
    if "send" in request.POST:
        done = answered(
            request,
            form,
            operations.write_to_people,
            event,
            said=lambda one: f"Your message goes to {counted(one.people, 'person', 'people')}.",
            to=_run(event),
        )
        if done:
            return done
    elif form.is_bound and form.is_valid():
        preview = preview_of(event, request.user, form)
    context = {
        "event": event,
        "form": form,
        "preview": preview,
        # What was looked at is what is sent, apart from the form in which it can be changed.
        "as_seen": [(name, value) for name, value in form.data.items() if name != "csrfmiddlewaretoken"],
        "sent": event.messages.select_related("by")[: operations.MOST_A_DAY],
    }
    return render(request, "events/message.html", context)


def _kinds(event: Event) -> str:
    return reverse("events:kinds", args=[event.slug])


def _kind(event: Event, key: str) -> ParticipantKind:
    """The kind of that key; one that is gone has no row, of which the operations say so."""
    found = event.participant_kinds.filter(key=key).first() or ParticipantKind(key=key)
    found.event = event
    return found


@allow(can_run_events, because=BECAUSE)
def kinds(request: SignedInRequest, slug: str) -> HttpResponse:
    """The kinds of people of an event, and the form to add one."""
    event = _event(request, slug)
    form = KindForm(posted(request), initial={"is_needed": True})
    done = answered(request, form, kinds_of_people.add_kind, event, said="It is added.", to=_kinds(event))
    return done or render(request, "events/kinds.html", {**kinds_page(event), "form": form})


@allow(can_run_events, because=BECAUSE)
def kind(request: SignedInRequest, slug: str, key: str) -> HttpResponse:
    """The form to rename a kind of people, or say whether the event needs it."""
    event = _event(request, slug)
    one = _kind(event, key)
    if request.method != "POST":
        if over := turned_back(request, kinds_of_people.refuse_where_kinds_stay, event, to=_kinds(event)):
            return over
        if one.pk is None:
            return redirect(_kinds(event))
    form = KindForm(posted(request), initial={"name": one.name, "is_needed": one.is_needed})
    done = answered(request, form, kinds_of_people.change_kind, one, said="Saved.", to=_kinds(event))
    return done or render(request, "events/kind.html", {"form": form, **kind_page(one)})


@allow(can_run_events, because=BECAUSE)
@require_POST
def move_kind(request: SignedInRequest, slug: str, key: str) -> HttpResponse:
    """Move a kind up in the list, or else down, by post."""
    event = _event(request, slug)
    one, to = _kind(event, key), _kinds(event)

    def move(kind: ParticipantKind, *, by: User) -> ParticipantKind:
        return kinds_of_people.move_kind(kind, by=by, is_up=request.POST.get("way") == "up")

    return pressed(request, move, one, said=f"“{one.name}” is moved.", to=to)


@allow(can_run_events, because=BECAUSE)
@require_POST
def remove_kind(request: SignedInRequest, slug: str, key: str) -> HttpResponse:
    """Remove a kind that nobody has signed up as, by post."""
    event = _event(request, slug)
    to = _kinds(event)
    return pressed(request, kinds_of_people.remove_kind, _kind(event, key), said="It is removed.", to=to, back=to)
