"""Pages of questions from the floor: ask and vote, moderate, and the screen of the hall."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.http import SignedInRequest
from core.answering import answered, posted, pressed, turned_back
from core.errors import Refused
from core.permissions import allow, signed_in
from events.event.models import Event
from events.floor import operations
from events.floor.forms import FloorForm, HideForm
from events.floor.models import FloorQuestion
from events.floor.permissions import can_ask_from_floor, can_moderate_floor, can_read_floor
from events.floor.queries import asked_at, on_screen
from events.permissions import can_run_events, events_run_by, visible_events

BECAUSE = "Those who run the event decide what is shown and answered, signed in with a second factor."


def _event(request: SignedInRequest, slug: str) -> Event:
    return get_object_or_404(visible_events(request.user), slug=slug)


def _refuse_stranger(request: SignedInRequest, event: Event) -> None:
    if not can_read_floor(request.user, event):
        raise Refused(operations.NOT_THERE)


def _question(request: SignedInRequest, slug: str, number: int) -> FloorQuestion:
    seen = FloorQuestion.objects.select_related("event").filter(event__in=visible_events(request.user))
    return get_object_or_404(seen, event__slug=slug, pk=number)


def _moderated(request: SignedInRequest, slug: str, number: int) -> FloorQuestion:
    run = FloorQuestion.objects.select_related("event").filter(event__in=events_run_by(request.user))
    return get_object_or_404(run, event__slug=slug, pk=number)


def _back(question: FloorQuestion) -> str:
    return reverse("events:floor", args=[question.event.slug])


@allow(signed_in)
def floor(request: SignedInRequest, slug: str) -> HttpResponse:
    """The questions of an event, with the form to ask one and, for those who run it, the buttons to moderate."""
    event = _event(request, slug)
    if back := turned_back(request, _refuse_stranger, request, event, to=event):
        return back
    form, back_here = FloorForm(posted(request)), reverse("events:floor", args=[event.slug])
    if done := answered(
        request, form, operations.ask_from_floor, event, said="Your question is in the list.", to=back_here
    ):
        return done
    moderates = can_moderate_floor(request.user, event)
    context = {
        "event": event,
        "form": form,
        "lines": asked_at(event, request.user, moderates=moderates),
        "moderates": moderates,
        "may_ask": not event.has_ended and can_ask_from_floor(request.user, event),
    }
    return render(request, "events/floor.html", context)


@allow(signed_in)
@require_safe
def screen(request: SignedInRequest, slug: str) -> HttpResponse:
    """The questions on the screen of the hall, in large letters."""
    event = _event(request, slug)
    if back := turned_back(request, _refuse_stranger, request, event, to=event):
        return back
    return render(request, "events/floor_screen.html", {"event": event, "questions": on_screen(event)})


@allow(signed_in)
@require_POST
def vote(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Vote for a question, or take the vote back, by post."""
    question = _question(request, slug, number)
    takes_back = request.POST.get("way") == "back"
    operation = operations.take_vote_back if takes_back else operations.vote_for_question
    said = "Your vote is taken back." if takes_back else "You would like to hear this too."
    return pressed(request, operation, question, said=said, to=_back(question))


@allow(can_run_events, because=BECAUSE)
@require_POST
def show(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Put a question on the screen, by post."""
    question = _moderated(request, slug, number)
    return pressed(request, operations.show_question, question, said="It is on the screen.", to=_back(question))


@allow(can_run_events, because=BECAUSE)
@require_POST
def answer(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Say that a question was answered, by post."""
    question = _moderated(request, slug, number)
    return pressed(request, operations.answer_question, question, said="Answered.", to=_back(question))


@allow(can_run_events, because=BECAUSE)
@require_POST
def put_back(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Put a question back into the queue, by post."""
    question = _moderated(request, slug, number)
    return pressed(request, operations.put_question_back, question, said="It waits again.", to=_back(question))


@allow(can_run_events, because=BECAUSE)
def hide(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """The form to hide a question, with the reason."""
    question = _moderated(request, slug, number)
    if request.method != "POST" and question.event.state == Event.State.CANCELLED:
        return redirect(_back(question))
    form = HideForm(posted(request))
    done = answered(request, form, operations.hide_question, question, said="It is hidden.", to=_back(question))
    return done or render(
        request, "events/floor_hide.html", {"form": form, "event": question.event, "question": question}
    )
