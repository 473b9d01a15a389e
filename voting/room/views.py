"""The live state as JSON for polling, and the screen of the hall."""

import hashlib
import json

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response

from core.permissions import allow, anyone
from design_system.qr import qr_code
from voting.ballots.models import Ballot
from voting.ballots.queries import coming_roll, options_of
from voting.ballots.sentences import about
from voting.ballots.views import seen_ballot, watched_ballot
from voting.outcome.queries import figures, state_of, tally
from voting.permissions import visible_ballots


@allow(anyone)
def state(request: HttpRequest, reference: str) -> HttpResponse:
    """The JSON that sockets send; 304 where the reader's copy is up to date."""
    ballot = watched_ballot(request, reference)
    told = json.dumps(state_of(ballot))
    etag = f'"{hashlib.sha256(told.encode()).hexdigest()[:32]}"'  # of what is told, so that it tells nothing more
    unchanged = get_conditional_response(request, etag=etag)
    response = unchanged or HttpResponse(told, content_type="application/json")
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    return response


@allow(anyone)
def screen(request: HttpRequest, reference: str) -> HttpResponse:
    """The page for the screen of the hall: how to join and the turnout, then the result."""
    ballot = seen_ballot(request, reference)
    options = options_of(ballot)
    path = reverse("vote", args=[ballot.code])
    is_over = ballot.has_ended or ballot.state == Ballot.State.VOID
    context = about(ballot, options) | {
        "host": settings.BASE_URL.partition("://")[2],
        "path": path,
        "qr": qr_code(settings.BASE_URL + path, "See the result" if is_over else "Vote"),
    }
    if ballot.state == Ballot.State.DRAFT:
        context["in_the_room"] = len(coming_roll(ballot))
        context["state"] = state_of(ballot)
    else:
        count = tally(ballot, options) if ballot.shows_result else None
        context |= figures(ballot, visible_ballots(request.user), count)
    return render(request, "voting/screen.html", context)
