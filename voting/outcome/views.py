"""The pages of a vote's close and what comes after."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import SignedInRequest
from core.answering import answered, posted, pressed, turned_back
from projects.models import Project
from voting.ballots.views import ballot_to_run, facilitators
from voting.outcome import operations, queries
from voting.outcome.forms import OutcomeForm, WinnerForm


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
    if request.method != "POST" and (back := turned_back(request, operations.outcome_can_be_told, ballot, to=ballot)):
        return back
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
