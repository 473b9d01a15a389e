"""Casting a vote."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from accounts.models import User
from audit.operations import record
from core import clock
from core.errors import Refused
from voting import live
from voting.models import Ballot, Choice, Option, Vote
from voting.moments import moment_in_words
from voting.operations.ballot import locked


class TooLate(Refused):
    """The vote was not open when this one came."""


NOT_ON_ROLL = (
    "You are not on the roll of this vote, so you cannot vote in it. If you are in the room, ask the facilitator to "
    "add you."
)


@transaction.atomic
def cast(ballot: Ballot, *, by: User, options: Iterable[Option]) -> Vote:
    """Count `by`'s vote for `options`, in place of an earlier one. The same vote sent twice counts once.

    The ballot's row stays locked to the commit, so a vote that was acknowledged is in the count of a close that
    comes at the same moment, and one that comes after it is refused.
    """
    ballot = locked(ballot)
    entry = ballot.roll.filter(person=by).first()
    if ballot.state == Ballot.State.DRAFT:
        raise TooLate(why_not_now(ballot))
    if entry is None:
        raise PermissionDenied(NOT_ON_ROLL)
    if not ballot.takes_votes:
        raise TooLate(why_not_now(ballot))
    ticked = check_choice(ballot, options)
    vote, is_new = Vote.objects.get_or_create(
        ballot=ballot,
        person=by,
        defaults={"organisation_id": entry.organisation_id, "cast_at": clock.now()},
    )
    if not is_new:
        before = set(vote.choices.values_list("option_id", flat=True))
        if before == ticked:
            return vote
        vote.choices.exclude(option_id__in=ticked).delete()
        ticked = ticked - before
        vote.changed_at = clock.now()
        vote.save(update_fields=["changed_at"])
    Choice.objects.bulk_create(Choice(vote=vote, option_id=key) for key in sorted(ticked))
    # Who voted is on the roll's record anyway; what they ticked stays out of the trail.
    record("voting.vote_cast" if is_new else "voting.vote_changed", by=by, about=ballot)
    Ballot.objects.filter(pk=ballot.pk).update(version=F("version") + 1)
    live.nudge(ballot.pk)
    return vote


def check_choice(ballot: Ballot, options: Iterable[Option]) -> set[int]:
    """The keys of the options, all of this ballot, as many as the rule allows."""
    ticked = {option.pk for option in options}
    if not ticked:
        raise Refused("Tick at least one prototype.", field="options")
    if ballot.most_choices and len(ticked) > ballot.most_choices:
        raise Refused(
            f"You ticked {len(ticked)}. Untick {len(ticked) - ballot.most_choices}: "
            f"at most {ballot.most_choices} may be ticked.",
            field="options",
        )
    if ballot.options.filter(pk__in=ticked).count() != len(ticked):
        raise Refused("Tick only prototypes of this vote.", field="options")
    return ticked


def why_not_now(ballot: Ballot) -> str:
    """Why a ballot takes no vote at this moment, with the time."""
    if ballot.state == Ballot.State.DRAFT:
        return "This vote has not opened yet."
    return f"This vote closed {moment_in_words(ballot.ended_at)}. A vote sent after that is not counted."
