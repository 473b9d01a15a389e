"""The public record of a vote, and the pages of its close and what comes after."""

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import SignedInRequest
from core.answering import answered, posted, pressed
from core.permissions import allow, anyone
from core.tables import MADE_UP, Table, made_up_cell, table_response, wants_table
from projects.models import Project
from voting.ballots.models import Ballot
from voting.ballots.queries import options_of, with_has_voted
from voting.ballots.rules import rule_words
from voting.ballots.sentences import about
from voting.ballots.views import ballot_to_run, facilitators, seen_ballot
from voting.casting.models import Choice
from voting.casting.turnout import Turnout, turnout_of
from voting.outcome import operations, queries
from voting.outcome.counting import Tally, shown
from voting.outcome.forms import OutcomeForm, WinnerForm
from voting.permissions import can_see_choices

TICKED = (Ballot.Method.APPROVAL, Ballot.Method.SINGLE, Ballot.Method.BUDGET)


@dataclass(frozen=True)
class Slip:
    """One vote as this reader may see it; without name and organisation for people outside the vote."""

    said: str
    person: str = ""
    organisation: str = ""


def slips_of(ballot: Ballot, titles: dict[int, str], *, with_names: bool) -> list[Slip]:
    """The votes as slips, sorted by what is shown, so that the order does not reveal when each was cast."""
    votes = ballot.votes.select_related("person", "organisation").prefetch_related("choices")
    slips = []
    for vote in votes:
        choices = sorted(vote.choices.all(), key=lambda choice: (choice.option_id, choice.question))
        said = " · ".join(_said(choice, ballot.method, titles) for choice in choices)
        names = (str(vote.person), str(vote.organisation or "no organisation")) if with_names else ()
        slips.append(Slip(said, *names))
    return sorted(slips, key=lambda slip: (slip.person, slip.said))


def _said(choice: Choice, method: str, titles: dict[int, str]) -> str:
    """What a vote says of one option: its title, with what it was given where that is not a tick."""
    title = titles[choice.option_id]
    if choice.question:
        return f"{title}, {choice.get_question_display().lower()}: {choice.value}"
    return title if method in TICKED else f"{title}: {choice.value}"


def groups_of(ballot: Ballot) -> list[tuple[str, str, int, int]]:
    """Rows of the table by organisation: name, whether it has a weight, how many on the roll, how many voted."""
    roll = list(with_has_voted(ballot.roll.standing()).select_related("organisation"))
    organisations = {entry.organisation_id: entry.organisation for entry in roll}
    on_roll = Counter(entry.organisation_id for entry in roll)
    voted = Counter(entry.organisation_id for entry in roll if entry.has_voted)
    rows = [
        (
            str(organisation or "No organisation"),
            organisation.kind_in_words.capitalize() if organisation else "Counts per person only",
            on_roll[key],
            voted[key],
        )
        for key, organisation in organisations.items()
    ]
    return sorted(rows, key=lambda row: (row[0] == "No organisation", row[0]))


@allow(anyone)
def record(request: HttpRequest, reference: str) -> HttpResponseBase:
    """The record of a vote: rules, turnout, roll, and once its result is shown the counts and votes."""
    ballot = seen_ballot(request, reference)
    if ballot.state == Ballot.State.DRAFT:
        return redirect(ballot)
    options = options_of(ballot)
    with_names = can_see_choices(request.user, ballot)
    count = queries.tally(ballot, options) if ballot.shows_result else None
    has_slips = count is not None and not count.is_withheld
    titles = {option.pk: option.title for option in options}
    slips = slips_of(ballot, titles, with_names=with_names) if has_slips else []
    if wants_table(request):
        response = table_response(request, _table(ballot, slips, with_names))
        response["Cache-Control"] = "private, no-store"
        return response
    context: dict[str, Any] = about(ballot, options) | {
        "count": count,
        "has_slips": has_slips,
        "turnout": Turnout(count.turnout) if count else turnout_of(ballot),
        # Most organisations in a room are one person: while it runs this would say who has voted, and when.
        "groups": groups_of(ballot) if ballot.has_ended else None,
        "changed_roll": ballot.roll.exclude(late_reason="", struck_reason="").select_related("person", "organisation"),
        "slip_columns": ["Person", "Organisation", "Vote"] if with_names else [("Line", "numeric"), "Vote"],
        "slip_rows": [
            [slip.person, slip.organisation, slip.said] if with_names else [number, slip.said]
            for number, slip in enumerate(slips, start=1)
        ],
        "group_columns": ["Organisation", "Kind", ("On the roll", "numeric"), ("Voted", "numeric")],
        "with_names": with_names,
        "count_columns": ["Option", ("People", "numeric"), ("Councils or bodies", "numeric"), "Place"],
        "count_rows": _count_rows(ballot, count) if count and has_slips else [],
    }
    return render(request, "voting/record.html", context)


def _count_rows(ballot: Ballot, count: Tally) -> list[tuple[str, str, str, str]]:
    """Each option with its counts; of ticks with how many could have ticked it."""

    def with_base(value: Fraction | None, base: int) -> str:
        return f"{shown(value)} of {base:,}" if value is not None and ballot.method in TICKED else shown(value)

    return [
        (
            line.option.title,
            with_base(line.people, count.voted),
            with_base(line.councils, count.councils_voted),
            queries.place_of(ballot, count, line),
        )
        for line in count.by_result()
    ]


def _table(ballot: Ballot, slips: list[Slip], with_names: bool) -> Table:
    made_up = made_up_cell(ballot)
    return Table(
        name=f"vote-{ballot.reference}-record",
        title=f"Votes cast in: {ballot.question} {ballot.venue}. {rule_words(ballot)}",
        columns=[*(["Person", "Organisation"] if with_names else []), "Vote", MADE_UP],
        is_personal=with_names,
        rows=[[*([s.person, s.organisation] if with_names else []), s.said, made_up] for s in slips],
    )


@facilitators
@require_POST
def close_ballot(request: SignedInRequest, reference: str) -> HttpResponse:
    ballot = ballot_to_run(request, reference)
    said = "Voting is closed. Nobody sees the result before you show it."
    return pressed(request, operations.close_ballot, ballot, said=said, to=ballot)


@facilitators
@require_POST
def reveal_ballot(request: SignedInRequest, reference: str) -> HttpResponse:
    ballot = ballot_to_run(request, reference)
    to = reverse("voting:results", args=[ballot.reference])
    return pressed(request, operations.reveal_ballot, ballot, said="The result is shown.", to=to, back=ballot)


@facilitators
@require_POST
def prepare_run_off(request: SignedInRequest, reference: str) -> HttpResponse:
    said = "The run-off is prepared, with the same roll. Open it when the room is ready."
    return pressed(request, operations.prepare_run_off, ballot_to_run(request, reference), said=said)


@facilitators
@require_http_methods(["GET", "HEAD", "POST"])
def publish_outcome(request: SignedInRequest, reference: str) -> HttpResponse:
    ballot = ballot_to_run(request, reference)
    form = OutcomeForm(posted(request), initial={"text": ballot.outcome})
    said, to = "The outcome stands beside the result.", reverse("voting:results", args=[ballot.reference])
    done = answered(request, form, operations.publish_outcome, ballot, said=said, to=to)
    return done or render(request, "voting/outcome.html", {"ballot": ballot, "form": form})


@facilitators
@require_http_methods(["GET", "HEAD", "POST"])
def make_project(request: SignedInRequest, reference: str) -> HttpResponse:
    """The form to turn a winner into a project at step 3."""
    ballot = ballot_to_run(request, reference)
    if not ballot.is_revealed:
        return redirect(ballot)
    count = queries.tally(ballot)
    made = set(ballot.led_to.values_list("option_id", flat=True))
    choosable = [line.option for line in (*count.chosen, *count.tied) if line.option.pk not in made]
    form = WinnerForm(
        posted(request),
        options=choosable,
        needs_reason=bool(count.tied),
        initial={"option": choosable[0].pk if len(choosable) == 1 else None},
    )

    def said(project: Project) -> str:
        return f"{project} is a project now, at step 3."

    if done := answered(request, form, operations.make_project, ballot, said=said):
        return done
    return render(request, "voting/project.html", {"ballot": ballot, "form": form, "choosable": choosable})
