"""The public record of a vote, and the pages of its close and what comes after."""

from collections import Counter
from dataclasses import dataclass
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
from voting.ballots.models import Ballot, RollEntry
from voting.ballots.sentences import PER_COUNCIL, WHO_SEES_WHAT
from voting.ballots.views import ballot_to_run, facilitators, seen_ballot
from voting.casting.models import Vote
from voting.outcome import operations, queries
from voting.outcome.counting import shown
from voting.outcome.forms import OutcomeForm, WinnerForm
from voting.permissions import can_see_choices


@dataclass(frozen=True)
class Slip:
    """One vote as this reader may see it; without name and organisation for people outside the vote."""

    ticked: str
    person: str = ""
    organisation: str = ""


def slips_of(votes: list[Vote], titles: dict[int, str], *, with_names: bool) -> list[Slip]:
    """The votes as slips, sorted by what is shown, so that the order does not reveal when each was cast."""
    slips = []
    for vote in votes:
        keys = {choice.option_id for choice in vote.choices.all()}
        ticked = " · ".join(title for key, title in titles.items() if key in keys)
        if with_names:
            slips.append(Slip(ticked, str(vote.person), str(vote.organisation or "no organisation")))
        else:
            slips.append(Slip(ticked))
    return sorted(slips, key=lambda slip: (slip.person, slip.ticked))


def groups_of(roll: list[RollEntry], votes: list[Vote]) -> list[tuple[str, str, int, int]]:
    """Rows of the table by organisation: name, council or not, how many on the roll, how many voted."""
    organisations = {entry.organisation_id: entry.organisation for entry in roll}
    on_roll = Counter(entry.organisation_id for entry in roll)
    voted = Counter(vote.organisation_id for vote in votes)
    rows = [
        (
            str(organisation or "No organisation"),
            "Council" if organisation and organisation.is_council else "Counts per person only",
            on_roll[key],
            voted[key],
        )
        for key, organisation in organisations.items()
    ]
    return sorted(rows, key=lambda row: (row[1] != "Council", row[0]))


@allow(anyone)
def record(request: HttpRequest, reference: str) -> HttpResponseBase:
    ballot = seen_ballot(request, reference)
    if ballot.state == Ballot.State.DRAFT:
        return redirect(ballot)
    roll = list(ballot.roll.select_related("person", "organisation"))
    votes = list(ballot.votes.select_related("person", "organisation").prefetch_related("choices"))
    count = queries.tally(ballot)
    with_names = can_see_choices(request.user, ballot)
    titles = {line.option.pk: line.option.prototype.title for line in count.lines}
    slips = slips_of(votes, titles, with_names=with_names)
    if wants_table(request):
        response = table_response(request, _table(ballot, slips, with_names))
        response["Cache-Control"] = "private, no-store"
        return response
    context: dict[str, Any] = {
        "ballot": ballot,
        "count": count,
        "roll_size": len(roll),
        # Most organisations in a room are one person: beside slips that come in, this would say who voted for what.
        "groups": groups_of(roll, votes) if with_names or ballot.state == Ballot.State.CLOSED else None,
        "late": [entry for entry in roll if entry.late_reason],
        "slip_columns": ["Person", "Organisation", "Ticked"] if with_names else [("Line", "numeric"), "Ticked"],
        "slip_rows": [
            [slip.person, slip.organisation, slip.ticked] if with_names else [number, slip.ticked]
            for number, slip in enumerate(slips, start=1)
        ],
        "group_columns": ["Organisation", "Kind", ("On the roll", "numeric"), ("Voted", "numeric")],
        "with_names": with_names,
        "count_columns": ["Prototype", ("People", "numeric"), ("Councils", "numeric"), "Place"],
        "count_rows": [
            (
                line.option.prototype.title,
                f"{line.people} of {count.voted}",
                f"{shown(line.councils)} of {count.councils_voted}",
                queries.place_of(ballot, count, line),
            )
            for line in count.by_result()
        ],
        "who_sees_what": WHO_SEES_WHAT,
        "per_council": PER_COUNCIL,
    }
    return render(request, "voting/record.html", context)


def _table(ballot: Ballot, slips: list[Slip], with_names: bool) -> Table:
    made_up = made_up_cell(ballot)
    return Table(
        name=f"vote-{ballot.reference}-record",
        title=f"Votes cast in: {ballot.question} {ballot.event}. {ballot.rule}",
        columns=[*(["Person", "Organisation"] if with_names else []), "Ticked", MADE_UP],
        is_personal=with_names,
        rows=[[*([s.person, s.organisation] if with_names else []), s.ticked, made_up] for s in slips],
    )


@facilitators
@require_POST
def close_ballot(request: SignedInRequest, reference: str) -> HttpResponse:
    ballot = ballot_to_run(request, reference)
    return pressed(request, operations.close_ballot, ballot, said="Voting is closed.", to=ballot)


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
