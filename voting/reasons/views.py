"""The page on which those who run a vote read what voters gave as their reasons."""

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from core.answering import pressed
from core.copies import do_not_keep
from voting.ballots.models import Ballot
from voting.ballots.sentences import FEWEST
from voting.ballots.views import ballot_to_run, facilitators
from voting.reasons import operations
from voting.reasons.models import Reason
from voting.reasons.queries import LOST, were_lost


@facilitators
def reasons(request: SignedInRequest, reference: str) -> HttpResponse:
    """The reasons of a vote whose result is shown, to be shown or held back one by one."""
    ballot = _with_reasons(request, reference)
    found = list(Reason.objects.filter(ballot=ballot).select_related("moderated_by"))
    do_not_keep(request)
    response = render(
        request,
        "voting/reasons.html",
        {
            "ballot": ballot,
            "reasons": found,
            "shown": sum(reason.state == Reason.State.SHOWN for reason in found),
            "fewest": FEWEST,
            "were_lost": LOST if were_lost(ballot) else "",
            "is_published": ballot.state == Ballot.State.PUBLISHED,
        },
    )
    response["Cache-Control"] = "private, no-store"
    return response


def _with_reasons(request: SignedInRequest, reference: str) -> Ballot:
    ballot = ballot_to_run(request, reference)
    if not ballot.asks_reason or not ballot.is_revealed:
        raise Http404("Reasons are read once the result is shown.")
    return ballot


def _decide(request: SignedInRequest, reference: str, reason: str, operation: Callable[..., Reason]) -> HttpResponse:
    ballot = _with_reasons(request, reference)
    found = get_object_or_404(Reason, ballot=ballot, pk=reason)
    to = f"{reverse('voting:reasons', args=[ballot.reference])}#reason-{found.pk}"
    return pressed(request, operation, found, said="", to=to)


@facilitators
@require_POST
def show(request: SignedInRequest, reference: str, reason: str) -> HttpResponse:
    return _decide(request, reference, reason, operations.show_reason)


@facilitators
@require_POST
def hold_back(request: SignedInRequest, reference: str, reason: str) -> HttpResponse:
    return _decide(request, reference, reason, operations.hold_reason_back)


@facilitators
@require_POST
def read_again(request: SignedInRequest, reference: str, reason: str) -> HttpResponse:
    return _decide(request, reference, reason, operations.read_reason_again)
