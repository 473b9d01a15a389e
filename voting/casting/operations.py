"""The operation of casting a vote."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from accounts.models import User
from audit.operations import log_action
from core import clock
from core.errors import Refused
from core.permissions import require
from core.words import at_moment
from voting.ballots import live
from voting.ballots.models import Ballot, Option, RollEntry
from voting.ballots.operations import locked
from voting.casting.models import Choice, Vote


class TooLate(Refused):
    """The ballot did not take votes when this one came."""


NOT_ON_ROLL = (
    "You are not on the roll of this vote, so you cannot vote in it. If you are in the room, check in at the desk, "
    "then ask those who run it to add you."
)


@transaction.atomic
def cast(ballot: Ballot, *, by: User, options: Iterable[Option]) -> Vote:
    """Count `by`'s vote for `options`, in place of an earlier one. The same vote sent twice counts once.

    The ballot's row is locked until the commit: a vote that was acknowledged is in the count of a close at the same
    moment, and one that comes after the close is refused.
    """
    require(by.is_authenticated, NOT_ON_ROLL)
    ballot = locked(ballot)
    entry = next(iter(RollEntry.objects.filter(ballot=ballot, person=by)), None)
    if ballot.state == Ballot.State.DRAFT:
        raise TooLate(why_not_now(ballot))
    if entry is None:
        raise PermissionDenied(NOT_ON_ROLL)
    if not ballot.takes_votes:
        raise TooLate(why_not_now(ballot))
    ticked = check_choice(ballot, options)
    # Under the lock nobody else writes votes of this ballot, so it is read once.
    vote = next(iter(Vote.objects.filter(ballot=ballot, person=by)), None)
    if vote is None:
        action, vote = "voting.vote_cast", Vote(ballot=ballot, person=by, organisation_id=entry.organisation_id)
        vote.save(force_insert=True)
    else:
        before = set(Choice.objects.filter(vote=vote).values_list("option_id", flat=True))
        if before == ticked:
            return vote
        action, vote.changed_at = "voting.vote_changed", clock.now()
        Choice.objects.filter(vote=vote, option_id__in=before - ticked).delete()
        Vote.objects.filter(pk=vote.pk).update(changed_at=vote.changed_at)
        ticked -= before
    Choice.objects.bulk_create(Choice(vote=vote, option_id=key) for key in sorted(ticked))
    # That they voted is public on the roll; what they ticked stays out of the audit trail.
    log_action(action, by=by, about=ballot)
    Ballot.objects.filter(pk=ballot.pk).update(version=F("version") + 1)
    live.nudge(ballot.pk)
    return vote


def check_choice(ballot: Ballot, options: Iterable[Option]) -> set[int]:
    """The keys of the options, all of this ballot, as many as the rule allows.

    An option never changes its ballot, so nothing is read again under the lock.
    """
    options = list(options)
    ticked = {option.pk for option in options}
    if not ticked:
        raise Refused("Tick at least one prototype.", field="options")
    if ballot.most_choices and len(ticked) > ballot.most_choices:
        raise Refused(
            f"You ticked {len(ticked)}. Untick {len(ticked) - ballot.most_choices}: "
            f"at most {ballot.most_choices} may be ticked.",
            field="options",
        )
    if any(option.ballot_id != ballot.pk for option in options):
        raise Refused("Tick only prototypes of this vote.", field="options")
    return ticked


def why_not_now(ballot: Ballot) -> str:
    """Why a ballot takes no votes now, as a sentence."""
    if ballot.state == Ballot.State.DRAFT:
        return "This vote has not opened yet."
    return f"This vote closed {at_moment(ballot.ended_at or clock.now())}. A vote sent after that is not counted."
