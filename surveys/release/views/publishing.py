"""The buttons with which a wave is closed and published."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from core.answering import pressed
from core.permissions import allow
from surveys.fieldwork.permissions import BECAUSE, can_run_surveys
from surveys.fieldwork.views.running import running_of
from surveys.release import operations


@allow(can_run_surveys, because=BECAUSE)
def close(request: SignedInRequest, year: int) -> HttpResponse:
    """Says what closing now means, and does it."""
    fieldwork = running_of(year)
    if request.method == "POST":
        said = "No more answers are taken. They are opened and counted in a minute or two."
        return pressed(request, operations.end_answers, fieldwork, said=said, to=_bench(year))
    return render(request, "surveys/close.html", {"wave": fieldwork.wave, "fieldwork": fieldwork})


@allow(can_run_surveys, because=BECAUSE)
@require_POST
def propose(request: SignedInRequest, year: int) -> HttpResponse:
    """The button that proposes the figures for publication."""
    said = "Proposed. Another analyst looks at the figures and publishes them."
    return pressed(request, operations.propose_release, running_of(year), said=said, to=_bench(year))


@allow(can_run_surveys, because=BECAUSE)
@require_POST
def take_back(request: SignedInRequest, year: int) -> HttpResponse:
    """The button that takes the proposal back."""
    said = "The proposal is taken back. Codings and rows can change again."
    return pressed(request, operations.take_back_proposal, running_of(year), said=said, to=_bench(year))


@allow(can_run_surveys, because=BECAUSE)
@require_POST
def confirm(request: SignedInRequest, year: int) -> HttpResponse:
    """The button that publishes what somebody else proposed."""
    to = reverse("surveys:wave", args=[year])
    confirm_it = partial(operations.confirm_release, seen=request.POST.get("seen", ""))
    return pressed(request, confirm_it, running_of(year), said="Published.", to=to, back=_bench(year))


def _bench(year: int) -> str:
    return reverse("surveys:bench", args=[year])
