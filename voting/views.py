"""Pages for readers: the list of votes, one vote, its result."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from core.copies import do_not_keep
from core.listing import listed
from core.permissions import allow, anyone
from core.tables import MADE_UP, Table, made_up_cell, table_response, wants_table
from voting.ballots.queries import coming_roll, late_words, options_of
from voting.ballots.sentences import WHO_SEES_WHAT, closing_words, weight_words, why_not_open
from voting.ballots.views import seen_ballot, watched_ballot
from voting.lists import VOTES
from voting.models import Ballot, Choice
from voting.outcome.counting import Tally, shown
from voting.outcome.next_steps import actions_of
from voting.outcome.queries import figures, place_of, tally
from voting.permissions import can_run_ballots, may_come_to_vote, roll_entry_of, sees_drafts, visible_ballots


@allow(anyone)
def ballot_list(request: HttpRequest) -> HttpResponseBase:
    """The list of votes, open ones first."""
    if visible_ballots(request.user).filter(state=Ballot.State.OPEN).exists():
        do_not_keep(request)
    return listed(request, VOTES, "voting/list.html", can_run=can_run_ballots(request.user))


@allow(anyone)
def detail(request: HttpRequest, reference: str) -> HttpResponse:
    """The page of one vote: its state, and what this reader can do now."""
    ballot = watched_ballot(request, reference)
    if ballot.state == Ballot.State.DRAFT and not sees_drafts(request.user):
        return redirect("voting:cast", reference=reference)
    options = options_of(ballot)
    can_run = can_run_ballots(request.user)
    context: dict[str, Any] = {
        "ballot": ballot,
        "options": options,
        "can_run": can_run,
        "who_sees_what": WHO_SEES_WHAT,
        "closing": closing_words(ballot),
    }
    if ballot.state == Ballot.State.DRAFT:
        roll = coming_roll(ballot)
        context["roll"] = roll
        context["missing"] = why_not_open(ballot, options, roll)
        context["weightless"] = [entry for entry in roll if not entry.carries_weight]
        context["actions"] = actions_of(ballot, request.user, options=options, roll=roll)
        return render(request, "voting/draft.html", context)
    count = tally(ballot, options)
    context.update(figures(ballot, count, visible_ballots(request.user)))
    context["actions"] = actions_of(ballot, request.user, count=count)
    context["late_words"] = late_words(ballot) if context["actions"] else ""
    context["entry"] = roll_entry_of(request.user, ballot)
    context["waits"] = ballot.takes_votes and not context["entry"] and may_come_to_vote(request.user, ballot)
    if context["entry"]:
        context["weight"] = weight_words(context["entry"])
        mine = Choice.objects.filter(vote__ballot=ballot, vote__person=context["entry"].person_id)
        ticked = set(mine.values_list("option_id", flat=True))
        context["my_choice"] = [option for option in options if option.pk in ticked]
    return render(request, "voting/detail.html", context)


@allow(anyone)
def results(request: HttpRequest, reference: str) -> HttpResponseBase:
    """The page of the result: both counts, ties, and the rule that was fixed before."""
    ballot = seen_ballot(request, reference)
    if ballot.state == Ballot.State.DRAFT:
        return detail(request, reference)
    count = tally(ballot)
    if wants_table(request):
        return table_response(request, _results_table(ballot, count))
    context = {
        "ballot": ballot,
        "actions": actions_of(ballot, request.user, count=count),
        "late": ballot.roll.exclude(late_reason="").select_related("organisation", "person"),
        "who_sees_what": WHO_SEES_WHAT,
        "closing": closing_words(ballot),
        **figures(ballot, count, visible_ballots(request.user)),
    }
    return render(request, "voting/results.html", context)


def _results_table(ballot: Ballot, count: Tally) -> Table:
    return Table(
        name=f"vote-{ballot.reference}-results",
        title=f"{ballot.question} {ballot.event}: {count.turnout} voted. {ballot.rule}",
        columns=("Prototype", "People", "Councils", "Place", MADE_UP),
        rows=[
            (
                line.option.prototype.title,
                line.people,
                shown(line.councils),
                place_of(ballot, count, line),
                made_up_cell(ballot),
            )
            for line in count.by_result()
        ],
    )
