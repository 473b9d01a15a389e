"""Pages on which people are asked to run an event, and accept."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from accounts.permissions import has_second_factor
from core.answering import answered, posted, pressed
from core.permissions import allow, anyone, lead_to_sign_in, signed_in
from core.signed_links import key_in
from core.words import moment_in_words
from events.event.models import Event
from events.event.people import Organiser
from events.organisers import operations
from events.organisers.forms import OrganiserForm
from events.organisers.permissions import can_accept_invitation, can_remove_organiser
from events.permissions import can_name_organisers, can_run_event, can_run_events, events_run_by

BECAUSE = "Who runs an event is for those who run it, signed in with a second factor."


@allow(can_run_events, because=BECAUSE)
def organiser_list(request: SignedInRequest, slug: str) -> HttpResponse:
    """Who runs an event; whoever made it, and the secretariat, ask others on the same page."""
    event = get_object_or_404(events_run_by(request.user).select_related("made_by"), slug=slug)
    may_name = event.state != Event.State.CANCELLED and can_name_organisers(request.user, event)
    form = OrganiserForm(posted(request))
    done = answered(
        request,
        form,
        operations.make_organiser,
        event,
        said=lambda organiser: f"We are writing to {organiser.email}. They run the event once they have accepted.",
        to=reverse("events:organisers", args=[event.slug]),
    )
    if done:
        return done
    organisers = event.organisers.select_related("person", "given_by", "event")
    lines = [(one, can_remove_organiser(request.user, one)) for one in organisers if one.person or not one.why_over]
    context = {"event": event, "form": form, "lines": lines, "may_name": may_name}
    return render(request, "events/organisers.html", context)


@allow(signed_in)
@require_POST
def remove(request: SignedInRequest, slug: str, key: str) -> HttpResponse:
    """Remove an organiser or take an invitation back, by post; organisers step down here too."""
    events = events_run_by(request.user) | Event.objects.filter(organisers__person=request.user)
    event = get_object_or_404(events.distinct(), slug=slug)
    organiser = get_object_or_404(event.organisers.select_related("event"), key=key)
    is_own = organiser.person_id == request.user.pk
    said = "You do not run this event any more." if is_own else "Removed."
    list_of = reverse("events:organisers", args=[event.slug])

    def onward(event: Event) -> str:
        return list_of if can_run_event(request.user, event) else event.get_absolute_url()

    return pressed(request, operations.remove_organiser, organiser, said=said, to=onward, back=list_of)


@never_cache
@allow(anyone)
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The page of an invitation, open to whoever has the link; its recipient accepts by post."""
    organisers = Organiser.objects.select_related("event", "person", "given_by")
    organiser = get_object_or_404(organisers, key=key_in(Organiser.PURPOSE, token))
    event = organiser.event
    if request.method == "POST" and not request.user.is_authenticated:
        return lead_to_sign_in(request)
    if request.method == "POST":
        run = reverse("events:run", args=[event.slug])
        to = run if has_second_factor(request.user) else organiser.get_absolute_url()
        return pressed(request, operations.accept_invitation, organiser, said="You run this event now.", to=to)
    if organiser.person_id and organiser.person_id == request.user.pk and has_second_factor(request.user):
        return redirect("events:run", event.slug)
    context = {
        "organiser": organiser,
        "event": event,
        "is_own": organiser.person_id is not None and organiser.person_id == request.user.pk,
        "facts": [("When", event.when), ("Where", event.where), ("Open until", moment_in_words(organiser.expires_at))],
        "may_accept": can_accept_invitation(request.user, organiser),
    }
    return render(request, "events/organiser.html", context)
