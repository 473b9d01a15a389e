"""The page on which an event is copied."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts.http import SignedInRequest
from accounts.models import User
from core.answering import answered, posted
from core.permissions import allow
from core.words import counted
from events.event.models import Event
from events.permissions import can_facilitate_events, events_run_by
from events.series import operations
from events.series.forms import CopyForm

BECAUSE = "The programme is kept by facilitators and the secretariat, signed in with a second factor."


@allow(can_facilitate_events, because=BECAUSE)
def copy(request: SignedInRequest, slug: str) -> HttpResponse:
    """The form of an event's copies, saved as drafts or published."""
    event = get_object_or_404(events_run_by(request.user).select_related("series"), slug=slug)
    sent = posted(request)
    form = CopyForm(sent, initial={"title": event.title, "in_series": event.series_id is not None})
    is_draft = sent is not None and "draft" in sent

    def copy_it(event: Event, *, by: User, **answers: object) -> Event:
        return operations.copy_event(event, by=by, is_draft=is_draft, **answers)  # type: ignore[arg-type]  # the form's

    def said(first: Event) -> str:
        days = counted(form.cleaned_data["times"], "day")
        return (
            f"{days} saved as {'a draft' if days == '1 day' else 'drafts'}."
            if is_draft
            else f"{days} open for sign-up."
        )

    if done := answered(request, form, copy_it, event, said=said):
        return done
    form.ask_no_clock()
    return render(request, "events/copy.html", {"form": form, "event": event})
