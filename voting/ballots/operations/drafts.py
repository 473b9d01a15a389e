"""Operations on a ballot that is being prepared: prepare, change, arrange, withdraw, copy, and the list of its roll."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from accounts.models import User
from audit.operations import log_action
from core.addresses import save_with_address
from core.errors import Refused
from core.permissions import require
from councils.permissions import only_organisation_of
from events.models import Event
from projects.models import Prototype
from voting.ballots import live, queries
from voting.ballots.drafts import NewOption, as_before, check_draft, of_prototypes, put_up
from voting.ballots.models import Ballot, Option, RollEntry, new_code, new_reference
from voting.ballots.operations.locks import NOT_STAFF, draft_of, lock_event, locked_to_run, moved, still_a_draft
from voting.ballots.sentences import CARDS_BETWEEN, FEWEST, MOST_CARDS
from voting.permissions import can_prepare_ballot


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
    ballot = draft_of(ballot, by)
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
    if "roll_from" in changed:
        ballot.roll.all().delete()  # it was made for the other way
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
    ballot = draft_of(ballot, by)
    can_be_arranged(ballot)
    for place, (option, price) in enumerate(in_order):
        ballot.options.filter(pk=option.pk).update(order=place, price=price)
    return moved(ballot, "voting.options_arranged", by)


@transaction.atomic
def set_roll(ballot: Ballot, *, by: User, people: Iterable[User]) -> Ballot:
    """Make these people the list of who may vote in a draft, each for the only organisation that they belong to."""
    ballot = draft_of(ballot, by)
    has_a_list(ballot)
    ballot.roll.all().delete()
    entries = [RollEntry(ballot=ballot, person=each, organisation=only_organisation_of(each)) for each in people]
    RollEntry.objects.bulk_create(entries)
    return moved(ballot, "voting.roll_entered", by, on_roll=len(entries))


def can_be_arranged(ballot: Ballot) -> None:
    """Refuse a ballot that has opened, or is a run-off."""
    still_a_draft(ballot)
    if ballot.run_off_of_id:
        raise Refused("A run-off is between those tied, in the order of the first round.")


def has_a_list(ballot: Ballot) -> None:
    """Refuse a ballot that has opened, or whose roll is no list."""
    still_a_draft(ballot)
    if ballot.roll_from != Ballot.Roll.LIST:
        raise Refused("Who may vote in it is not a list. Change that in the rules first.")


def takes_cards(ballot: Ballot) -> None:
    """Refuse a ballot that has opened, is not voted on by cards, or is for as many as the first round."""
    still_a_draft(ballot)
    if not ballot.is_by_cards:
        raise Refused("It is not voted on by voting cards. Change that in the rules first.")
    if ballot.run_off_of_id:
        raise Refused("A run-off is for as many cards as the first round.")


@transaction.atomic
def set_cards(ballot: Ballot, *, by: User, number: int) -> Ballot:
    """Say how many voting cards are handed out in a draft whose voters are whoever holds one."""
    ballot = draft_of(ballot, by)
    takes_cards(ballot)
    if not FEWEST <= number <= MOST_CARDS:
        raise Refused(CARDS_BETWEEN, field="number")
    ballot.roll.all().delete()
    RollEntry.objects.bulk_create(RollEntry(ballot=ballot, kind=RollEntry.Kind.CARD) for _ in range(number))
    return moved(ballot, "voting.roll_entered", by, on_roll=number)


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
