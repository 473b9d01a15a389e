"""The seven questions, asked of those who were there, kept without their names."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.http import SignedInRequest
from core.errors import Refused
from core.forms import refuse
from core.permissions import door, signed_in
from events.feedback import operations
from events.feedback.forms import FeedbackForm
from events.permissions import visible_events
from events.places.queries import living_place


@door(signed_in)
def give(request: SignedInRequest, slug: str) -> HttpResponse:
    """The form, once for each person who was there; afterwards thanks.

    No message is kept in the session: the time of its change could be laid beside the answer.
    """
    event = get_object_or_404(visible_events(request.user), slug=slug)
    place = living_place(event, request.user)
    form = FeedbackForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reference = place.reference if place else None
        try:
            operations.give_feedback(event, answers=form.cleaned_data, place_reference=reference)
        except Refused as refusal:
            refuse(form, refusal)
        else:
            return redirect("events:feedback", slug=event.slug)
    context = {
        "event": event,
        "form": form,
        "is_open": event.takes_feedback,
        "closes_at": event.feedback_closes_at,
        "was_there": bool(place and place.checked_in_at),
        "is_given": bool(place and place.has_given_feedback),
    }
    return render(request, "events/feedback.html", context)
