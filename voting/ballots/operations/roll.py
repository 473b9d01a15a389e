"""Operations on the roll of a ballot that runs, each for a public reason."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from fractions import Fraction

from django.db import transaction

from accounts.models import User
from core import clock
from core.errors import Refused
from councils.models import Organisation
from voting.ballots import queries
from voting.ballots.models import Ballot, RollEntry
from voting.ballots.operations.locks import locked_to_run, moved
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
    if ballot.is_by_cards:
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
    share_what_is_left(ballot, [entry])
    moved(ballot, "voting.added_to_roll", by, entry=entry.pk, reason=entry.late_reason)
    return entry


def roll_can_change(ballot: Ballot) -> None:
    """Refuse a ballot that takes no more votes."""
    if not ballot.is_under_way:
        raise Refused("This vote has closed, and its roll with it.")


@transaction.atomic
def give_out_card(ballot: Ballot, *, reason: str, by: User) -> RollEntry:
    """Let one more voting card count in a running ballot by cards. The reason is public, beside the result."""
    ballot = locked_to_run(ballot, by)
    if not ballot.is_by_cards:
        raise Refused("This vote is not by voting cards. Add people to its roll by name.")
    if not ballot.is_under_way:
        raise Refused("One more card is given out while the vote is open.")
    if not reason.strip():
        raise Refused("Say why one more card is given out.", field="reason")
    if ballot.roll.standing().count() >= MOST_CARDS:
        raise Refused(f"{MOST_CARDS} cards are given out already: that is as many as a vote takes.")
    entry = RollEntry(ballot=ballot, kind=RollEntry.Kind.CARD, late_reason=reason.strip(), added_at=clock.now())
    entry.save(force_insert=True)
    moved(ballot, "voting.card_given_out", by, entry=entry.pk, reason=entry.late_reason)
    return entry


@transaction.atomic
def strike_from_roll(ballot: Ballot, person: User, *, by: User, reason: str) -> RollEntry:
    """Strike somebody who has not voted off the roll of a running ballot. The reason is public, beside the result."""
    ballot = locked_to_run(ballot, by)
    return strike(ballot, person, by=by, reason=reason)


def strike(ballot: Ballot, person: User, *, by: User, reason: str) -> RollEntry:
    """`strike_from_roll` for a caller who has locked the ballot and asked for permission."""
    roll_can_change(ballot)
    if not reason.strip():
        raise Refused("Say why this person cannot vote.", field="reason")
    entry = queries.with_has_voted(ballot.roll.standing()).filter(person=person).first()
    if entry is None:
        raise Refused(f"{person} is not on the roll.")
    if entry.has_voted:
        raise Refused(f"{person} has voted, and stays on the roll.")
    take_off(ballot, [entry], reason=reason.strip())
    moved(ballot, "voting.struck_from_roll", by, entry=entry.pk, reason=entry.struck_reason)
    return entry


def take_off(ballot: Ballot, entries: Collection[RollEntry], *, reason: str, handed: str = "") -> None:
    """Strike off entries of people who have not voted. The caller locks the ballot, checks that, and logs it."""
    for entry in entries:
        entry.struck_at, entry.struck_reason, entry.handed = clock.now(), reason, handed
    RollEntry.objects.bulk_update(entries, ["struck_at", "struck_reason", "handed"])
    share_what_is_left(ballot, entries)


def forget_piles(ballot: Ballot) -> None:
    """Forget what slips say, as a locked ballot ends: they are votes now, or not counted. Their batches stay.

    Why a batch was sent back is forgotten with it: that may say what slips say.
    """
    batches = ballot.paper_batches  # type: ignore[attr-defined]  # of a subject further up
    for batch in batches.all():
        batch.piles.all().delete()
    batches.update(sent_back="")


def share_what_is_left(ballot: Ballot, changed: Iterable[RollEntry]) -> None:
    """Share what is not used of the one vote of each organisation of these entries among those who have not voted."""
    organisations = {entry.organisation_id for entry in changed} - {None}
    of_each: dict[int, list[RollEntry]] = defaultdict(list)
    for entry in queries.with_has_voted(ballot.roll.standing().filter(organisation__in=organisations)):
        of_each[entry.organisation_id].append(entry)
    shared = []
    for entries in of_each.values():
        waiting = [entry for entry in entries if not entry.has_voted]  # type: ignore[attr-defined]  # annotated
        used = sum((Fraction(entry.weight) for entry in entries if entry.has_voted), Fraction(0))  # type: ignore[attr-defined]  # same
        for entry in waiting:
            entry.weight = str((1 - used) / len(waiting))
        shared += waiting
    RollEntry.objects.bulk_update(shared, ["weight"])
