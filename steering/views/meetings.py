"""Meetings that were held."""

import datetime as dt

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.http import SignedInRequest
from core import clock
from core.errors import Refused
from core.forms import refuse
from core.pagination import page_of
from core.permissions import anyone, door
from core.words import day_in_words
from steering import operations
from steering.forms import MeetingForm
from steering.models import BoardSeat
from steering.permissions import can_minute, visible_meetings
from steering.queries import cases_waiting, host_warning, next_meeting, to_decide


@door(anyone)
def meetings(request: HttpRequest) -> HttpResponse:
    """All of them, the latest first."""
    held = visible_meetings(request.user).select_related("host__body")
    context = {
        "page_obj": page_of(request, held),
        "proposal": next_meeting(list(BoardSeat.objects.select_related("body")), held.first()),
        "can_minute": can_minute(request.user),
    }
    return render(request, "steering/meetings.html", context)


@door(anyone)
def meeting(request: HttpRequest, held_on: dt.date) -> HttpResponse:
    """One meeting: who was there, what was decided."""
    record = get_object_or_404(visible_meetings(request.user).select_related("host__body"), held_on=held_on)
    seats = list(BoardSeat.objects.select_related("body"))
    there = {seat.pk for seat in record.present.all()}
    context = {
        "record": record,
        "day": day_in_words(record.held_on),
        "facts": [("Host and chair", record.host), ("Place", record.place)],
        "seats": [(seat, seat.pk in there) for seat in seats],
        "present": len(there),
        "decisions": record.decisions.all(),
        "warning": host_warning(record.host, record.held_on),
        "waiting": [to_decide(case) for case in cases_waiting()[:20]] if (minutes := can_minute(request.user)) else [],
        "can_minute": minutes,
    }
    return render(request, "steering/meeting.html", context)


@door(can_minute, because="Only the secretariat writes down meetings.")
def hold(request: SignedInRequest) -> HttpResponse:
    """Write down a meeting; the form begins today, at the host the rhythm proposes."""
    last = visible_meetings(request.user).select_related("host__body").first()
    proposal = next_meeting(list(BoardSeat.objects.select_related("body")), last)
    initial = {"held_on": clock.today(), "host": proposal.host.pk if proposal else None}
    form = MeetingForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid() and _stands(request, form):
        try:
            record = operations.hold_meeting(by=request.user, **form.cleaned_data)
        except Refused as refusal:
            refuse(form, refusal)
        else:
            if warning := host_warning(record.host, record.held_on):
                messages.warning(request, warning)
            messages.success(request, "The meeting is written down.")
            return redirect(record)
    return render(request, "steering/hold.html", {"form": form, "proposal": proposal})


def _stands(request: SignedInRequest, form: MeetingForm) -> bool:
    """Two in a row at one host need a second look."""
    warning = host_warning(form.cleaned_data["host"], form.cleaned_data["held_on"])
    if not warning or "anyway" in request.POST:
        return True
    form.ask_for_a_yes()
    form.add_error("host", f"{warning} Tick the box below if it was so all the same.")
    return False
