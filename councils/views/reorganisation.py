"""The secretariat's one form for a council that ends: when, who takes over, what would go over; then it is recorded."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from core.answering import answered, posted, pressed, tried
from core.permissions import allow
from core.words import day_in_words
from councils import reorganising
from councils.foreseeing import ONLY_THE_SECRETARIAT, foresee
from councils.forms import ReorganiseForm
from councils.models import Organisation, Reorganisation
from councils.permissions import can_reorganise, visible_organisations
from councils.succession import what_goes_on


@allow(can_reorganise, because=ONLY_THE_SECRETARIAT)
def reorganise(request: HttpRequest, slug: str) -> HttpResponse:
    """The form; then the check page, which says what would happen and whose post records it."""
    council = _council(request, slug)
    form, step = ReorganiseForm(posted(request), council=council), request.POST.get("step")
    if step == "record" and (done := answered(request, form, reorganising.reorganise, council, said=_said, to=council)):
        return done
    if step not in ("record", "change") and (foreseen := tried(request, form, foresee, council)):
        context = {"organisation": council, "foreseen": foreseen, "sent": _sent(request.POST, form)}
        return render(request, "councils/reorganise_check.html", context)
    said = Reorganisation.objects.filter(council=council).select_related("carried_on_by").first()
    context = {"organisation": council, "form": form, "said": said, "goes_on": what_goes_on(council)}
    return render(request, "councils/reorganise.html", context)


@allow(can_reorganise, because=ONLY_THE_SECRETARIAT)
@require_POST
def take_back(request: HttpRequest, slug: str) -> HttpResponse:
    """Take back a reorganisation that is to come."""
    council = _council(request, slug)
    form_url = reverse("councils:reorganise", args=[slug])
    return pressed(request, reorganising.take_back_reorganisation, council, said=_taken_back, to=council, back=form_url)


def _council(request: HttpRequest, slug: str) -> Organisation:
    return get_object_or_404(visible_organisations(request.user).councils(), slug=slug)


def _sent(post: QueryDict, form: ReorganiseForm) -> list[tuple[str, str]]:
    """What was typed, by the names in which it was sent, a date in its three parts."""
    return [(name, post[name]) for name in post if name.startswith(tuple(form.fields))]


def _said(said: Reorganisation) -> str:
    if said.is_carried_out:
        return f"{said.council} is reorganised. What went on there is now with {said.carried_on_by}."
    day = day_in_words(said.takes_over_on)
    return f"Recorded. What goes on at {said.council} goes to {said.carried_on_by} on {day}."


def _taken_back(council: Organisation) -> str:
    return f"Taken back. {council} goes on."
