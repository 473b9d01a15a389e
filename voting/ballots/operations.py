"""Operations on drafts and the roll: prepare, change, withdraw and open a ballot, add to the roll."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import F

from accounts.models import User
from audit.operations import log_action
from core import clock
from core.addresses import save_with_address
from core.errors import Refused
from core.permissions import require
from councils.models import Organisation
from events.models import Event
from events.places.operations import lock
from projects.discoveries.operations import freeze_prototypes
from projects.models import Need, NeedMove, Prototype
from projects.needs.operations import tell_need_moved
from voting.ballots import live, queries
from voting.ballots.models import Ballot, Option, RollEntry, new_reference
from voting.ballots.sentences import why_not_open
from voting.permissions import can_run_ballots

NOT_STAFF = "Votes are run by the Alliance's facilitators and secretariat, with a second factor set up."
STAYS = "This vote has opened: from then on it stays as people read it."


def locked(ballot: Ballot) -> Ballot:
    """Lock the ballot's row and return the ballot as read after that, so that no vote comes after a close."""
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
    """Create a draft, which only facilitators and the secretariat see, with the options in the order given."""
    require(can_run_ballots(by), NOT_STAFF)
    _lock_event(event)
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
    log_action("voting.ballot_prepared", by=by, about=ballot, options=len(chosen), basis=basis, tie_rule=tie_rule)
    return ballot


def check_draft(chosen: list[Prototype], to_pursue: int, closes_at: dt.datetime | None) -> None:
    """Refuse fewer than two options, or rules that could not be applied."""
    if len(chosen) < 2:
        raise Refused("Choose at least two prototypes: a vote is between options.", field="prototypes")
    if to_pursue >= len(chosen):
        raise Refused("Choose fewer than there are prototypes, or there is nothing to decide.", field="to_pursue")
    if closes_at and closes_at <= clock.now():
        raise Refused("This time has passed. Give one to come, or leave it empty to close by hand.", field="closes_at")


def limit_of(most_choices: int | None, chosen: list[Prototype]) -> int | None:
    """How many one may tick; None where that is no limit, being as many as there are."""
    return None if most_choices is None or most_choices >= len(chosen) else most_choices


def put_up(ballot: Ballot, chosen: Iterable[Prototype]) -> None:
    """Set the options of a draft, in this order."""
    Option.objects.bulk_create(Option(ballot=ballot, prototype=p, order=n) for n, p in enumerate(chosen))


@transaction.atomic
def change_ballot(
    ballot: Ballot,
    *,
    by: User,
    question: str,
    closes_at: dt.datetime | None = None,
    prototypes: Iterable[Prototype] | None = None,
    **rules: Any,
) -> Ballot:
    """Change question, options or rules of a draft. What is not given stays; a run-off keeps the first vote's rule.

    `rules` are `basis`, `most_choices`, `to_pursue` and `tie_rule`.
    """
    require(can_run_ballots(by), NOT_STAFF)
    ballot = locked(ballot)
    if ballot.state != Ballot.State.DRAFT:
        raise Refused(STAYS)
    if ballot.run_off_of_id and (rules or prototypes is not None):
        raise Refused("A run-off is between those tied, by the rule of the first round.")
    before = [option.prototype for option in ballot.options.select_related("prototype")]
    chosen = before if prototypes is None else list(dict.fromkeys(prototypes))
    check_draft(chosen, rules.get("to_pursue", ballot.to_pursue), closes_at)
    if "most_choices" in rules:
        rules["most_choices"] = limit_of(rules["most_choices"], chosen)
    given = {"question": question, "closes_at": closes_at, **rules}
    changed = [name for name, value in given.items() if getattr(ballot, name) != value]
    if set(chosen) != set(before):
        changed.append("prototypes")
        ballot.options.all().delete()
        put_up(ballot, chosen)
    if not changed:
        return ballot
    for name, value in given.items():
        setattr(ballot, name, value)
    ballot.version += 1
    ballot.save()
    log_action("voting.ballot_changed", by=by, about=ballot, changed=changed)
    live.nudge(ballot.pk)
    return ballot


@transaction.atomic
def withdraw_ballot(ballot: Ballot, *, by: User) -> None:
    """Delete a draft. The audit trail keeps that it existed."""
    require(can_run_ballots(by), NOT_STAFF)
    ballot = locked(ballot)
    if ballot.state != Ballot.State.DRAFT:
        raise Refused("This vote has opened: it can be closed, but not withdrawn.")
    take_away(ballot, by=by)


def take_away(ballot: Ballot, *, by: User) -> None:
    """Delete a draft and write the audit line. The caller has locked it and asked for permission."""
    log_action("voting.ballot_withdrawn", by=by, about=ballot, reference=ballot.reference)
    live.nudge(ballot.pk)
    ballot.delete()


def _lock_event(event: Event) -> None:
    """Lock the event's row, before the ballot's, so that nobody cancels it or undoes a check-in meanwhile."""
    if lock(event).state != Event.State.PUBLISHED:
        raise Refused("This event is not on: a vote needs a day that takes place.")


@transaction.atomic
def open_ballot(ballot: Ballot, *, by: User) -> Ballot:
    """Fix the roll and open the vote. Opening an open ballot changes nothing."""
    require(can_run_ballots(by), NOT_STAFF)
    _lock_event(ballot.event)
    ballot = locked(ballot)
    if ballot.state == Ballot.State.OPEN:
        return ballot
    if ballot.state == Ballot.State.CLOSED:
        raise Refused("This vote has closed. A closed vote stays closed; prepare another one.")
    options, roll = queries.options_of(ballot), queries.coming_roll(ballot)
    if reasons := why_not_open(ballot, options, roll):
        raise Refused(f"This vote cannot open yet. {'. '.join(reasons)}.")
    RollEntry.objects.bulk_create(roll)
    # From now on the prototypes cannot be changed: people vote on what they read.
    freeze_prototypes(option.prototype for option in options)
    ballot.state = Ballot.State.OPEN
    ballot.opened_by, ballot.opened_at = by, clock.now()
    ballot.version += 1
    ballot.save(update_fields=["state", "opened_by", "opened_at", "version"])
    log_action("voting.ballot_opened", by=by, about=ballot, on_roll=len(roll), options=len(options))
    needs = Need.objects.filter(prototypes__options__ballot=ballot).distinct()
    path = ballot.get_absolute_url()
    tell_need_moved(needs, what=NeedMove.What.VOTE, title=ballot.question, path=path, by=by)
    live.nudge(ballot.pk)
    return ballot


@transaction.atomic
def add_to_roll(ballot: Ballot, *, person: User, organisation: Organisation | None, reason: str, by: User) -> RollEntry:
    """Add a latecomer to the roll of an open ballot. The reason is public, beside the result."""
    require(can_run_ballots(by), NOT_STAFF)
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
    log_action("voting.added_to_roll", by=by, about=ballot, entry=entry.pk, reason=entry.late_reason)
    live.nudge(ballot.pk)
    return entry


def strike_from_roll(ballot: Ballot, person: User, *, by: User) -> None:
    """Take somebody who was not there off the roll of an open ballot, which the caller has locked and asked about."""
    RollEntry.objects.filter(ballot=ballot, person=person).delete()
    Ballot.objects.filter(pk=ballot.pk).update(version=F("version") + 1)
    log_action("voting.struck_from_roll", by=by, about=ballot)
    live.nudge(ballot.pk)
