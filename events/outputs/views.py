"""The page on which those who run an event say what came out of it, and the documents themselves."""

from pathlib import Path

from django.http import HttpResponse
from django.http.request import HttpRequest
from django.shortcuts import get_object_or_404, render
from django.utils.text import slugify
from django.views.decorators.http import require_POST, require_safe

from accounts.http import SignedInRequest
from core.answering import answered, posted, pressed, turned_back
from core.permissions import allow, anyone
from core.pictures import file_answer
from events.event.models import Event
from events.outputs import operations
from events.outputs.forms import OutputForm
from events.outputs.models import Output
from events.permissions import can_run_events, events_run_by, visible_events
from events.programme.forms import BroughtForthForm
from events.programme.operations import bring_forth

BECAUSE = "An event is run by its organisers, facilitators and the secretariat, signed in with a second factor."


def _event(request: SignedInRequest, slug: str) -> Event:
    return get_object_or_404(events_run_by(request.user), slug=slug)


def _page(request: SignedInRequest, event: Event, form: BroughtForthForm, output_form: OutputForm) -> HttpResponse:
    context = {
        "event": event,
        "form": form,
        "output_form": output_form,
        "wrong": output_form if output_form.is_bound else form,
        "outputs": event.outputs.order_by("pk"),
    }
    return render(request, "events/brought_forth.html", context)


@allow(can_run_events, because=BECAUSE)
def brought_forth(request: SignedInRequest, slug: str) -> HttpResponse:
    """The needs and prototypes that came out of the day, and what else did."""
    event = _event(request, slug)
    if back := turned_back(request, operations.refuse_unless_begun, event, to=event):
        return back
    form = BroughtForthForm(posted(request), event=event)
    done = answered(request, form, bring_forth, event, said="Saved.")
    return done or _page(request, event, form, OutputForm())


@allow(can_run_events, because=BECAUSE)
@require_POST
def add_output(request: SignedInRequest, slug: str) -> HttpResponse:
    """Add slides, a recording, notes or a decision, by post; what is wrong stands in the page with the form."""
    event = _event(request, slug)
    output_form = OutputForm(request.POST, request.FILES)
    done = answered(
        request, output_form, operations.add_output, event, said="Added to the page of the event.", to=_way_back
    )
    return done or _page(request, event, BroughtForthForm(None, event=event), output_form)


def _way_back(output: Output) -> str:
    return f"{output.event.get_absolute_url()}brought-forth/"


@allow(can_run_events, because=BECAUSE)
@require_POST
def remove_output(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Take something off again, by post."""
    event = _event(request, slug)
    output = get_object_or_404(event.outputs.select_related("event"), pk=number)
    way_back = _way_back(output)
    return pressed(request, operations.remove_output, output, said=f"“{output}” is off the page.", to=way_back)


@allow(anyone)
@require_safe
def output(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A document that came out of a day, to be saved rather than opened here."""
    event = get_object_or_404(visible_events(request.user), slug=slug)
    found = get_object_or_404(event.outputs.exclude(document=""), pk=number)
    response = file_answer(found.document)
    response.as_attachment = True
    name = f"{slugify(found.title)[:80] or 'document'}{Path(found.document.name).suffix.lower()}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
