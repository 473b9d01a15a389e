"""The page of the feedback form."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from accounts.http import SignedInRequest
from accounts.models import User
from core.answering import answered, posted
from core.permissions import allow, signed_in
from events.feedback import operations
from events.feedback.forms import FeedbackForm
from events.feedback.models import Feedback
from events.feedback.queries import is_opened, is_taken, is_void, takes_comment, why_not_safe
from events.permissions import visible_events
from events.places.queries import living_place


@allow(signed_in)
def give(request: SignedInRequest, slug: str) -> HttpResponse:
    """The form, once for each person who was there; afterwards the page of thanks.

    No message is kept in the session: the time of its change could be matched with the form.
    """
    event = get_object_or_404(visible_events(request.user).select_related("feedback_round"), slug=slug)
    place = living_place(event, request.user)
    form = FeedbackForm(posted(request), takes_comment=takes_comment(event))

    def give(*, by: User, comment: str = "", **answers: bool | None) -> Feedback | None:  # the place stands for them
        reference = place.reference if place else None
        return operations.give_feedback(event, answers=answers, comment=comment, place_reference=reference)

    if done := answered(request, form, give, to=reverse("events:feedback", args=[event.slug])):
        return done
    context = {
        "event": event,
        "form": form,
        "is_open": is_taken(event),
        "is_void": is_void(event),
        "is_opened": is_opened(event),
        "opens_soon": event.feedback_round is None,
        "why_not_safe": why_not_safe(event),
        "closes_at": event.feedback_closes_at,
        "was_there": bool(place and place.checked_in_at),
        "is_given": bool(place and place.has_given_feedback),
    }
    return render(request, "events/feedback.html", context)
