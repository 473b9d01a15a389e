"""Pages of meetings: planned, moved, cancelled, held, and who comes."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from accounts.models import AnyUser, User
from core import clock
from core.answering import answered, posted, pressed, way_back
from core.pagination import page_of
from core.permissions import allow, anyone
from core.words import day_in_words
from steering import operations
from steering.forms import MeetingForm
from steering.forms.planning import CancelForm, ComingForm, HeldForm, PlanMeetingForm
from steering.models import BoardSeat, BodyAttendance, Meeting
from steering.packs.queries import pack_line
from steering.permissions import (
    can_answer,
    can_minute,
    reads_restricted_papers,
    seat_of,
    sees_who_came,
    sits_on_board,
    visible_actions,
    visible_meetings,
)
from steering.queries import (
    MeetingRoll,
    Proposal,
    cases_waiting,
    coming_meeting,
    host_warning,
    last_meeting,
    meeting_after,
    meeting_on,
    moved_from,
    next_meeting,
    roll_of_meeting,
    to_decide,
)
from steering.queries.agenda import agenda_of
from steering.queries.meetings import BodyAtMeeting
from steering.queries.papers import papers_of, readings_of

PLANS = "Only the secretariat plans and writes down meetings."


def around_the_next_meeting(user: AnyUser, last: Meeting | None, seats: Sequence[BoardSeat]) -> dict[str, Any]:
    """The context of the part about the next meeting: the one planned and who comes, or the rhythm's proposal.

    `last` is the last that was held, and `seats` are those of today.
    """
    coming = coming_meeting()
    if coming:
        roll = roll_of_meeting(coming)
        return {
            "coming": coming,
            "coming_roll": roll,
            "own": _own_body(roll, user),
            "before_it": last,
            **pack_line(coming, user),
        }
    return {"proposal": next_meeting(seats, last)}


def _own_body(roll: MeetingRoll, user: AnyUser) -> BodyAtMeeting | None:
    """The body that somebody represents, at a meeting at which it has a seat."""
    own = seat_of(user)
    return next((body for body in roll.bodies if own and body.seat.pk == own.pk), None)


@allow(anyone)
def meetings(request: HttpRequest) -> HttpResponse:
    """The list of meetings, the latest first."""
    context = {
        **around_the_next_meeting(request.user, last_meeting(), list(BoardSeat.objects.as_at().select_related("body"))),
        "page_obj": page_of(request, visible_meetings(request.user).select_related("host__body")),
        "can_minute": can_minute(request.user),
    }
    return render(request, "steering/meetings.html", context)


def meeting_or_404(user: AnyUser, day: dt.date) -> Meeting:
    """The meeting of that day that somebody may see."""
    record = meeting_on(day, visible_meetings(user).select_related("host__body"))
    if record is None:
        raise Http404("No meeting is or was planned for that day.")
    return record


@allow(anyone)
def meeting(request: HttpRequest, day: dt.date) -> HttpResponse:
    """The page of one meeting: who comes or was there, agenda and papers, decisions and actions.

    The address of a day from which it was moved leads to it.
    """
    record = meeting_on(day, visible_meetings(request.user).select_related("host__body"))
    if record is None:
        moved = moved_from(day)
        if moved is None:
            raise Http404("No meeting is or was planned for that day.")
        return redirect(moved)
    return render(request, "steering/meeting.html", _around(record, request.user))


def _around(record: Meeting, user: AnyUser) -> dict[str, Any]:
    minutes = can_minute(user)
    roll = roll_of_meeting(record)
    papers = papers_of(record)
    reads = reads_restricted_papers(user)
    return {
        "record": record,
        "day": day_in_words(record.day),
        "facts": [
            ("Host and chair", record.host),
            ("Hours", record.hours),
            ("Place", record.place),
            ("First planned for", day_in_words(_first_day(record))),
        ],
        "roll": roll,
        "own": _own_body(roll, user),
        "sees_people": sees_who_came(user),
        "agenda": agenda_of(record, papers),
        "has_papers": bool(papers),
        "iso": record.day.isoformat(),
        "papers": [paper for paper in papers if paper.item_id is None],
        "reads": reads,
        "needs_a_factor": not reads and sits_on_board(user) and any(paper.is_restricted for paper in papers),
        "readings": readings_of(record) if reads else [],
        "decisions": record.decisions.all(),
        "actions": visible_actions(user).filter(meeting=record).select_related("owner"),
        "warning": "" if record.is_cancelled else host_warning(record.host, record.day, besides=record),
        "waiting": [to_decide(case) for case in cases_waiting()[:20]] if minutes and record.is_held else [],
        "can_minute": minutes,
        "has_begun": record.has_begun,
        **pack_line(record, user),
    }


def _first_day(record: Meeting) -> dt.date | None:
    """The day for which a meeting that was moved was first planned."""
    move = record.moves.order_by("moved_at", "pk").first()
    return move.day if move and move.day != record.day else None


@allow(can_minute, because=PLANS)
def plan(request: SignedInRequest) -> HttpResponse:
    """The form to plan a meeting, prefilled with what the rhythm proposes after the last one planned or held."""
    proposal = _proposal()
    initial = {"day": proposal.on, "host": proposal.host.pk} if proposal else {}
    form = PlanMeetingForm(posted(request), initial=initial)
    _ask_for_confirmation(request, form)
    done = answered(request, form, _with_warning(request, operations.plan_meeting), said="The meeting is planned.")
    return done or render(request, "steering/plan.html", {"form": form, "proposal": proposal})


def _proposal() -> Proposal | None:
    """What the rhythm proposes after the last meeting that is planned, or else after the last held."""
    seats = list(BoardSeat.objects.as_at().select_related("body"))
    planned = Meeting.objects.planned().filter(day__gte=clock.today()).select_related("host__body").first()
    return meeting_after(planned, seats) if planned else next_meeting(seats, last_meeting())


@allow(can_minute, because=PLANS)
def move(request: SignedInRequest, day: dt.date) -> HttpResponse:
    """The form to give a planned meeting another day, hours, host or place."""
    record = meeting_or_404(request.user, day)
    initial = {name: getattr(record, name) for name in ("day", "starts_at", "ends_at", "place")}
    form = PlanMeetingForm(posted(request), initial={**initial, "host": record.host_id})
    _ask_for_confirmation(request, form, besides=record)
    operation = _with_warning(request, operations.move_meeting)
    done = answered(request, form, operation, record, said="Saved. The board is written to.")
    return done or render(request, "steering/move.html", {"form": form, "record": record})


@allow(can_minute, because=PLANS)
def cancel(request: SignedInRequest, day: dt.date) -> HttpResponse:
    """The form to cancel a planned meeting."""
    record = meeting_or_404(request.user, day)
    form = CancelForm(posted(request))
    said = "The meeting is cancelled. The board is written to."
    done = answered(request, form, operations.cancel_meeting, record, said=said)
    return done or render(request, "steering/cancel.html", {"form": form, "record": record})


@allow(can_answer, because="Whoever represents a body says whether it comes.")
@require_POST
def coming(request: SignedInRequest, day: dt.date) -> HttpResponse:
    """The buttons with which a body says whether it comes: one's own, or for the secretariat any `body`."""
    record = meeting_or_404(request.user, day)
    seat = seat_of(request.user)
    if body := request.POST.get("body", ""):
        seat = get_object_or_404(BoardSeat.objects.as_at(record.day), body__slug=body.replace("\0", ""))
    back = way_back(request) or record.get_absolute_url()
    form = ComingForm(request.POST, seat=seat)
    return pressed(request, operations.answer_for_body, record, form=form, said=_said, to=back, back=back)


def _said(answer: BodyAttendance) -> str:
    return f"{answer.seat} comes." if answer.came == BodyAttendance.Came.EXPECTED else f"{answer.seat} sends apologies."


@allow(can_minute, because=PLANS)
def held(request: SignedInRequest, day: dt.date) -> HttpResponse:
    """The form to write down that a planned meeting was held, and which bodies were there; later, to put that right."""
    record = meeting_or_404(request.user, day)
    if record.is_cancelled:
        raise Http404("This meeting was cancelled, so there is nothing to write down.")
    form = HeldForm(posted(request), meeting=record, roll=roll_of_meeting(record))
    if record.is_held:
        done = answered(request, form, operations.correct_attendance, record, said="Who was there is corrected.")
    else:
        said = "The meeting is written down. Now its minutes, decisions and actions."
        done = answered(request, form, operations.hold_planned_meeting, record, said=said)
    return done or render(request, "steering/held.html", {"form": form, "record": record})


@allow(can_minute, because="Only the secretariat writes down meetings.")
def hold(request: SignedInRequest) -> HttpResponse:
    """The form to record a meeting that was held and not planned here, prefilled with today and the rhythm's host."""
    proposal = next_meeting(list(BoardSeat.objects.as_at().select_related("body")), last_meeting())
    initial = {"day": clock.today(), "host": proposal.host.pk if proposal else None}
    form = MeetingForm(posted(request), initial=initial)
    _ask_for_confirmation(request, form)
    done = answered(request, form, _with_warning(request, operations.hold_meeting), said="The meeting is written down.")
    return done or render(request, "steering/hold.html", {"form": form, "proposal": proposal})


def _ask_for_confirmation(
    request: HttpRequest, form: MeetingForm | PlanMeetingForm, *, besides: Meeting | None = None
) -> None:
    """Ask for confirmation where one host has two meetings in a row."""
    if not form.is_valid() or "anyway" in request.POST:
        return
    if warning := host_warning(form.cleaned_data["host"], form.cleaned_data["day"], besides=besides):
        form.add_confirmation()
        form.add_error("host", f"{warning} Tick the box below if that is so all the same.")


def _with_warning(request: HttpRequest, operation: Any) -> Any:
    """The operation, after which a message warns where one host has two meetings in a row."""

    def done(*about: Any, by: User, **answers: Any) -> Meeting:
        made = operation(*about, by=by, **answers)
        if warning := host_warning(made.host, made.day, besides=made):
            messages.warning(request, warning)
        return made

    return done
