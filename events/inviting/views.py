"""The page from which people are invited."""

from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render

from accounts.http import SignedInRequest
from core.answering import answered, posted, turned_back
from core.permissions import allow
from core.tables import table_response, wants_table
from core.words import counted, series
from events.inviting import operations
from events.inviting.forms import InviteForm
from events.inviting.models import Invitation
from events.inviting.pages import Radar, invite_page, radar_table
from events.inviting.queries import councils_in
from events.permissions import can_run_events, events_run_by

BECAUSE = "Invitations are sent by those who run events, signed in with a second factor."


@allow(can_run_events, because=BECAUSE)
def invite(request: SignedInRequest, slug: str) -> HttpResponseBase:
    """The coverage radar, the councils of one of its cells to invite, and who has been; `format` gives its file."""
    event = get_object_or_404(events_run_by(request.user).select_related("discovery"), slug=slug)
    radar = Radar(event, request.GET)
    if wants_table(request):
        return table_response(request, radar_table(radar))
    if request.method != "POST" and (over := turned_back(request, operations.refuse_closed, event, to=event)):
        return over
    councils = councils_in(event, radar.scope, radar.cell) if radar.cell else None
    form = InviteForm(posted(request), councils=councils)

    def said(new: list[Invitation]) -> str:
        nobody = [council.full_name for council in form.cleaned_data.get("councils", ()) if not council.people]
        return f"{_said(new)} Nobody can be written to yet at {series(nobody, most=5)}." if nobody else _said(new)

    done = answered(request, form, operations.invite, event, said=said, to=request.get_full_path())
    return done or render(request, "events/invite.html", {"form": form, **invite_page(radar)})


def _said(new: list[Invitation]) -> str:
    if not new:
        return "Nobody new: whoever can be written to is invited already, or has signed up."
    return f"{counted(len(new), 'invitation')} on the way."
