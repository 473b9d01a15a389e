"""Pages of meetings that were held."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts.http import SignedInRequest
from accounts.models import User
from core import clock
from core.answering import answered, posted
from core.pagination import page_of
from core.permissions import allow, anyone
from core.words import day_in_words
from steering import operations
from steering.forms import MeetingForm
from steering.models import BoardSeat, Meeting
from steering.packs.queries import pack_line
from steering.permissions import can_minute, visible_meetings
from steering.queries import cases_waiting, host_warning, next_meeting, to_decide


@allow(anyone)
def meetings(request: HttpRequest) -> HttpResponse:
    """The list of meetings, the latest first."""
    held = visible_meetings(request.user).select_related("host__body")
    context = {
        "page_obj": page_of(request, held),
        "proposal": next_meeting(list(BoardSeat.objects.select_related("body")), held.first()),
        "can_minute": can_minute(request.user),
    }
    return render(request, "steering/meetings.html", context)


@allow(anyone)
def meeting(request: HttpRequest, day: dt.date) -> HttpResponse:
    """The page of one meeting: who was there, what was decided."""
    record = get_object_or_404(visible_meetings(request.user).select_related("host__body"), day=day)
    seats = list(BoardSeat.objects.select_related("body"))
    there = {seat.pk for seat in record.present()}
    context = {
        "record": record,
        "day": day_in_words(record.day),
        "facts": [("Host and chair", record.host), ("Place", record.place)],
        "seats": [(seat, seat.pk in there) for seat in seats],
        "present": len(there),
        "decisions": record.decisions.all(),
        "warning": host_warning(record.host, record.day),
        "waiting": [to_decide(case) for case in cases_waiting()[:20]] if (minutes := can_minute(request.user)) else [],
        "can_minute": minutes,
        **pack_line(record, request.user),
    }
    return render(request, "steering/meeting.html", context)


@allow(can_minute, because="Only the secretariat writes down meetings.")
def hold(request: SignedInRequest) -> HttpResponse:
    """The form to record a meeting, prefilled with today and the host that the rhythm proposes."""
    last = visible_meetings(request.user).select_related("host__body").first()
    proposal = next_meeting(list(BoardSeat.objects.select_related("body")), last)
    initial = {"day": clock.today(), "host": proposal.host.pk if proposal else None}
    form = MeetingForm(posted(request), initial=initial)
    if form.is_valid() and "anyway" not in request.POST:
        _ask_for_confirmation(form)

    def write_down(*, by: User, **meeting: Any) -> Meeting:
        held = operations.hold_meeting(by=by, **meeting)
        if warning := host_warning(held.host, held.day):
            messages.warning(request, warning)
        return held

    done = answered(request, form, write_down, said="The meeting is written down.")
    return done or render(request, "steering/hold.html", {"form": form, "proposal": proposal})


def _ask_for_confirmation(form: MeetingForm) -> None:
    """Ask for confirmation where one host has two meetings in a row."""
    if warning := host_warning(form.cleaned_data["host"], form.cleaned_data["day"]):
        form.add_confirmation()
        form.add_error("host", f"{warning} Tick the box below if it was so all the same.")
