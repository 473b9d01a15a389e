"""The live state as JSON for polling, and the screen of the hall."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response

from core.permissions import allow, anyone
from design_system.qr import qr_code
from voting.ballots.models import Ballot
from voting.ballots.queries import coming_roll, options_of
from voting.ballots.sentences import closing_words
from voting.ballots.views import seen_ballot, watched_ballot
from voting.outcome.queries import figures, state_of, tally
from voting.permissions import visible_ballots


@allow(anyone)
def state(request: HttpRequest, reference: str) -> HttpResponse:
    """The JSON that sockets send; 304 where the reader's copy is up to date."""
    ballot = watched_ballot(request, reference)
    etag = f'"{ballot.version}-{ballot.state}-{ballot.takes_votes}"'
    unchanged = get_conditional_response(request, etag=etag)
    response = unchanged or JsonResponse(state_of(ballot))
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    return response


@allow(anyone)
def screen(request: HttpRequest, reference: str) -> HttpResponse:
    """The page for the screen of the hall: the count, the turnout and how to join."""
    ballot = seen_ballot(request, reference)
    page = "results" if ballot.state == Ballot.State.CLOSED else "cast"
    path = reverse(f"voting:{page}", args=[ballot.reference])
    context = {
        "ballot": ballot,
        "host": settings.BASE_URL.partition("://")[2],
        "path": path,
        "qr": qr_code(settings.BASE_URL + path, "Vote" if page == "cast" else "See the result"),
        "closing": closing_words(ballot),
    }
    if ballot.state == Ballot.State.DRAFT:
        context["in_the_room"] = len(coming_roll(ballot))
        context["options"] = options_of(ballot)
        context["state"] = state_of(ballot)
    else:
        context.update(figures(ballot, tally(ballot), visible_ballots(request.user)))
    return render(request, "voting/screen.html", context)
