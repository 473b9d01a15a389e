"""The pages of a vote's close and what comes after."""

from copy import copy
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import SignedInRequest
from accounts.models import User
from core.answering import answered, posted, pressed, turned_back
from core.permissions import allow, anyone
from core.words import counted
from projects.models import Project
from voting.ballots.models import Ballot
from voting.ballots.views import ballot_to_run, facilitators, seen_ballot
from voting.outcome import operations, queries
from voting.outcome.emails import can_be_mailed, mails_as_sent, what_happened
from voting.outcome.forms import OutcomeForm, WinnerForm
from voting.outcome.words import decided_words
from voting.permissions import can_see_who_voted
from voting.reasons.queries import reasons_to_read


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
    """The form of the outcome; before it is published it is shown with the mail as it would go out, and to how many."""
    ballot = ballot_to_run(request, reference)
    if request.method != "POST" and (back := turned_back(request, operations.outcome_can_be_told, ballot, to=ballot)):
        return back
    may_tell = can_be_mailed(ballot)
    form = OutcomeForm(
        posted(request),
        may_tell=may_tell,
        initial=_kept(ballot) if ballot.outcome else {"text": decided_words(ballot, queries.tally(ballot))},
    )
    context = {
        "ballot": ballot,
        "form": form,
        "reasons_to_read": reasons_to_read(ballot),
        "is_first": ballot.state == Ballot.State.REVEALED,
        "may_tell": may_tell,
    }
    if "publish" in request.POST:
        to = reverse("voting:results", args=[ballot.reference])
        said = "The outcome stands beside the result."
        if done := answered(request, form, operations.publish_outcome, ballot, said=said, to=to):
            return done
    elif form.is_bound and form.is_valid():
        context["preview"] = _preview(ballot, request.user, form)
    return render(request, "voting/outcome.html", context)


def _kept(ballot: Ballot) -> dict[str, Any]:
    return {
        "text": ballot.outcome,
        "reason": ballot.outcome_reason,
        "acts_next": ballot.acts_next,
        "review_on": ballot.review_on,
    }


def _preview(ballot: Ballot, by: User, form: OutcomeForm) -> dict[str, Any]:
    """The outcome as it would stand, and where somebody is mailed the mails with how many get each."""
    given = form.cleaned_data
    as_told = copy(ballot)
    as_told.outcome, as_told.outcome_reason = given["text"], given["reason"]
    as_told.acts_next, as_told.review_on, as_told.outcome_at = given["acts_next"], given["review_on"], None
    told = queries.people_to_tell(ballot) if given.get("tells") else queries.ToTell()
    return {
        "ballot": as_told,
        "mails": mails_as_sent(told, lambda how: what_happened(as_told, by, how=how)),
        "people": counted(told.number, "person", "people"),
        "number": told.number,
        # What was looked at is what is published: sent again, apart from the form in which it can be changed.
        "sent": [(name, value) for name, value in form.data.items() if name != "csrfmiddlewaretoken"],
    }


@allow(anyone)
def who_could_vote(request: HttpRequest, reference: str) -> HttpResponse:
    """Who was on the roll of a vote that has closed and whether they voted, without choice or time."""
    ballot = seen_ballot(request, reference)
    if not can_see_who_voted(request.user, ballot):
        raise Http404("People on the roll of a vote find this once it has closed.")
    context = {
        "ballot": ballot,
        "rows": queries.who_could_vote(ballot),
        "turned": queries.turned(ballot),
        "columns": ["Who", "For", "Voted"],
    }
    response = render(request, "voting/who_could_vote.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


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
