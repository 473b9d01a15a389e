"""Pages on which facilitators ask at sign-up, and read what was answered."""

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.http import SignedInRequest
from accounts.models import User
from core.answering import answered, posted, pressed, refusal_in, turned_back
from core.errors import CHANGED_SINCE
from core.numbers import revision_read
from core.pagination import page_of
from core.permissions import allow
from core.tables import table_response, wants_table
from events.asking import operations
from events.asking.pages import SAID_BY, answers_page, answers_table, now_says, questions_page
from events.event.models import Event
from events.permissions import can_run_events, events_run_by
from questions.forms import QuestionForm, initial_of
from questions.models import Question
from questions.queries import asked

REMOVED = (
    "This question was removed on another device, in another tab or by somebody else since you opened it. What you "
    "wrote stands below: ask it as a new one."
)
BECAUSE = "What is asked at sign-up is for those who run the event, signed in with a second factor."


def _event(request: SignedInRequest, slug: str) -> Event:
    return get_object_or_404(events_run_by(request.user), slug=slug)


def _question(event: Event, key: str) -> Question:
    return get_object_or_404(Question.objects.asked().select_related("set"), set=event.question_set_id, key=key)


def _list_of(event: Event) -> str:
    return reverse("events:questions", args=[event.slug])


@allow(can_run_events, because=BECAUSE)
@require_safe
def question_list(request: SignedInRequest, slug: str) -> HttpResponse:
    """What is asked at the sign-up of an event, as people will see it too."""
    return render(request, "events/questions.html", questions_page(_event(request, slug)))


@allow(can_run_events, because=BECAUSE)
def new_question(request: SignedInRequest, slug: str) -> HttpResponse:
    """The form of a new question."""
    event = _event(request, slug)
    if over := turned_back(request, operations.refuse_where_nobody_is_asked, event, to=_list_of(event)):
        return over
    form = QuestionForm(posted(request), earlier=asked(event.question_set_id))
    done = answered(
        request, form, operations.ask_at_sign_up, event, said="The question is asked from now on.", to=_list_of(event)
    )
    return done or render(request, "events/question.html", {"event": event, "form": form})


@allow(can_run_events, because=BECAUSE)
def change_question(request: SignedInRequest, slug: str, key: str) -> HttpResponse:
    """The form to change a question; a form older than its last change is refused."""
    event = _event(request, slug)
    if over := turned_back(request, operations.refuse_where_nobody_is_asked, event, to=_list_of(event)):
        return over
    if request.method == "POST" and not Question.objects.asked().filter(set=event.question_set_id, key=key).exists():
        return _removed_meanwhile(request, event)
    question = _question(event, key)
    earlier = [other for other in asked(event.question_set_id) if other.position < question.position]
    form = QuestionForm(posted(request), initial=initial_of(question), earlier=earlier, question=question)
    revision = request.POST.get("revision", "") if form.is_bound else str(question.revision)

    def change(*args: Any, **fields: Any) -> Question:
        return operations.change_sign_up_question(*args, read_at=revision_read(revision), **fields)

    if done := answered(request, form, change, event, question, said="Saved.", to=_list_of(event)):
        return done
    now: list[tuple[str, str]] = []
    if str(refusal_in(form)) == CHANGED_SINCE:
        now, revision = now_says(question), str(question.revision)
    context = {"event": event, "form": form, "question": question, "revision": revision, "now": now}
    return render(request, "events/question.html", context)


def _removed_meanwhile(request: SignedInRequest, event: Event) -> HttpResponse:
    """What somebody typed into the form of a question that another has removed, to be asked as a new one."""
    form = QuestionForm(request.POST, earlier=asked(event.question_set_id))
    form.add_error(None, REMOVED)
    return render(request, "events/question.html", {"event": event, "form": form}, status=409)


@allow(can_run_events, because=BECAUSE)
@require_POST
def copy_question(request: SignedInRequest, slug: str, key: str) -> HttpResponse:
    """Copy a question, by post; leads to the copy."""
    event = _event(request, slug)
    return pressed(
        request,
        operations.copy_sign_up_question,
        event,
        _question(event, key),
        said="This is the copy. It is asked from now on: change it, or remove the other.",
        to=lambda copy: reverse("events:question_change", args=[event.slug, copy.key]),
        back=_list_of(event),
    )


@allow(can_run_events, because=BECAUSE)
@require_POST
def move_question(request: SignedInRequest, slug: str, key: str) -> HttpResponse:
    """Move a question up, or else down, by post."""
    event = _event(request, slug)

    def move(*about: Any, by: User) -> Question:
        return operations.move_sign_up_question(*about, by=by, is_up=request.POST.get("way") == "up")

    question = _question(event, key)
    return pressed(request, move, event, question, said=f"“{question}” is moved.", to=_list_of(event))


@allow(can_run_events, because=BECAUSE)
@require_POST
def remove_question(request: SignedInRequest, slug: str, key: str) -> HttpResponse:
    """Remove a question, by post."""
    event = _event(request, slug)
    return pressed(
        request,
        operations.remove_sign_up_question,
        event,
        _question(event, key),
        said=lambda is_gone: (
            "The question is removed." if is_gone else "It is not asked any more. What people answered stays."
        ),
        to=_list_of(event),
        back=_list_of(event),
    )


@allow(can_run_events, because=BECAUSE)
@require_POST
def built_in(request: SignedInRequest, slug: str) -> HttpResponse:
    """Ask a built-in question, or ask it no more, by post."""
    event = _event(request, slug)
    name, is_asked = request.POST.get("name", ""), request.POST.get("ask") == "yes"

    def switch(*about: Any, by: User) -> Event:
        return operations.switch_built_in(*about, by=by, name=name, is_asked=is_asked)

    said = "It is asked from now on." if is_asked else "It is not asked any more. What people said stays."
    return pressed(request, switch, event, said=said, to=_list_of(event))


@allow(can_run_events, because=BECAUSE)
@require_safe
def answers(request: SignedInRequest, slug: str) -> HttpResponseBase:
    """The answers by question and by person; `format` gives those with names as a file."""
    event = _event(request, slug)
    if wants_table(request):
        return table_response(request, answers_table(event))
    context = answers_page(event)
    page = page_of(request, context["people"], size=SAID_BY, count=len(context["people"]))
    return render(request, "events/answers.html", context | {"page_obj": page})
