"""Operations on the roll of a ballot that runs, each for a public reason."""

from collections import Counter
from fractions import Fraction

from django.db import transaction
from django.db.models import F

from accounts.models import User
from audit.operations import log_action
from core import clock
from core.errors import Refused
from councils.models import Organisation
from voting.ballots import live, queries
from voting.ballots.models import Ballot, RollEntry
from voting.ballots.operations.locks import locked_to_run
from voting.ballots.sentences import MOST_CARDS


def share_weights(roll: list[RollEntry]) -> None:
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
    roll_can_change(ballot)
    if ballot.roll_from == Ballot.Roll.CARDS:
        raise Refused("This vote is by voting cards, which belong to nobody. Give out one more card instead.")
    if not reason.strip():
        raise Refused("Say why this person was not checked in when the vote opened.", field="reason")
    entry = ballot.roll.filter(person=person).first() or RollEntry(ballot=ballot, person=person)
    if entry.pk and entry.stands:
        raise Refused(f"{person} is on the roll already.", field="email")
    if entry.was_handed:
        raise Refused(f"{person} was handed a card or a slip, and votes with that. Take it back first.", field="email")
    reason = reason.strip()
    if entry.struck_reason:
        reason = f"{reason} (had been struck off: {entry.struck_reason})"[:200]
    entry.organisation, entry.late_reason, entry.added_at = organisation, reason, clock.now()
    entry.struck_at, entry.struck_reason, entry.weight = None, "", "0"
    entry.save()
    share_what_is_left(ballot, organisation)
    return _roll_changed(ballot, entry, "voting.added_to_roll", by, entry.late_reason)


def roll_can_change(ballot: Ballot) -> None:
    """Refuse a ballot that takes no more votes."""
    if not ballot.is_running or ballot.ended_at:
        raise Refused("This vote has closed, and its roll with it.")


@transaction.atomic
def give_out_card(ballot: Ballot, *, reason: str, by: User) -> RollEntry:
    """Let one more voting card count in a running ballot by cards. The reason is public, beside the result."""
    ballot = locked_to_run(ballot, by)
    if ballot.roll_from != Ballot.Roll.CARDS:
        raise Refused("This vote is not by voting cards. Add people to its roll by name.")
    if not ballot.is_running or ballot.ended_at:
        raise Refused("One more card is given out while the vote is open.")
    if not reason.strip():
        raise Refused("Say why one more card is given out.", field="reason")
    if ballot.roll.standing().count() >= MOST_CARDS:
        raise Refused(f"{MOST_CARDS} cards are given out already: that is as many as a vote takes.")
    entry = RollEntry(ballot=ballot, kind=RollEntry.Kind.CARD, late_reason=reason.strip(), added_at=clock.now())
    entry.save(force_insert=True)
    return _roll_changed(ballot, entry, "voting.card_given_out", by, entry.late_reason)


@transaction.atomic
def strike_from_roll(ballot: Ballot, person: User, *, by: User, reason: str) -> RollEntry:
    """Strike somebody who has not voted off the roll of a running ballot. The reason is public, beside the result."""
    ballot = locked_to_run(ballot, by)
    if reason.strip() in RollEntry.HANDED.values():
        raise Refused("Whoever votes on paper or by card is handed a slip or a card.", field="reason")
    return strike(ballot, person, by=by, reason=reason)


def strike(ballot: Ballot, person: User, *, by: User, reason: str) -> RollEntry:
    """`strike_from_roll` for a caller who has locked the ballot and asked for permission."""
    entry = take_off(ballot, person, reason=reason)
    return _roll_changed(ballot, entry, "voting.struck_from_roll", by, entry.struck_reason)


def take_off(ballot: Ballot, person: User, *, reason: str) -> RollEntry:
    """The entry, struck off now, of somebody who has not voted. The caller locks the ballot and logs it."""
    roll_can_change(ballot)
    if not reason.strip():
        raise Refused("Say why this person cannot vote.", field="reason")
    entry = queries.with_has_voted(ballot.roll.standing()).filter(person=person).first()
    if entry is None:
        raise Refused(f"{person} is not on the roll.")
    if entry.has_voted:
        raise Refused(f"{person} has voted, and stays on the roll.")
    entry.struck_at, entry.struck_reason = clock.now(), reason.strip()
    entry.save(update_fields=["struck_at", "struck_reason"])
    share_what_is_left(ballot, entry.organisation)
    return entry


def forget_piles(ballot: Ballot) -> None:
    """Forget what slips say, as a locked ballot ends: they are votes now, or not counted. Their batches stay."""
    for batch in ballot.paper_batches.all():  # type: ignore[attr-defined]  # of a subject further up
        batch.piles.all().delete()


def share_what_is_left(ballot: Ballot, organisation: Organisation | None) -> None:
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
