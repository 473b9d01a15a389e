"""From preparing a ballot to its close."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import F

from accounts.models import User
from audit.operations import record
from core import clock
from core.addresses import save_with_address
from core.errors import Refused
from core.permissions import require
from councils.models import Organisation
from events.models import Event
from events.operations.queue import lock
from projects import operations as projects
from projects.models import Need, NeedMove, Prototype
from voting import live, queries
from voting.counting import Tally
from voting.models import Ballot, Option, RollEntry, new_reference
from voting.permissions import can_run_ballots
from voting.words import why_not_open

ONLY_FACILITATORS = "Votes are run by the Alliance's facilitators, with a second factor set up."


def locked(ballot: Ballot) -> Ballot:
    """The ballot read afresh, with its row held until the end of the transaction: no vote slips past a close."""
    try:
        return Ballot.objects.select_for_update().get(pk=ballot.pk)
    except Ballot.DoesNotExist:
        raise Refused("This vote was withdrawn while it was being prepared.") from None


@transaction.atomic
def prepare_ballot(
    event: Event,
    *,
    by: User,
    question: str,
    prototypes: Iterable[Prototype],
    basis: str = Ballot.Basis.PERSON,
    most_choices: int | None = None,
    to_pursue: int = 1,
    tie_rule: str = Ballot.TieRule.RUN_OFF,
    closes_at: dt.datetime | None = None,
    run_off_of: Ballot | None = None,
    source: str = "",
    is_illustrative: bool = False,
) -> Ballot:
    """A draft that only facilitators see. The options stand in the order given."""
    require(can_run_ballots(by), ONLY_FACILITATORS)
    _hold_the_day(event)
    chosen = list(dict.fromkeys(prototypes))
    check_draft(chosen, to_pursue, closes_at)
    ballot = Ballot(
        event=event,
        question=question,
        basis=basis,
        most_choices=limit_of(most_choices, chosen),
        to_pursue=to_pursue,
        tie_rule=tie_rule,
        closes_at=closes_at,
        run_off_of=run_off_of,
        source=source,
        is_illustrative=is_illustrative,
    )
    save_with_address(ballot, new_reference, field="reference")
    put_up(ballot, chosen)
    record("voting.ballot_prepared", by=by, about=ballot, options=len(chosen), basis=basis, tie_rule=tie_rule)
    return ballot


def check_draft(chosen: list[Prototype], to_pursue: int, closes_at: dt.datetime | None) -> None:
    """Refuse what could never be a vote."""
    if len(chosen) < 2:
        raise Refused("Choose at least two prototypes: a vote is between options.", field="prototypes")
    if to_pursue >= len(chosen):
        raise Refused("Choose fewer than there are prototypes, or there is nothing to decide.", field="to_pursue")
    if closes_at and closes_at <= clock.now():
        raise Refused("This time has passed. Give one to come, or leave it empty to close by hand.", field="closes_at")


def limit_of(most_choices: int | None, chosen: list[Prototype]) -> int | None:
    """How many one may tick; as many as there are is the same as no limit."""
    return None if most_choices is None or most_choices >= len(chosen) else most_choices


def put_up(ballot: Ballot, chosen: Iterable[Prototype]) -> None:
    """Make these the options of a draft, in this order."""
    Option.objects.bulk_create(Option(ballot=ballot, prototype=p, order=n) for n, p in enumerate(chosen))


def _hold_the_day(event: Event) -> None:
    """Lock the event's row, before the ballot's: nobody cancels it, or undoes a check-in while the roll is made."""
    if lock(event).state != Event.State.PUBLISHED:
        raise Refused("This event is not on: a vote needs a day that takes place.")


@transaction.atomic
def open_ballot(ballot: Ballot, *, by: User) -> Ballot:
    """Freeze the roll and let people vote. Opening an open ballot changes nothing."""
    require(can_run_ballots(by), ONLY_FACILITATORS)
    _hold_the_day(ballot.event)
    ballot = locked(ballot)
    if ballot.state == Ballot.State.OPEN:
        return ballot
    if ballot.state == Ballot.State.CLOSED:
        raise Refused("This vote has closed. A closed vote stays closed; prepare another one.")
    options, roll = queries.options_of(ballot), queries.coming_roll(ballot)
    if reasons := why_not_open(ballot, options, roll):
        raise Refused(f"This vote cannot open yet. {'. '.join(reasons)}.")
    RollEntry.objects.bulk_create(roll)
    # People vote on what they can read; from now on it stays as they read it.
    projects.freeze_prototypes(option.prototype for option in options)
    ballot.state = Ballot.State.OPEN
    ballot.opened_by, ballot.opened_at = by, clock.now()
    ballot.version += 1
    ballot.save(update_fields=["state", "opened_by", "opened_at", "version"])
    record("voting.ballot_opened", by=by, about=ballot, on_roll=len(roll), options=len(options))
    needs = Need.objects.filter(prototypes__options__ballot=ballot).distinct()
    path = ballot.get_absolute_url()
    projects.tell_need_moved(needs, what=NeedMove.What.VOTE, title=ballot.question, path=path, by=by)
    live.nudge(ballot.pk)
    return ballot


@transaction.atomic
def add_to_roll(ballot: Ballot, *, person: User, organisation: Organisation | None, reason: str, by: User) -> RollEntry:
    """Let a latecomer vote. The reason is public, beside the result."""
    require(can_run_ballots(by), ONLY_FACILITATORS)
    ballot = locked(ballot)
    if ballot.state == Ballot.State.DRAFT:
        raise Refused("The roll is made when the vote opens. Until then, check people in at the event.")
    if not ballot.takes_votes:
        raise Refused("This vote has closed, and its roll with it.")
    if not reason.strip():
        raise Refused("Say why this person was not checked in when the vote opened.", field="reason")
    entry, is_new = RollEntry.objects.get_or_create(
        ballot=ballot,
        person=person,
        defaults={"organisation": organisation, "late_reason": reason.strip(), "added_at": clock.now()},
    )
    if not is_new:
        raise Refused(f"{person} is on the roll already.", field="email")
    Ballot.objects.filter(pk=ballot.pk).update(version=F("version") + 1)
    record("voting.added_to_roll", by=by, about=ballot, entry=entry.pk, reason=entry.late_reason)
    live.nudge(ballot.pk)
    return entry


@transaction.atomic
def close_ballot(ballot: Ballot, *, by: User | None) -> Tally:
    """Stop the vote and freeze its tally. Closing a closed ballot returns the frozen tally.

    Without `by` the portal closes it, at the time that was announced.
    """
    require(by is None or can_run_ballots(by), ONLY_FACILITATORS)
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
    record("voting.ballot_closed", by=by, about=ballot, voted=count.voted, on_roll=count.on_roll)
    live.nudge(ballot.pk)
    return count


def close_ballots_that_are_due() -> int:
    """Close every open ballot whose announced time has come. Returns how many."""
    due = Ballot.objects.filter(state=Ballot.State.OPEN, closes_at__lte=clock.now())
    for ballot in due:
        close_ballot(ballot, by=None)
    return len(due)


@transaction.atomic
def prepare_run_off(ballot: Ballot, *, by: User) -> Ballot:
    """A second vote between those tied, on the same roll and by the same rule. Asked twice, it is the same one."""
    require(can_run_ballots(by), ONLY_FACILITATORS)
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
