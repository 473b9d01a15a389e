"""Ballots locked for those who may change them, and how a change of one is kept."""

from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from audit.operations import log_action
from core import clock
from core.errors import Refused
from core.permissions import require
from core.statements import built_once
from events.models import Event
from events.places.operations import lock
from voting.ballots import live
from voting.ballots.models import Ballot
from voting.permissions import can_run_ballot

NOT_STAFF = (
    "A vote is run by the organisers of its event, the facilitator who made it and the secretariat, "
    "with a second factor set up."
)
STAYS = "This vote has opened: from then on it stays as people read it. If it was misread, end this round and copy it."


def locked(ballot: Ballot) -> Ballot:
    """Lock the ballot's row and return the ballot as read after that, so that no vote comes after a close.

    Until when it takes votes is judged by the database's clock as the row was locked, whatever the host's says.
    """
    found = _locked(ballot.pk)
    if not found:
        raise Refused("This vote was withdrawn while it was being prepared.")
    return found[0]


@built_once
def _locked(ballot: int) -> QuerySet[Ballot]:
    ballots = Ballot.objects.select_for_update(of=("self",)).select_related("sealed")
    return ballots.annotate(locked_at=clock.DatabaseClock()).filter(pk=ballot).order_by()


def locked_to_run(ballot: Ballot, person: User) -> Ballot:
    """The ballot as `locked` returns it, for somebody who runs it; anybody else is refused."""
    ballot = locked(ballot)
    require(can_run_ballot(person, ballot), NOT_STAFF)
    return ballot


def lock_event(event: Event) -> None:
    """Lock the event's row, before the ballot's, so that nobody cancels it or undoes a check-in meanwhile."""
    if lock(event).state != Event.State.PUBLISHED:
        raise Refused("This event is not on: a vote needs a day that takes place.")


def draft_of(ballot: Ballot, person: User) -> Ballot:
    """The ballot, locked, where it is being prepared and `person` may run it."""
    ballot = locked_to_run(ballot, person)
    still_a_draft(ballot)
    return ballot


def still_a_draft(ballot: Ballot) -> None:
    """Refuse a ballot that has opened: from then on options, rules and list stay."""
    if ballot.state != Ballot.State.DRAFT:
        raise Refused(STAYS)


def running(ballot: Ballot, person: User) -> Ballot:
    """The ballot, locked, where it is open or paused and `person` may run it."""
    ballot = locked_to_run(ballot, person)
    if not ballot.is_running:
        raise Refused("This vote is not open.")
    return ballot


def moved(ballot: Ballot, action: str, person: User, *fields: str, **noted: Any) -> Ballot:
    """Save a locked ballot's fields, write the audit line and tell those who watch."""
    ballot.version += 1
    ballot.save(update_fields=[*fields, "version"])
    log_action(action, by=person, about=ballot, **noted)
    live.nudge(ballot.pk)
    return ballot
