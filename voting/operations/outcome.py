"""What came out of a vote."""

from typing import Any

from django.db import transaction

from accounts.models import User
from audit.operations import record
from core import clock
from core.errors import Refused
from core.permissions import require
from councils.models import Organisation
from projects.models import Project
from projects.portfolio.operations import start_project
from voting import queries
from voting.models import Ballot, BallotProject, Option
from voting.operations.ballot import ONLY_FACILITATORS, locked
from voting.permissions import can_run_ballots


@transaction.atomic
def publish_outcome(ballot: Ballot, *, by: User, text: str) -> Ballot:
    """What was decided, why, and who acts: in words, beside the count."""
    require(can_run_ballots(by), ONLY_FACILITATORS)
    ballot = locked(ballot)
    if ballot.state != Ballot.State.CLOSED:
        raise Refused("The outcome can be told once the vote has closed.", field="text")
    if not text.strip():
        raise Refused("Say what was decided, why, and who acts next.", field="text")
    ballot.outcome, ballot.outcome_at = text.strip(), clock.now()
    ballot.save(update_fields=["outcome", "outcome_at"])
    record("voting.outcome_published", by=by, about=ballot)
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
    """Turn the winner into a project at step 3, with its story joined on.

    In a tie the winner comes from a run-off, or is chosen with a reason where that was the rule set before opening.
    """
    require(can_run_ballots(by), ONLY_FACILITATORS)
    ballot = locked(ballot)
    if ballot.state != Ballot.State.CLOSED:
        raise Refused("A project is made from a vote that has closed.")
    if BallotProject.objects.filter(option=option).exists():
        raise Refused("A project has been made from this prototype already.")
    _check_that_it_won(ballot, option, reason)
    project = start_project(option.prototype, by=by, lead_council=lead_council, **project_fields)
    BallotProject.objects.create(ballot=ballot, option=option, project=project, reason=reason.strip())
    record("voting.project_made", by=by, about=ballot, project=project.pk, reason=reason.strip())
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
