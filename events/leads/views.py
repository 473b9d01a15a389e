"""The pages of savings: telling of one, and the secretariat's queue."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.http import SignedInRequest
from accounts.models import User
from core.answering import answered, posted
from core.listing import listed
from core.numbers import revision_read
from core.permissions import allow, signed_in
from events.event import keeping
from events.leads import operations
from events.leads.forms import FollowForm, SavingForm
from events.leads.lists import LEADS, money_of
from events.leads.models import Lead
from events.leads.permissions import can_follow_leads, can_tell_of_saving, visible_leads
from events.permissions import visible_events

_because = "Only the secretariat, with a second factor set up, follows up savings."


@allow(signed_in)
def tell(request: SignedInRequest, slug: str) -> HttpResponse:
    """The form to tell of a saving, for everybody who was there: that somebody opens it says nothing of their answers.

    No message is kept in the session: the time of its change could be matched with a saving without a name.
    """
    event = get_object_or_404(visible_events(request.user), slug=slug)
    form = SavingForm(posted(request))
    if done := answered(request, form, operations.tell_of_saving, event, to=reverse("events:saving_told", args=[slug])):
        return done
    was_there = can_tell_of_saving(request.user, event)
    context = {"event": event, "form": form, "was_there": was_there, "goes_on": keeping.NAMES.goes_on(event)}
    return render(request, "events/saving.html", context)


@allow(signed_in)
@require_safe
def told(request: SignedInRequest, slug: str) -> HttpResponse:
    """The page after a saving was told of, the same for everybody."""
    event = get_object_or_404(visible_events(request.user), slug=slug)
    return render(request, "events/saving_told.html", {"event": event})


@allow(can_follow_leads, because=_because)
@require_safe
def leads(request: SignedInRequest) -> HttpResponseBase:
    return listed(request, LEADS, "events/leads.html")


@allow(can_follow_leads, because=_because)
def lead(request: SignedInRequest, reference: str) -> HttpResponse:
    """One saving, with how far it is."""
    found = visible_leads(request.user).select_related("event", "service", "person")
    one = get_object_or_404(found, reference=reference)
    form = FollowForm(posted(request), initial={"state": one.state, "note": one.note})
    revision = request.POST.get("revision", "") if form.is_bound else str(one.revision)

    def follow(lead: Lead, *, by: User, **answers: str) -> Lead:
        return operations.follow_lead(lead, by=by, read_at=revision_read(revision), **answers)

    if done := answered(request, form, follow, one, said="Saved.", to=reverse("events:leads")):
        return done
    one.refresh_from_db(fields=["state", "note", "revision"])
    facts = [
        ("Event", one.event.title, one.event.get_absolute_url()),
        ("Service", str(one.service or "Not in one service")),
        ("Money", money_of(one).capitalize() or "No figure named"),
        ("State", one.get_state_display()),
    ]
    context = {"lead": one, "form": form, "facts": facts, "goes_on": keeping.NAMES.goes_on(one.event)}
    return render(request, "events/lead.html", context)
