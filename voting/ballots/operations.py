"""Operations on a ballot until it closes: prepare, change, withdraw, open, pause, extend, void; and on its roll."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from django.db import transaction
from django.db.models import F

from accounts.models import User
from audit.operations import log_action
from core import clock
from core.addresses import save_with_address
from core.errors import Refused
from core.key_folder import KeyFolderUnusable
from core.permissions import require
from councils.models import Organisation
from councils.permissions import only_organisation_of
from events.models import Event
from events.places.operations import lock
from projects.discoveries.operations import freeze_prototypes
from projects.models import Need, NeedMove, Prototype
from projects.needs.operations import tell_need_moved
from sealing.operations import open_round, void_round
from voting.ballots import live, queries
from voting.ballots.drafts import NewOption, as_before, check_draft, of_prototypes, put_up
from voting.ballots.models import Ballot, Option, RollEntry, new_code, new_reference
from voting.ballots.rules import method_of
from voting.ballots.sentences import why_not_open
from voting.permissions import can_prepare_ballot, can_run_ballot

NOT_STAFF = (
    "A vote is run by the organisers of its event, the facilitator who made it and the secretariat, "
    "with a second factor set up."
)
STAYS = "This vote has opened: from then on it stays as people read it. If it was misread, end this round and copy it."
# What is sealed with every vote beside its lines: its weight, its group and its receipt.
_SEALED_BESIDE, _SEALED_PER_LINE = 160, 48


def locked(ballot: Ballot) -> Ballot:
    """Lock the ballot's row and return the ballot as read after that, so that no vote comes after a close."""
    try:
        return Ballot.objects.select_for_update().get(pk=ballot.pk)
    except Ballot.DoesNotExist:
        raise Refused("This vote was withdrawn while it was being prepared.") from None


def locked_to_run(ballot: Ballot, person: User) -> Ballot:
    """The ballot as `locked` returns it, for somebody who runs it; anybody else is refused."""
    ballot = locked(ballot)
    require(can_run_ballot(person, ballot), NOT_STAFF)
    return ballot


@transaction.atomic
def prepare_ballot(
    event: Event | None,
    *,
    by: User,
    question: str,
    prototypes: Iterable[Prototype] = (),
    options: Iterable[NewOption] = (),
    **rules: Any,
) -> Ballot:
    """Create a draft with the options in the order given: prototypes first, then others.

    `rules` are the other fields of a ballot that are fixed before it opens.
    """
    require(can_prepare_ballot(by, event), NOT_STAFF)
    if event:
        lock_event(event)
    chosen = [*of_prototypes(dict.fromkeys(prototypes)), *options]
    ballot = Ballot(event=event, question=question, **rules)
    check_draft(ballot, chosen)
    _save_with_addresses(ballot)
    put_up(ballot, chosen)
    log_action(
        "voting.ballot_prepared",
        by=by,
        about=ballot,
        options=len(chosen),
        method=ballot.method,
        basis=ballot.basis,
        secrecy=ballot.secrecy,
        tie_rule=ballot.tie_rule,
    )
    return ballot


def _save_with_addresses(ballot: Ballot) -> None:
    """Save a new ballot under a reference and a code that no other has."""

    def is_free(code: str) -> bool:
        return not Ballot.objects.filter(code=code).exists()

    def addresses() -> str:
        ballot.code = next(filter(is_free, iter(new_code, None)))
        return new_reference()

    save_with_address(ballot, addresses, field="reference")


@transaction.atomic
def change_ballot(
    ballot: Ballot,
    *,
    by: User,
    prototypes: Iterable[Prototype] | None = None,
    options: Iterable[NewOption] | None = None,
    **given: Any,
) -> Ballot:
    """Change question, options or rules of a draft. What is not given stays; a run-off keeps the first vote's rules."""
    ballot = _draft(ballot, by)
    has_other_options = prototypes is not None or options is not None
    if ballot.run_off_of_id and (given.keys() - {"question", "closes_at"} or has_other_options):
        raise Refused("A run-off is between those tied, by the rule of the first round.")
    before = [NewOption.of(option) for option in queries.options_of(ballot)]
    chosen = before
    if has_other_options:
        chosen = as_before([*of_prototypes(dict.fromkeys(prototypes or ())), *(options or ())], before)
    was = {name: getattr(ballot, name) for name in given}
    for name, value in given.items():
        setattr(ballot, name, value)
    check_draft(ballot, chosen)
    changed = [name for name, value in was.items() if getattr(ballot, name) != value]
    if chosen != before:
        changed.append("options")
        ballot.options.all().delete()
        put_up(ballot, chosen)
    if not changed:
        return ballot
    ballot.version += 1
    ballot.save()
    log_action("voting.ballot_changed", by=by, about=ballot, changed=changed)
    live.nudge(ballot.pk)
    return ballot


@transaction.atomic
def arrange_options(ballot: Ballot, *, by: User, in_order: Iterable[tuple[Option, int | None]]) -> Ballot:
    """Put the options of a draft into this order, each with its price in pounds if it has one."""
    ballot = _draft(ballot, by)
    if ballot.run_off_of_id:
        raise Refused("A run-off is between those tied, in the order of the first round.")
    for place, (option, price) in enumerate(in_order):
        ballot.options.filter(pk=option.pk).update(order=place, price=price)
    return _moved(ballot, "voting.options_arranged", by)


@transaction.atomic
def set_roll(ballot: Ballot, *, by: User, people: Iterable[User]) -> Ballot:
    """Make these people the list of who may vote in a draft, each for the only organisation that they belong to."""
    ballot = _draft(ballot, by)
    if ballot.roll_from != Ballot.Roll.LIST:
        raise Refused("Who may vote in it is not a list. Change that in the rules first.")
    ballot.roll.all().delete()
    entries = [RollEntry(ballot=ballot, person=each, organisation=only_organisation_of(each)) for each in people]
    RollEntry.objects.bulk_create(entries)
    return _moved(ballot, "voting.roll_entered", by, on_roll=len(entries))


def _draft(ballot: Ballot, by: User) -> Ballot:
    """The ballot, locked, where it is being prepared and `by` may run it."""
    ballot = locked_to_run(ballot, by)
    if ballot.state != Ballot.State.DRAFT:
        raise Refused(STAYS)
    return ballot


@transaction.atomic
def withdraw_ballot(ballot: Ballot, *, by: User) -> None:
    """Delete a draft. The audit trail keeps that it existed."""
    ballot = locked_to_run(ballot, by)
    if ballot.state != Ballot.State.DRAFT:
        raise Refused("This vote has opened: it can be closed or made void, but not withdrawn.")
    take_away(ballot, by=by)


def take_away(ballot: Ballot, *, by: User) -> None:
    """Delete a draft and write the audit line. The caller has locked it and asked for permission."""
    log_action("voting.ballot_withdrawn", by=by, about=ballot, reference=ballot.reference)
    live.nudge(ballot.pk)
    ballot.delete()


def lock_event(event: Event) -> None:
    """Lock the event's row, before the ballot's, so that nobody cancels it or undoes a check-in meanwhile."""
    if lock(event).state != Event.State.PUBLISHED:
        raise Refused("This event is not on: a vote needs a day that takes place.")


@transaction.atomic
def open_ballot(ballot: Ballot, *, by: User) -> Ballot:
    """Fix options and roll and open the vote; of a secret one only once its key is kept. Twice changes nothing."""
    if ballot.event:
        lock_event(ballot.event)
    ballot = locked_to_run(ballot, by)
    if ballot.is_running:
        return ballot
    if ballot.state != Ballot.State.DRAFT:
        raise Refused("This vote has ended, and stays as it is. Prepare another one.")
    options, roll = queries.options_of(ballot), queries.coming_roll(ballot)
    if reasons := why_not_open(ballot, options, roll):
        raise Refused(f"This vote cannot open yet. {'. '.join(reasons)}.")
    _share_weights(roll)
    known = [entry for entry in roll if entry.pk]
    RollEntry.objects.bulk_create(entry for entry in roll if not entry.pk)
    RollEntry.objects.bulk_update(known, ["weight"])
    # From now on the prototypes cannot be changed: people vote on what they read.
    prototypes = [option.prototype for option in options if option.prototype]
    freeze_prototypes(prototypes)
    for option in options:
        option.save(update_fields=["title", "summary"])
    if ballot.is_secret:
        lines = len(options) * len(method_of(ballot).questions)
        try:
            ballot.sealed = open_round(f"Votes in: {ballot}", length=_SEALED_BESIDE + _SEALED_PER_LINE * lines)
        except KeyFolderUnusable as problem:
            raise Refused(
                "This vote cannot open yet. It is secret, and the key to its votes cannot be kept safely now. "
                "Tell whoever looks after the site."
            ) from problem
    ballot.state = Ballot.State.OPEN
    ballot.opened_by, ballot.opened_at = by, clock.now()
    ballot.version += 1
    ballot.save(update_fields=["state", "opened_by", "opened_at", "version", "sealed"])
    log_action("voting.ballot_opened", by=by, about=ballot, on_roll=len(roll), options=len(options))
    needs = Need.objects.filter(prototypes__in=prototypes).distinct()
    path = ballot.get_absolute_url()
    tell_need_moved(needs, what=NeedMove.What.VOTE, title=ballot.question, path=path, by=by)
    live.nudge(ballot.pk)
    return ballot


@transaction.atomic
def pause_ballot(ballot: Ballot, *, by: User) -> Ballot:
    """Take no votes until it goes on; its time stands still. Pausing twice changes nothing."""
    ballot = _running(ballot, by)
    if ballot.state == Ballot.State.PAUSED:
        return ballot
    if not ballot.takes_votes:
        raise Refused("The time announced for its close has come, so it cannot be paused any more.")
    ballot.state, ballot.paused_at = Ballot.State.PAUSED, clock.now()
    return _moved(ballot, "voting.ballot_paused", by, "state", "paused_at")


@transaction.atomic
def resume_ballot(ballot: Ballot, *, by: User) -> Ballot:
    """Take votes again; an announced close is later by as long as it was paused. Twice changes nothing."""
    ballot = _running(ballot, by)
    if ballot.paused_at is None:
        return ballot
    if ballot.closes_at:
        ballot.closes_at += clock.now() - ballot.paused_at
    ballot.state, ballot.paused_at = Ballot.State.OPEN, None
    return _moved(ballot, "voting.ballot_resumed", by, "state", "paused_at", "closes_at")


@transaction.atomic
def extend_ballot(ballot: Ballot, *, by: User, minutes: int = 2) -> Ballot:
    """Move the announced close of a running ballot back by some minutes."""
    ballot = _running(ballot, by)
    if ballot.closes_at is None:
        raise Refused("This vote has no announced close: it closes when you close it.")
    if ballot.state == Ballot.State.OPEN and not ballot.takes_votes:
        raise Refused("The time announced for its close has come. A vote that has ended is not prolonged.")
    ballot.closes_at += dt.timedelta(minutes=minutes)
    return _moved(ballot, "voting.ballot_extended", by, "closes_at", minutes=minutes)


@transaction.atomic
def void_ballot(ballot: Ballot, *, by: User, reason: str) -> Ballot:
    """End a running ballot without a count, for a public reason; what is sealed is never opened. Safe to do twice.

    Raises Refused once it has closed: from then on there is a result.
    """
    ballot = locked_to_run(ballot, by)
    if ballot.state == Ballot.State.VOID:
        return ballot
    if not ballot.is_running:
        raise Refused("Only a vote that has opened and not closed can be made void.")
    if not reason.strip():
        raise Refused("Say why this round does not count.", field="reason")
    queries.note_who_voted(ballot)
    if ballot.sealed:
        ballot.sealed = void_round(ballot.sealed, reason=reason.strip())
    ballot.state, ballot.paused_at = Ballot.State.VOID, None
    ballot.voided_at, ballot.void_reason = clock.now(), reason.strip()
    return _moved(
        ballot, "voting.ballot_voided", by, "state", "paused_at", "voided_at", "void_reason", reason=ballot.void_reason
    )


@transaction.atomic
def copy_ballot(ballot: Ballot, *, by: User) -> Ballot:
    """A draft of the next round with the options and rules of a void ballot; twice returns the first."""
    ballot = locked_to_run(ballot, by)
    if ballot.is_of_bodies:
        raise Refused("Bodies are asked anew where they were asked.")
    if ballot.state != Ballot.State.VOID:
        raise Refused("A new round follows one that was made void.")
    if copy := Ballot.objects.filter(copy_of=ballot).first():
        return copy
    kept = {name: getattr(ballot, name) for name in queries.FIXED_BEFORE_OPENING if name != "closes_at"}
    copy = Ballot(**kept, round=ballot.round + 1, copy_of=ballot, source=ballot.source)
    copy.is_illustrative = ballot.is_illustrative
    _save_with_addresses(copy)
    put_up(copy, [NewOption.of(option) for option in queries.options_of(ballot)])
    if copy.roll_from != Ballot.Roll.CHECK_IN:
        RollEntry.objects.bulk_create(queries.copied_roll(ballot, copy))
    log_action("voting.ballot_prepared", by=by, about=copy, copy_of=ballot.reference, round=copy.round)
    return copy


def _running(ballot: Ballot, by: User) -> Ballot:
    """The ballot, locked, where it is open or paused and `by` may run it."""
    ballot = locked_to_run(ballot, by)
    if not ballot.is_running:
        raise Refused("This vote is not open.")
    return ballot


def _moved(ballot: Ballot, action: str, by: User, *fields: str, **noted: Any) -> Ballot:
    """Save a locked ballot's fields, write the audit line and tell those who watch."""
    ballot.version += 1
    ballot.save(update_fields=[*fields, "version"])
    log_action(action, by=by, about=ballot, **noted)
    live.nudge(ballot.pk)
    return ballot


def _share_weights(roll: list[RollEntry]) -> None:
    """Give each organisation one vote in all, shared equally among its entries; those of none get nothing."""
    people = Counter(entry.organisation_id for entry in roll)
    for entry in roll:
        entry.weight = str(Fraction(1, people[entry.organisation_id])) if entry.organisation_id else "0"


@transaction.atomic
def add_to_roll(ballot: Ballot, *, person: User, organisation: Organisation | None, reason: str, by: User) -> RollEntry:
    """Add a latecomer to the roll of a running ballot. The reason is public, beside the result.

    Of their organisation's one vote they get an equal share of what its people have not used yet.
    """
    ballot = locked_to_run(ballot, by)
    if ballot.is_of_bodies:
        raise Refused("Its roll holds bodies. Who votes for one is said where its bodies are kept.")
    if ballot.state == Ballot.State.DRAFT:
        raise Refused("The roll is made when the vote opens. Until then, check people in at the event.")
    if not ballot.is_running or ballot.ended_at:
        raise Refused("This vote has closed, and its roll with it.")
    if not reason.strip():
        raise Refused("Say why this person was not checked in when the vote opened.", field="reason")
    entry = ballot.roll.filter(person=person).first() or RollEntry(ballot=ballot, person=person)
    if entry.pk and entry.stands:
        raise Refused(f"{person} is on the roll already.", field="email")
    reason = reason.strip()
    if entry.struck_reason:
        reason = f"{reason} (had been struck off: {entry.struck_reason})"[:200]
    entry.organisation, entry.late_reason, entry.added_at = organisation, reason, clock.now()
    entry.struck_at, entry.struck_reason, entry.weight = None, "", "0"
    entry.save()
    _share_what_is_left(ballot, organisation)
    return _roll_changed(ballot, entry, "voting.added_to_roll", by, entry.late_reason)


@transaction.atomic
def strike_from_roll(ballot: Ballot, person: User, *, by: User, reason: str) -> RollEntry:
    """Strike somebody who has not voted off the roll of a running ballot. The reason is public, beside the result."""
    ballot = locked_to_run(ballot, by)
    return strike(ballot, person, by=by, reason=reason)


def strike(ballot: Ballot, person: User, *, by: User, reason: str) -> RollEntry:
    """`strike_from_roll` for a caller who has locked the ballot and asked for permission."""
    if not ballot.is_running or ballot.ended_at:
        raise Refused("This vote has closed, and its roll with it.")
    if not reason.strip():
        raise Refused("Say why this person cannot vote.", field="reason")
    entry = queries.with_has_voted(ballot.roll.standing()).filter(person=person).first()
    if entry is None:
        raise Refused(f"{person} is not on the roll.")
    if entry.has_voted:
        raise Refused(f"{person} has voted, and stays on the roll.")
    entry.struck_at, entry.struck_reason = clock.now(), reason.strip()
    entry.save(update_fields=["struck_at", "struck_reason"])
    _share_what_is_left(ballot, entry.organisation)
    return _roll_changed(ballot, entry, "voting.struck_from_roll", by, entry.struck_reason)


def _share_what_is_left(ballot: Ballot, organisation: Organisation | None) -> None:
    """Share what its people have not used of an organisation's one vote among those who have not voted."""
    if organisation is None:
        return
    entries = list(queries.with_has_voted(ballot.roll.standing().filter(organisation=organisation)))
    waiting = [entry for entry in entries if not entry.has_voted]
    left = 1 - sum((Fraction(entry.weight) for entry in entries if entry.has_voted), Fraction(0))
    for entry in waiting:
        entry.weight = str(left / len(waiting))
    RollEntry.objects.bulk_update(waiting, ["weight"])


def _roll_changed(ballot: Ballot, entry: RollEntry, action: str, by: User, reason: str) -> RollEntry:
    Ballot.objects.filter(pk=ballot.pk).update(version=F("version") + 1)
    log_action(action, by=by, about=ballot, entry=entry.pk, reason=reason)
    live.nudge(ballot.pk)
    return entry
