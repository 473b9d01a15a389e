"""Pages for readers: the list of votes, one vote, its result."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render

from core.copies import do_not_keep
from core.listing import listed
from core.panels import panel_context
from core.permissions import allow, anyone
from core.tables import MADE_UP, Table, made_up_cell, table_response, wants_table
from voting.ballots.queries import coming_roll, options_of, with_has_voted
from voting.ballots.rules import rule_words
from voting.ballots.sentences import about, body_words, warnings_before_opening, weight_words, why_not_open
from voting.ballots.views import ballot_to_run, facilitators, seen_ballot, watched_ballot
from voting.casting.queries import NOT_ON_ROLL, own_marks, why_not_on_roll
from voting.lists import VOTES
from voting.methods.values import shown
from voting.models import Ballot
from voting.outcome.counting import Tally
from voting.outcome.next_steps import actions_of
from voting.outcome.queries import (
    by_groups,
    conditions_words,
    explained,
    figures,
    how_bodies_stood,
    place_of,
    preview_of,
    tally,
)
from voting.permissions import (
    awaited_ballots,
    can_run_ballot,
    can_run_ballots,
    can_see_who_voted,
    may_come_to_vote,
    sees_draft,
    visible_ballots,
)
from voting.reasons.queries import told_reasons
from voting.room.queries import changed_roll, rules_in_rows, steps_of, way_in
from voting.room.views import console


@allow(anyone)
def ballot_list(request: HttpRequest) -> HttpResponseBase:
    """The list of votes, open ones first."""
    is_on = visible_ballots(request.user).filter(state__in=Ballot.RUNNING).exists()
    if is_on:
        do_not_keep(request)
    return listed(request, VOTES, "voting/list.html", can_run=can_run_ballots(request.user), is_on=is_on)


@allow(anyone)
def short(request: HttpRequest, code: str) -> HttpResponse:
    """The redirect from the short address on a screen: to the ballot while it runs, to its page after."""
    seen = visible_ballots(request.user).filter(code=code.upper()).first()
    ballot = seen or get_object_or_404(awaited_ballots(request.user), code=code.upper())
    if ballot.is_running and ballot.is_by_cards:
        return redirect("card")
    to = "detail" if ballot.has_ended or ballot.state == Ballot.State.VOID else "cast"
    return redirect(f"voting:{to}", reference=ballot.reference)


@allow(anyone)
def detail(request: HttpRequest, reference: str) -> HttpResponse:
    """The page of one vote: its state, and what this reader can do now; for those who run it their console."""
    ballot = watched_ballot(request, reference)
    if ballot.state == Ballot.State.DRAFT and not sees_draft(request.user, ballot):
        return redirect("voting:cast", reference=reference)
    options = options_of(ballot)
    context = about(ballot, options) | {"can_run": can_run_ballot(request.user, ballot)}
    if ballot.state == Ballot.State.DRAFT:
        roll = coming_roll(ballot)
        context["roll"] = roll
        context["missing"] = why_not_open(ballot, options, roll)
        context["warnings"] = warnings_before_opening(ballot, roll)
        context["weightless"] = [entry for entry in roll if ballot.weighs_councils and entry.organisation is None]
        context["actions"] = actions_of(ballot, request.user, options=options, roll=roll)
        context |= way_in(ballot) | {"steps": steps_of(ballot), "rules": rules_in_rows(ballot, options)}
        return render(request, "voting/draft.html", context)
    count = tally(ballot, options) if ballot.shows_result else None
    context |= figures(ballot, visible_ballots(request.user), count)
    entries = with_has_voted(ballot.roll.standing()).select_related("organisation")
    entry = entries.filter(person=request.user).first() if request.user.is_authenticated else None
    context["entry"] = entry
    context |= panel_context(ballot, request.user)
    context["sees_who_voted"] = ballot.has_ended and (bool(entry) or can_see_who_voted(request.user, ballot))
    context["may_be_added"] = ballot.is_running and not entry and request.user.is_authenticated
    context["waits"] = context["may_be_added"] and may_come_to_vote(request.user, ballot)
    if context["may_be_added"] and (why := why_not_on_roll(ballot, request.user)) != NOT_ON_ROLL:
        context["why_struck"] = why
    if entry:
        context["weight"] = weight_words(entry)
        context["votes_for"] = body_words(entry)
        mine = {mark.option for mark in own_marks(entry)}
        context["my_choice"] = [option for option in options if option.pk in mine]
    if not context["can_run"]:
        return render(request, "voting/detail.html", context)
    do_not_keep(request)
    return render(request, "voting/console.html", context | console(request, ballot, options, context["count"]))


@allow(anyone)
def results(request: HttpRequest, reference: str) -> HttpResponseBase:
    """The page of the result: both counts, ties, and the rule that was fixed before. Before it is shown, the vote's."""
    ballot = seen_ballot(request, reference)
    if not ballot.shows_result:
        return redirect(ballot)
    options = options_of(ballot)
    count = tally(ballot, options)
    if wants_table(request):
        return table_response(request, _results_table(ballot, count))
    context = about(ballot, options) | figures(ballot, visible_ballots(request.user), count)
    context["can_run"] = can_run_ballot(request.user, ballot)
    context["sees_who_voted"] = can_see_who_voted(request.user, ballot)
    context["reasons"] = told_reasons(ballot)
    context["actions"] = actions_of(ballot, request.user, options=options, count=count)
    context["explained"] = explained(ballot, count)
    context["groups"] = by_groups(count) if ballot.has_ended else None
    context["conditions"] = conditions_words(ballot, count)
    context["changed_roll"] = changed_roll(ballot)
    context["stood"] = how_bodies_stood(ballot)
    context |= panel_context(ballot, request.user)
    return render(request, "voting/results.html", context)


@facilitators
def preview(request: HttpRequest, reference: str) -> HttpResponse:
    """The result for those who run a closed vote, before it is shown to everybody."""
    ballot = ballot_to_run(request, reference)
    if ballot.state != Ballot.State.CLOSED:
        return redirect(ballot)
    options = options_of(ballot)
    count = tally(ballot, options)
    context = about(ballot, options) | preview_of(ballot, count)
    context["explained"] = explained(ballot, count)
    context["groups"] = by_groups(count)
    context["conditions"] = conditions_words(ballot, count)
    context["steps"] = steps_of(ballot, is_looked_at=True)
    to_reveal = [action for action in actions_of(ballot, request.user, options=options, count=count) if action.is_post]
    context["actions"] = [replace(action, is_second=False) for action in to_reveal]
    do_not_keep(request)
    response = render(request, "voting/preview.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


def _results_table(ballot: Ballot, count: Tally) -> Table:
    return Table(
        name=f"vote-{ballot.reference}-results",
        title=f"{ballot.question} {ballot.venue}: {count.turnout} voted. {rule_words(ballot)}",
        columns=("Option", "People", "Councils or bodies", "Place", MADE_UP),
        rows=[
            (
                line.option.title,
                shown(line.people),
                shown(line.councils),
                place_of(ballot, count, line),
                made_up_cell(ballot),
            )
            for line in count.by_result()
        ],
    )
