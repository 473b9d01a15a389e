"""The live state as JSON for polling, the console of those who run a vote, and the screen of the hall."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import SignedInRequest
from core.answering import answered, posted, pressed
from core.permissions import allow, anyone
from voting.ballots.models import Ballot, Option
from voting.ballots.queries import coming_roll, options_of
from voting.ballots.sentences import about
from voting.ballots.views import ballot_to_run, facilitators, seen_ballot, watched_ballot
from voting.outcome.counting import Tally
from voting.outcome.next_steps import actions_of
from voting.outcome.queries import conditions_words, figures, state_of, tally
from voting.permissions import ballots_run_by, visible_ballots
from voting.room import operations
from voting.room.forms import ParkForm
from voting.room.models import ParkedQuestion
from voting.room.queries import console_of, room_of, steps_of, way_in

# What has to fit on the screen of the hall is smaller, but no smaller than can be read from ten metres; what then does
# not fit is counted. Up to how many lines are large; from how many letters a heading is long, and a title by itself or
# beside a bar has a second line.
_FEW, _WORDY, _ONE_LINE, _BESIDE_A_BAR = 6, 70, 34, 28


@dataclass(frozen=True)
class Fit:
    """How the screen of the hall is laid out: its classes, and how many options have room on it."""

    size: str
    most: int

    @property
    def is_crowded(self) -> bool:
        """Whether turnout and time stand beside the options, under the way in, rather than above them."""
        return "--few" not in self.size


def fit_of(options: list[Option], heading: str, *, has_result: bool = False, shows_way_in: bool = True) -> Fit:
    """The layout of the options while people vote, or of a result, which has the whole width once nobody joins."""
    longest = max((len(option.title) for option in options), default=0)
    is_wordy, is_short, number = len(heading) > _WORDY, longest <= _ONE_LINE, len(options)
    lines = sum(1 + (len(option.title) > _ONE_LINE) for option in options)
    if lines <= _FEW:
        size, most = "few", number
    elif not has_result:
        size, most = "some" if number <= 10 else "many", (20 if is_short else 10) - 2 * is_wordy
        size += " lda-hall--short" if number <= 10 and is_short else ""
    elif shows_way_in or number <= (10 if is_short else 7):
        size, most = "some", (10 if longest <= _BESIDE_A_BAR or (not shows_way_in and is_short) else 7) - is_wordy
    else:
        size, most = "many", 20 if longest <= _BESIDE_A_BAR else 10
    return Fit(f"lda-hall--{size}" + (" lda-hall--wordy" if is_wordy else ""), most)


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


def _of_a_room(ballot: Ballot) -> Ballot:
    """The ballot, or 404 for one of bodies, which vote by e-mail: no hall has a screen of it or a list of questions."""
    if ballot.is_of_bodies:
        raise Http404
    return ballot


@allow(anyone)
def screen(request: HttpRequest, reference: str) -> HttpResponse:
    """The page for the screen of the hall: how to join and the turnout, then the result."""
    ballot = _of_a_room(seen_ballot(request, reference))
    options = options_of(ballot)
    context = about(ballot, options)
    following: Ballot | None = getattr(ballot, "copy", None)
    if ballot.state == Ballot.State.DRAFT:
        context |= way_in(ballot) | {"in_the_room": len(coming_roll(ballot)), "state": state_of(ballot)}
    else:
        count = tally(ballot, options) if ballot.shows_result else None
        context |= room_of(ballot) | figures(ballot, visible_ballots(request.user), count)
        context["next_round"] = following
        context |= way_in(following) if following and following.is_running else {}
        if context["count"] is not None and not ballot.is_running:
            context["conditions"] = conditions_words(ballot, context["count"])
    heading = ballot.question if ballot.is_running else context["state"].get("heading", ballot.question)
    # After the close nobody has to come in any more, and the result has the whole width.
    is_over = ballot.has_ended or bool(ballot.ended_at)
    context["shows_way_in"] = not is_over or bool(following and following.is_running)
    lines = context["state"].get("tally")
    fit = fit_of(options, heading, has_result=lines is not None, shows_way_in=context["shows_way_in"])
    # The line that counts those left out takes the room of one.
    kept = len(options) if len(options) <= fit.most else fit.most - 1
    if lines is not None and kept < len(lines):  # nobody in front is left out
        lines = sorted(lines, key=lambda line: (not line["leads"], not line["tied"], -line["bar"]))
    context |= {"fit": fit, "left_out": len(options) - kept, "shown": (lines or options)[:kept]}
    return render(request, "voting/screen.html", context)


def console(request: SignedInRequest, ballot: Ballot, options: list[Option], count: Tally | None) -> dict[str, Any]:
    """The context of the console, on the vote's own page."""
    goes_to_run_off = (
        count is not None and bool(count.tied) and ballot.is_revealed and ballot.tie_rule == Ballot.TieRule.RUN_OFF
    )
    return console_of(ballot, options) | {
        "actions": actions_of(ballot, request.user, options=options, count=count),
        "steps": steps_of(ballot, goes_to_run_off=goes_to_run_off),
        "goes_to_run_off": goes_to_run_off,
        "park_form": ParkForm(),
    }


@facilitators
@require_http_methods(["GET", "HEAD", "POST"])
def park(request: SignedInRequest, reference: str) -> HttpResponse:
    """The form to park a question, for the console and by itself."""
    ballot = _of_a_room(ballot_to_run(request, reference))
    form = ParkForm(posted(request))
    to = f"{ballot.get_absolute_url()}#parked"
    done = answered(request, form, operations.park_question, ballot, said="Parked.", to=to)
    return done or render(request, "voting/park.html", {"ballot": ballot, "form": form})


@facilitators
@require_POST
def parked_done(request: SignedInRequest, reference: str, question: int) -> HttpResponse:
    """Tick off a question that was parked during any vote of the event."""
    ballot = ballot_to_run(request, reference)
    found = get_object_or_404(ParkedQuestion, pk=question, ballot__in=ballots_run_by(request.user))
    to = f"{ballot.get_absolute_url()}#parked"
    return pressed(request, operations.finish_parked_question, found, said="Done.", to=to)
