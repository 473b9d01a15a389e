"""The pages on which a wave is prepared, and its release plan chosen."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from accounts.http import SignedInRequest
from accounts.models import User
from core.answering import answered, posted
from core.permissions import allow
from surveys.fieldwork.models import Fieldwork
from surveys.fieldwork.permissions import BECAUSE, can_run_surveys
from surveys.fieldwork.preparing import prepare_wave
from surveys.fieldwork.views.running import running_of
from surveys.release import operations
from surveys.release.forms import PrepareForm, PrintedTablesForm
from surveys.release.plan import plan_lines
from surveys.waves.models import Wave


@allow(can_run_surveys, because=BECAUSE)
def prepare(request: SignedInRequest, year: int) -> HttpResponse:
    """The form that prepares the wave after this one, with its questions."""
    wave = get_object_or_404(Wave, year=year)
    form = PrepareForm(posted(request), initial={"year": year + 1})

    def prepare_it(wave: Wave, *, by: User, **answers: object) -> Fieldwork:
        return prepare_wave(after=wave, by=by, **answers)  # type: ignore[arg-type]  # the form's

    def to(fieldwork: Fieldwork) -> str:
        return reverse("surveys:plan", args=[fieldwork.wave.year])

    said = "Prepared, with the questions of the wave before. Next: choose which tables will be printed."
    return answered(request, form, prepare_it, wave, said=said, to=to) or render(
        request, "surveys/prepare.html", {"wave": wave, "form": form}
    )


@allow(can_run_surveys, because=BECAUSE)
def plan(request: SignedInRequest, year: int) -> HttpResponse:
    """Which tables the wave prints and by what: a form until it opens, then as it was fixed."""
    fieldwork = running_of(year)
    context: dict[str, object] = {"fieldwork": fieldwork, "wave": fieldwork.wave}
    if fieldwork.state != Fieldwork.State.PREPARED:
        return render(request, "surveys/plan.html", context | {"lines": plan_lines(fieldwork)})
    form = PrintedTablesForm(fieldwork, posted(request))
    to = reverse("surveys:plan", args=[year])
    return answered(request, form, operations.choose_plan, fieldwork, said="The plan is saved.", to=to) or render(
        request, "surveys/plan.html", context | {"form": form}
    )
