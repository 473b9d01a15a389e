"""Operations that hand out slips and cards: whoever gets one votes with that, and not on a screen."""

from django.db import transaction
from django.db.models import F

from accounts.models import User
from audit.operations import log_action
from core.errors import Refused
from core.words import one_or_many, series
from voting.ballots import live
from voting.ballots.models import Ballot, RollEntry
from voting.ballots.operations import locked_to_run, share_what_is_left, take_off
from voting.ballots.queries import slips_out, with_has_voted
from voting.paper.queries import slips_in_batches

Kind = RollEntry.Kind
PER_COUNCIL = (
    "This vote is counted per council or body. A slip or a card says of no council whose it is, so nobody can be "
    "handed one."
)


@transaction.atomic
def hand_out(ballot: Ballot, *people: User, kind: str, by: User) -> list[RollEntry]:
    """Give each of these people a card or a slip in place of their vote on a screen; all of them or none.

    Their entries are struck off, and as many that belong to nobody added: the roll stays as long as it was. Returns
    the entries that were added. Whoever has voted, or was handed something before, is refused.
    """
    ballot = locked_to_run(ballot, by)
    check_takes_paper(ballot, kind)
    people = tuple(dict.fromkeys(people))
    if not people:
        raise Refused("Tick who gets one.", field="people")
    on_roll = {entry.person_id: entry for entry in with_has_voted(ballot.roll.filter(person__in=people))}
    _check_all_may_get_one([(person, on_roll.get(person.pk)) for person in people])
    for person in people:
        entry = take_off(ballot, person, reason=RollEntry.HANDED[kind])
        log_action("voting.handed_out", by=by, about=ballot, entry=entry.pk, kind=kind)
    added = RollEntry.objects.bulk_create(RollEntry(ballot=ballot, kind=kind) for _ in people)
    _roll_has_changed(ballot)
    return added


def check_takes_paper(ballot: Ballot, kind: str = Kind.SLIP) -> None:
    """Refuse where nobody can be handed a card or a slip, and say why."""
    if ballot.weighs_councils:
        raise Refused(PER_COUNCIL)
    if kind == Kind.CARD and not ballot.is_secret:
        raise Refused("This vote is open, and a voting card is for a secret one. Hand out a slip.")
    if ballot.state == Ballot.State.DRAFT:
        raise Refused("This vote has not opened yet. Slips and cards are handed out once it has.")
    if not ballot.is_running or ballot.ended_at:
        raise Refused("This vote has closed, so nobody is handed a slip or a card any more.")


def _check_all_may_get_one(asked: list[tuple[User, RollEntry | None]]) -> None:
    def refuse(people: list[User], sentence: str) -> None:
        if people:
            raise Refused(f"{series(map(str, people))} {sentence}", field="people")

    has_one = [person for person, entry in asked if entry and entry.was_handed]
    refuse(has_one, one_or_many(len(has_one), "was handed one already.", "were handed one already."))
    strangers = [person for person, entry in asked if entry is None or not entry.stands]
    refuse(strangers, one_or_many(len(strangers), "is not on the roll.", "are not on the roll."))
    bodies = [person for person, entry in asked if entry and entry.kind == Kind.BODY]
    refuse(bodies, "vote for a body, and a slip or a card says of no body whose it is.")
    voted = [person for person, entry in asked if entry and entry.has_voted]  # type: ignore[attr-defined]  # annotated
    refuse(voted, one_or_many(len(voted), "has voted already.", "have voted already."))


@transaction.atomic
def take_back(ballot: Ballot, person: User, *, by: User) -> RollEntry:
    """Put somebody back on the roll who gave back the slip that they were handed; they vote on a screen again.

    Refused where all slips handed out are in batches already: one of those would then be a vote too many. A card is
    not taken back: what was printed on it may have been read.
    """
    ballot = locked_to_run(ballot, by)
    check_takes_paper(ballot)
    entry = ballot.roll.handed_out().filter(person=person).select_related("organisation").first()
    if entry is None:
        raise Refused(f"{person} was not handed a slip.")
    if entry.struck_reason != RollEntry.HANDED[Kind.SLIP]:
        raise Refused(f"{person} was handed a voting card, which cannot be taken back: it may have been used.")
    if slips_in_batches(ballot) >= slips_out(ballot):
        raise Refused("All slips that were handed out are in batches already, so none can be taken back.")
    slip = ballot.roll.standing().filter(kind=Kind.SLIP).last()
    assert slip is not None  # one is out
    slip.delete()
    entry.struck_at, entry.struck_reason, entry.weight = None, "", "0"
    entry.save(update_fields=["struck_at", "struck_reason", "weight"])
    share_what_is_left(ballot, entry.organisation)
    log_action("voting.slip_taken_back", by=by, about=ballot, entry=entry.pk)
    _roll_has_changed(ballot)
    return entry


def _roll_has_changed(ballot: Ballot) -> None:
    Ballot.objects.filter(pk=ballot.pk).update(version=F("version") + 1)
    live.nudge(ballot.pk)
