"""The secretariat's one form for a council that ends: when, who takes over, and what goes over."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from core.answering import answered, posted
from core.permissions import allow
from core.words import day_in_words
from councils.forms import ReorganiseForm
from councils.models import Reorganisation
from councils.permissions import can_reorganise, visible_organisations
from councils.reorganising import reorganise as record
from councils.succession import what_goes_on


@allow(can_reorganise, because="Only the secretariat, with a second factor set up, records a reorganisation.")
def reorganise(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that a council ends; the page shows what would go over, and once it went what did."""
    council = get_object_or_404(visible_organisations(request.user).councils(), slug=slug)
    form = ReorganiseForm(posted(request), council=council)
    if done := answered(request, form, record, council, said=_said, to=council):
        return done
    said = Reorganisation.objects.filter(council=council).select_related("carried_on_by").first()
    context = {"organisation": council, "form": form, "said": said, "goes_on": what_goes_on(council)}
    return render(request, "councils/reorganise.html", context)


def _said(said: Reorganisation) -> str:
    if said.is_carried_out:
        return f"{said.council} is reorganised. What went on there is now with {said.carried_on_by}."
    day = day_in_words(said.takes_over_on)
    return f"Recorded. What goes on at {said.council} goes to {said.carried_on_by} on {day}."
