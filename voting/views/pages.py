"""Votes to read: the list, one vote with what one can do now, its result."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from core.answers import say_it_moves
from core.csv import csv_response, wants_csv
from core.figures import Share
from core.listing import listed
from core.permissions import anyone, door
from voting import queries
from voting.counting import COUNCIL, Tally, shown
from voting.deeds import deeds_of
from voting.lists import VOTES
from voting.models import Ballot, Choice
from voting.permissions import (
    awaited_ballots,
    can_run_ballots,
    may_come_to_vote,
    roll_entry_of,
    sees_drafts,
    visible_ballots,
)
from voting.words import WHO_SEES_WHAT, closing_words, weight_words, why_not_open


@door(anyone)
def ballot_list(request: HttpRequest) -> HttpResponse:
    """What can be voted on now comes first."""
    if visible_ballots(request.user).filter(state=Ballot.State.OPEN).exists():
        say_it_moves(request)
    return listed(request, VOTES, "voting/list.html", can_run=can_run_ballots(request.user))


def seen_ballot(request: HttpRequest, reference: str) -> Ballot:
    """The ballot, or 404 for one that this reader may not see."""
    ballots = visible_ballots(request.user).select_related("event", "run_off", "run_off_of", "opened_by")
    ballot = get_object_or_404(ballots, reference=reference)
    _say_if_counts_move(request, [ballot])
    return ballot


def watched_ballot(request: HttpRequest, reference: str) -> Ballot:
    """The same, or one being prepared that this reader waits for."""
    try:
        return seen_ballot(request, reference)
    except Http404:
        return get_object_or_404(awaited_ballots(request.user).select_related("event"), reference=reference)


def _say_if_counts_move(request: HttpRequest, ballots: Iterable[Ballot]) -> None:
    """Every page with the count of an open vote is made anew, so that no two of them disagree."""
    if any(ballot.state == Ballot.State.OPEN for ballot in ballots):
        say_it_moves(request)


@door(anyone)
def detail(request: HttpRequest, reference: str) -> HttpResponse:
    """One vote: where it stands, and what this reader can do now."""
    ballot = watched_ballot(request, reference)
    if ballot.state == Ballot.State.DRAFT and not sees_drafts(request.user):
        return redirect("voting:cast", reference=reference)
    options = queries.options_of(ballot)
    can_run = can_run_ballots(request.user)
    context: dict[str, Any] = {
        "ballot": ballot,
        "options": options,
        "can_run": can_run,
        "who_sees_what": WHO_SEES_WHAT,
        "closing": closing_words(ballot),
    }
    if ballot.state == Ballot.State.DRAFT:
        roll = queries.coming_roll(ballot)
        context["roll"] = roll
        context["missing"] = why_not_open(ballot, options, roll)
        context["weightless"] = [entry for entry in roll if not entry.carries_weight]
        context["deeds"] = deeds_of(ballot, request.user, options=options, roll=roll)
        return render(request, "voting/draft.html", context)
    count = queries.tally(ballot, options)
    context.update(figures(ballot, count, visible_ballots(request.user)))
    context["deeds"] = deeds_of(ballot, request.user, count=count)
    context["late_words"] = queries.late_words(ballot) if context["deeds"] else ""
    context["entry"] = roll_entry_of(request.user, ballot)
    context["waits"] = ballot.takes_votes and not context["entry"] and may_come_to_vote(request.user, ballot)
    if context["entry"]:
        context["weight"] = weight_words(context["entry"])
        mine = Choice.objects.filter(vote__ballot=ballot, vote__person=context["entry"].person_id)
        ticked = set(mine.values_list("option_id", flat=True))
        context["my_choice"] = [option for option in options if option.pk in ticked]
    return render(request, "voting/detail.html", context)


@door(anyone)
def results(request: HttpRequest, reference: str) -> HttpResponse:
    """The count per person and per council side by side; ties as ties; the rule that was set before."""
    ballot = seen_ballot(request, reference)
    if ballot.state == Ballot.State.DRAFT:
        return detail(request, reference)
    count = queries.tally(ballot)
    if wants_csv(request):
        return _results_as_csv(ballot, count)
    context = {
        "ballot": ballot,
        "deeds": deeds_of(ballot, request.user, count=count),
        "late": ballot.roll.exclude(late_reason="").select_related("organisation", "person"),
        "who_sees_what": WHO_SEES_WHAT,
        "closing": closing_words(ballot),
        **figures(ballot, count, visible_ballots(request.user)),
    }
    return render(request, "voting/results.html", context)


def figures(ballot: Ballot, count: Tally, seen: QuerySet[Ballot]) -> dict[str, Any]:
    """What the tally's templates show, in the order of the ballot while it runs and by result after.

    `seen`: the ballots that this reader may see.
    """
    state = queries.state_of(ballot, count)
    if not ballot.takes_votes:
        order = {line.option.pk: n for n, line in enumerate(count.by_result())}
        state["tally"].sort(key=lambda line: order[line["option"]])
    made = {made.option_id: made for made in ballot.led_to.select_related("project")}
    urls = {line.option.pk: line.option.prototype.get_absolute_url() for line in count.lines}
    for line in state["tally"]:
        line["url"] = urls[line["option"]]
        line["project"] = made[line["option"]].project if line["option"] in made else None
        line["reason"] = made[line["option"]].reason if line["option"] in made else ""
    return {
        "state": state,
        "count": count,
        "run_offs": queries.run_offs_after(ballot, seen) if count.tied and not ballot.takes_votes else [],
        "by_council": ballot.basis == COUNCIL,
        "councils_share": Share(count.councils_voted, count.councils_on_roll, "councils"),
        "made": list(made.values()),
    }


def _results_as_csv(ballot: Ballot, count: Tally) -> HttpResponse:
    rows = [
        (line.option.prototype.title, line.people, shown(line.councils), queries.place_of(ballot, count, line))
        for line in count.by_result()
    ]
    title = f"{ballot.question} {ballot.event}: {count.turnout} voted. {ballot.rule}"
    columns = ["Prototype", "People", "Councils", "Place"]
    return csv_response(title, columns, rows, name=f"vote-{ballot.reference}-results")
