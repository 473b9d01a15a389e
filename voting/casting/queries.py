"""Reads of somebody who may vote."""

from django.db.models import Q, QuerySet

from accounts.models import User
from core import clock
from voting.ballots.models import Ballot, RollEntry
from voting.ballots.queries import will_be_on_roll, with_has_voted
from voting.casting.models import Choice
from voting.methods.values import VoteMark

NOT_ON_ROLL = (
    "You are not on the roll of this vote, so you cannot vote in it. If you are in the room, check in at the desk, "
    "then ask those who run it to add you."
)
NO_REPRESENTATIVE = "Bodies vote here, each through one person, and you vote for none of them."

BY_CARD = (
    "This vote is by voting cards, not by name. Scan the code on your card, or type its words at the address on it."
)


HANDED: dict[str, str] = {
    RollEntry.Kind.CARD: "You were handed a voting card, and vote with that instead of on this page.",
    RollEntry.Kind.SLIP: (
        "You were handed a paper slip, and vote with that instead of on this page. Fill it in and give it to those who "
        "run the vote."
    ),
}


def open_roll_entries(user: User) -> QuerySet[RollEntry]:
    """Somebody's entries on the rolls of ballots that take votes, with `has_voted`."""
    rolls = RollEntry.objects.standing().filter(person=user, ballot__state=Ballot.State.OPEN)
    rolls = rolls.filter(Q(ballot__closes_at=None) | Q(ballot__closes_at__gt=clock.now()))
    return with_has_voted(rolls).select_related("ballot__event", "organisation")


def own_marks(entry: RollEntry) -> tuple[VoteMark, ...]:
    """What somebody voted for in an open ballot; of a secret one nobody can tell."""
    rows = Choice.objects.filter(vote__entry=entry).order_by("pk")
    return tuple(VoteMark(*row) for row in rows.values_list("option_id", "value", "question"))


def why_not_on_roll(ballot: Ballot, user: User) -> str:
    """Why somebody who is not on the roll cannot vote, as sentences: with the reason where they were taken off it."""
    if ballot.is_by_cards:
        return BY_CARD
    struck = RollEntry.objects.filter(ballot=ballot, person=user, struck_at__isnull=False).first()
    if struck is None:
        return NO_REPRESENTATIVE if ballot.is_of_bodies else NOT_ON_ROLL
    if struck.was_handed:
        return HANDED[struck.handed]
    return (
        f"You were taken off the roll of this vote, so you cannot vote in it: “{struck.struck_reason}”. If that is "
        "wrong, tell those who run it."
    )


def marks_by_vote(ballot: Ballot) -> dict[int, list[VoteMark]]:
    """What each vote says, by its key."""
    marks: dict[int, list[VoteMark]] = {}
    rows = Choice.objects.filter(vote__ballot=ballot).order_by("vote_id", "pk")
    for vote_id, option, value, question in rows.values_list("vote_id", "option_id", "value", "question"):
        marks.setdefault(vote_id, []).append(VoteMark(option, value, question))
    return marks


def wait_words(ballot: Ballot, user: User) -> tuple[str, str]:
    """Heading and sentence of the waiting page: why somebody cannot vote yet, and what to do."""
    if ballot.is_by_cards:
        return "By voting card", BY_CARD
    if ballot.is_running:
        why = why_not_on_roll(ballot, user)
        if kind := next((kind for kind, words in HANDED.items() if words == why), ""):
            return RollEntry.HANDED[kind].replace("Votes", "You vote"), why
        if why != NOT_ON_ROLL:
            return "You were taken off the roll", why
        return (
            "You are not on the roll yet",
            "The roll was made when the vote opened. Ask those who run it to add you: this page then turns into your "
            "ballot.",
        )
    opens = "Voting has not opened yet"
    if will_be_on_roll(ballot, user):
        return opens, "You are on its roll. This page turns into your ballot when it opens."
    if ballot.roll_from != Ballot.Roll.CHECK_IN:
        return opens, "Its roll is a list, and you are not on it. Ask those who run it whether that is right."
    if ballot.run_off_of_id:
        return opens, "A run-off is for those who were on the roll of the first vote, and you were not."
    return opens, (
        "If you have not checked in yet, go to the desk first: whoever is checked in when it opens may vote, and this "
        "page then turns into their ballot."
    )
