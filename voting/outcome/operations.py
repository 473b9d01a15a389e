"""Operations after the voting: close, run-off, outcome, project."""

from typing import Any

from django.db import transaction

from accounts.models import User
from audit.operations import log_action
from core import clock
from core.errors import Refused
from core.permissions import require
from councils.models import Organisation
from projects.models import Project
from projects.portfolio.operations import start_project
from voting.ballots import live
from voting.ballots.models import Ballot, Option
from voting.ballots.operations import NOT_STAFF, locked, prepare_ballot
from voting.outcome import queries
from voting.outcome.counting import Tally
from voting.outcome.models import BallotProject
from voting.permissions import can_run_ballots


@transaction.atomic
def close_ballot(ballot: Ballot, *, by: User | None) -> Tally:
    """Close the vote, freeze its tally and return it. Closing a closed ballot changes nothing.

    Without `by` the portal closes it at the announced time.
    """
    require(by is None or can_run_ballots(by), NOT_STAFF)
    ballot = locked(ballot)
    if ballot.state == Ballot.State.DRAFT:
        raise Refused("This vote has not opened yet.")
    count = queries.tally(ballot)
    if ballot.state == Ballot.State.CLOSED:
        return count
    ballot.state = Ballot.State.CLOSED
    ballot.closed_at = min(clock.now(), ballot.closes_at) if by is None and ballot.closes_at else clock.now()
    ballot.result = queries.frozen(count)
    ballot.version += 1
    ballot.save(update_fields=["state", "closed_at", "result", "version"])
    log_action("voting.ballot_closed", by=by, about=ballot, voted=count.voted, on_roll=count.on_roll)
    live.nudge(ballot.pk)
    return count


def close_ballots_that_are_due() -> int:
    """Close every open ballot whose announced time has come, and return how many."""
    due = Ballot.objects.filter(state=Ballot.State.OPEN, closes_at__lte=clock.now())
    for ballot in due:
        close_ballot(ballot, by=None)
    return len(due)


@transaction.atomic
def prepare_run_off(ballot: Ballot, *, by: User) -> Ballot:
    """Prepare a run-off between the tied options, on the same roll and by the same rule; twice returns the first."""
    require(can_run_ballots(by), NOT_STAFF)
    ballot = locked(ballot)
    if ballot.state != Ballot.State.CLOSED:
        raise Refused("A run-off follows a vote that has closed.")
    if run_off := Ballot.objects.filter(run_off_of=ballot).first():
        return run_off
    count = queries.tally(ballot)
    if not count.tied:
        raise Refused("Nothing is tied in this vote, so there is nothing to run off.")
    if ballot.tie_rule != Ballot.TieRule.RUN_OFF:
        raise Refused("The rule set before opening was another: the facilitator chooses among those tied.")
    suffix = f" ({Ballot(run_off_of=ballot).run_off_words})"
    question = ballot.question.removesuffix(f" ({ballot.run_off_words})")
    return prepare_ballot(
        ballot.event,
        by=by,
        question=question[: 200 - len(suffix)] + suffix,
        prototypes=[line.option.prototype for line in count.tied],
        basis=ballot.basis,
        most_choices=count.places_tied_for,
        to_pursue=count.places_tied_for,
        tie_rule=ballot.tie_rule,
        run_off_of=ballot,
        is_illustrative=ballot.is_illustrative,
    )


@transaction.atomic
def publish_outcome(ballot: Ballot, *, by: User, text: str) -> Ballot:
    """Publish in words what was decided, why, and who acts; it is shown beside the count."""
    require(can_run_ballots(by), NOT_STAFF)
    ballot = locked(ballot)
    if ballot.state != Ballot.State.CLOSED:
        raise Refused("The outcome can be told once the vote has closed.", field="text")
    if not text.strip():
        raise Refused("Say what was decided, why, and who acts next.", field="text")
    ballot.outcome, ballot.outcome_at = text.strip(), clock.now()
    ballot.save(update_fields=["outcome", "outcome_at"])
    log_action("voting.outcome_published", by=by, about=ballot)
    return ballot


@transaction.atomic
def make_project(
    ballot: Ballot,
    *,
    option: Option,
    by: User,
    lead_council: Organisation,
    reason: str = "",
    **project_fields: Any,
) -> Project:
    """Turn a winner into a project at step 3 that keeps the link to its prototype.

    In a tie the winner comes from a run-off, or is chosen with a reason where that was the rule fixed before opening.
    """
    require(can_run_ballots(by), NOT_STAFF)
    ballot = locked(ballot)
    if ballot.state != Ballot.State.CLOSED:
        raise Refused("A project is made from a vote that has closed.")
    if BallotProject.objects.filter(option=option).exists():
        raise Refused("A project has been made from this prototype already.")
    _check_that_it_won(ballot, option, reason)
    project = start_project(option.prototype, by=by, lead_council=lead_council, **project_fields)
    BallotProject.objects.create(ballot=ballot, option=option, project=project, reason=reason.strip())
    log_action("voting.project_made", by=by, about=ballot, project=project.pk, reason=reason.strip())
    return project


def _check_that_it_won(ballot: Ballot, option: Option, reason: str) -> None:
    count = queries.tally(ballot)
    if option.pk in {line.option.pk for line in count.chosen}:
        return
    if option.pk not in {line.option.pk for line in count.tied}:
        raise Refused("This prototype was not chosen: only what the vote chose becomes a project.", field="option")
    if ballot.tie_rule == Ballot.TieRule.RUN_OFF:
        raise Refused("This one is tied. The rule set before opening is a run-off: prepare that first.", field="option")
    if not reason.strip():
        raise Refused("Several are tied, and you choose. Say why it is this one.", field="reason")
    of_the_tied = ballot.led_to.filter(option__in=[line.option.pk for line in count.tied])
    if of_the_tied.count() >= count.places_tied_for:
        raise Refused("Another of those tied was chosen already.", field="option")
