"""Reads of somebody who may vote."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from core import clock
from voting.ballots.models import Ballot, RollEntry
from voting.ballots.queries import will_be_on_roll
from voting.casting.models import Vote


def open_roll_entries(user: User) -> QuerySet[RollEntry]:
    """Somebody's entries on the rolls of open votes, with `has_voted`."""
    voted = Vote.objects.filter(ballot=OuterRef("ballot"), person=user)
    rolls = RollEntry.objects.filter(person=user, ballot__state=Ballot.State.OPEN).annotate(has_voted=Exists(voted))
    rolls = rolls.filter(Q(ballot__closes_at=None) | Q(ballot__closes_at__gt=clock.now()))
    return rolls.select_related("ballot__event", "organisation")


def wait_words(ballot: Ballot, user: User) -> tuple[str, str]:
    """Heading and sentence of the waiting page: why somebody cannot vote yet, and what to do."""
    if ballot.state == Ballot.State.OPEN:
        return (
            "You are not on the roll yet",
            "The roll was made when the vote opened. Ask those who run it to add you: this page then turns into your "
            "ballot.",
        )
    opens = "Voting has not opened yet"
    if will_be_on_roll(ballot, user):
        return opens, "You are on its roll. This page turns into your ballot when it opens."
    if ballot.run_off_of_id:
        return opens, "A run-off is for those who were on the roll of the first vote, and you were not."
    return opens, (
        "If you have not checked in yet, go to the desk first: whoever is checked in when it opens may vote, and this "
        "page then turns into their ballot."
    )
