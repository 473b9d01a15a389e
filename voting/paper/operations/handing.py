"""Operations that hand out slips and cards: whoever gets one votes with that, and not on a screen."""

from dataclasses import dataclass

from django.db import transaction

from accounts.models import User
from core.errors import Refused
from core.words import one_or_many, series
from voting.ballots.models import Ballot, RollEntry
from voting.ballots.operations import locked_to_run, moved, share_what_is_left, take_off
from voting.ballots.queries import slips_out, with_has_voted
from voting.ballots.sentences import why_no_slips
from voting.paper.queries import slips_in_batches

Kind = RollEntry.Kind


@dataclass(frozen=True)
class HandedOut:
    """The entries that were added for slips or cards, and who got none because they have voted."""

    entries: list[RollEntry]
    had_voted: list[User]


@transaction.atomic
def hand_out(ballot: Ballot, *people: User, kind: str, by: User) -> HandedOut:
    """Give those of these people who have not voted a card or a slip in place of their vote on a screen.

    Their entries are struck off, and as many that belong to nobody added: the roll stays as long as it was. Whoever has
    voted keeps that vote, and is named afterwards: a refusal that changes nothing could be asked for again and again,
    to see who has voted by now. Where all of them have, it is refused; so is everything where one of them is not on the
    roll or was handed something before.
    """
    ballot = locked_to_run(ballot, by)
    check_takes_paper(ballot, kind)
    people = tuple(dict.fromkeys(people))
    if not people:
        raise Refused("Tick who gets one.", field="people")
    found = with_has_voted(ballot.roll.filter(person__in=people)).select_related("person", "organisation")
    on_roll = {entry.person_id: entry for entry in found}
    _check_all_may_get_one([(person, on_roll.get(person.pk)) for person in people])
    had_voted = [person for person in people if on_roll[person.pk].has_voted]
    if len(had_voted) == len(people):
        raise Refused(had_voted_words(had_voted), field="people")
    entries = [on_roll[person.pk] for person in people if person not in had_voted]
    take_off(ballot, entries, reason=RollEntry.HANDED[kind], handed=kind)
    added = RollEntry.objects.bulk_create(RollEntry(ballot=ballot, kind=kind) for _ in entries)
    moved(ballot, "voting.handed_out", by, entries=[entry.pk for entry in entries], kind=kind)
    return HandedOut(added, had_voted)


def had_voted_words(people: list[User]) -> str:
    """That these people have voted, as a sentence."""
    return f"{series(map(str, people))} {one_or_many(len(people), 'has', 'have')} voted already."


def check_has_slips(ballot: Ballot) -> None:
    """Refuse a ballot that takes no slips whatever its state, and say why."""
    if why := why_no_slips(ballot):
        raise Refused(why)


def check_takes_paper(ballot: Ballot, kind: str = Kind.SLIP) -> None:
    """Refuse where nobody can be handed a card or a slip, and say why."""
    check_has_slips(ballot)
    if kind == Kind.CARD and not ballot.is_secret:
        raise Refused("This vote is open, and a voting card is for a secret one. Hand out a slip.")
    if ballot.state == Ballot.State.DRAFT:
        raise Refused("This vote has not opened yet. Slips and cards are handed out once it has.")
    if not ballot.is_under_way:
        raise Refused("This vote has closed, so nobody is handed a slip or a card any more.")


def _check_all_may_get_one(asked: list[tuple[User, RollEntry | None]]) -> None:
    def refuse(people: list[User], sentence: str) -> None:
        if people:
            raise Refused(f"{series(map(str, people))} {sentence}", field="people")

    has_one = [person for person, entry in asked if entry and entry.was_handed]
    refuse(has_one, one_or_many(len(has_one), "was handed one already.", "were handed one already."))
    strangers = [person for person, entry in asked if entry is None or not entry.stands]
    refuse(strangers, one_or_many(len(strangers), "is not on the roll.", "are not on the roll."))


@transaction.atomic
def take_back(ballot: Ballot, person: User, *, by: User) -> RollEntry:
    """Put somebody back on the roll who gave back the slip that they were handed; they vote on a screen again.

    Twice changes nothing. Refused where all slips handed out are in batches already: one of those would then be a vote
    too many. A card is not taken back: what was printed on it may have been read.
    """
    ballot = locked_to_run(ballot, by)
    if not ballot.is_under_way:
        raise Refused("This vote has closed. A slip is taken back while its person can vote on a screen instead.")
    entry = ballot.roll.known().filter(person=person).select_related("organisation").first()
    if entry is None:
        raise Refused(f"{person} was not handed a slip.")
    if entry.stands:
        return entry
    if entry.handed != Kind.SLIP:
        raise Refused(f"{person} was handed a voting card, which cannot be taken back: it may have been used.")
    if slips_in_batches(ballot) >= slips_out(ballot):
        raise Refused("All slips that were handed out are in batches already, so none can be taken back.")
    slip = ballot.roll.standing().filter(kind=Kind.SLIP).last()
    assert slip is not None  # one is out
    slip.delete()
    entry.struck_at, entry.struck_reason, entry.handed, entry.weight = None, "", "", "0"
    entry.save(update_fields=["struck_at", "struck_reason", "handed", "weight"])
    share_what_is_left(ballot, [entry])
    moved(ballot, "voting.slip_taken_back", by, entry=entry.pk)
    return entry
