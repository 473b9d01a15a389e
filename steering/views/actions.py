"""Pages of the actions that the board gave: the register, one action, and the forms that change it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from accounts.http import SignedInRequest
from core.answering import answered, posted
from core.listing import listed
from core.numbers import whole_number
from core.permissions import allow, anyone, require, signed_in
from core.text import clean_line
from core.words import day_in_words
from steering import operations
from steering.addresses import DayConverter
from steering.forms.planning import ActionForm, FinishForm, MoveActionForm
from steering.lists import ACTIONS
from steering.models import BoardAction, Meeting, MeetingItem
from steering.permissions import can_finish_action, can_minute, visible_actions, visible_meetings
from steering.queries import meeting_on, state_of


@allow(anyone)
def actions(request: HttpRequest) -> HttpResponseBase:
    """The register of actions."""
    return listed(request, ACTIONS, "steering/actions.html")


@allow(anyone)
def action(request: HttpRequest, number: int) -> HttpResponse:
    """The page of one action."""
    record = _action(request, number)
    context = {
        "record": record,
        "state": state_of(record),
        "facts": _facts(record),
        "can_finish": record.done_on is None and can_finish_action(request.user, record),
        "can_move": record.done_on is None and can_minute(request.user),
    }
    return render(request, "steering/action.html", context)


def _facts(record: BoardAction) -> list[tuple]:
    return [
        ("Owner", record.owner, record.owner.get_absolute_url()),
        ("Given on", day_in_words(record.given_on)),
        ("Due on", day_in_words(record.due_on)),
        _link("At", record.meeting),
        _link("By", record.decision),
        _link("Project", record.project),
    ]


def _link(label: str, record: Any) -> tuple:
    return (label, record, record.get_absolute_url()) if record else (label, "")


def _action(request: HttpRequest, number: int) -> BoardAction:
    rows = visible_actions(request.user).select_related("owner", "meeting", "decision", "project")
    return get_object_or_404(rows, pk=number)


@allow(can_minute, because="Only the secretariat writes down what the board asks for.")
def give(request: SignedInRequest) -> HttpResponse:
    """The form of an action, of the meeting whose day the address names, on the project of its item that it names."""
    meeting = _meeting(request)
    item = _item(request, meeting)
    form = ActionForm(posted(request))

    def give_action(**answers: Any) -> BoardAction:
        return operations.give_action(meeting=meeting, project=item.project_behind if item else None, **answers)

    said = "The action is given."
    done = answered(request, form, give_action, said=said, to=meeting or reverse("steering:actions"))
    return done or render(request, "steering/give.html", {"form": form, "meeting": meeting, "item": item})


def _meeting(request: HttpRequest) -> Meeting | None:
    """The meeting of the day that the address names; None where it names none."""
    try:
        day = DayConverter().to_python(clean_line(request.GET.get("meeting", "")))
    except ValueError:
        return None
    return meeting_on(day, visible_meetings(request.user))


def _item(request: HttpRequest, meeting: Meeting | None) -> MeetingItem | None:
    """The item of the meeting that the address names; None where it names none."""
    number = whole_number(request.GET.get("item", ""))
    return meeting.agenda.filter(pk=number).first() if meeting and number is not None else None


@allow(signed_in)
def finish(request: SignedInRequest, number: int) -> HttpResponse:
    """The form with which an action is done."""
    record = _action(request, number)
    require(can_finish_action(request.user, record), "Whoever acts for the body that owns it says that it is done.")
    form = FinishForm(posted(request))
    done = answered(request, form, operations.finish_action, record, said="The action is done.")
    return done or render(request, "steering/finish.html", {"form": form, "record": record})


@allow(can_minute, because="Only the secretariat moves the day of an action.")
def move_action(request: SignedInRequest, number: int) -> HttpResponse:
    """The form with which an action gets another day."""
    record = _action(request, number)
    form = MoveActionForm(posted(request))
    done = answered(request, form, operations.move_action, record, said="The action has another day.")
    return done or render(request, "steering/move_action.html", {"form": form, "record": record})
