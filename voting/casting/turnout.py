"""How many have voted, as it may be told while a ballot takes votes."""

import datetime as dt
from dataclasses import dataclass

from django.core.cache import cache

from core import clock
from core.figures import Share
from sealing.models import Mark
from voting.ballots.models import Ballot
from voting.ballots.queries import voted_on_paper
from voting.casting.models import Vote

# A secret ballot is counted no more often: who reads faster than people vote could tell who pressed when.
COUNTED_EVERY = dt.timedelta(seconds=30)
_LONGER_THAN_A_VOTE = dt.timedelta(days=1)


@dataclass(frozen=True)
class Turnout:
    """How many of those on the roll have voted. `counted_at`: of a secret ballot that runs, when that was counted."""

    share: Share
    counted_at: dt.datetime | None = None

    def __str__(self) -> str:
        return f"{self.share.numerator:,} of {self.share.denominator:,}"


def turnout_of(ballot: Ballot) -> Turnout:
    """The turnout as everybody may see it: exact of an open ballot and after the close; else as last counted."""
    if ballot.has_ended and ballot.result:
        return Turnout(Share(ballot.result["voted"], ballot.result["on_roll"]))
    on_roll = ballot.roll.standing().count() if (known := getattr(ballot, "roll_count", None)) is None else known
    if not ballot.is_secret or not ballot.is_running:
        return Turnout(Share(voted_in(ballot), on_roll))
    voted, counted_at = _last_counted(ballot)
    return Turnout(Share(voted, on_roll), counted_at)


def quorum_reached_at(ballot: Ballot, turnout: Turnout) -> dt.datetime | None:
    """When the quorum of a ballot that runs was reached; None where it is not, there is none, or nobody knows.

    Of an open ballot by its votes; of a secret one by the count that first told of it, so that it tells nothing more
    than the turnout that was shown.
    """
    if not ballot.quorum or not ballot.is_running or turnout.share.numerator < ballot.quorum:
        return None
    if not ballot.is_secret:
        cast = Vote.objects.filter(ballot=ballot).order_by("cast_at").values_list("cast_at", flat=True)
        return cast[ballot.quorum - 1 : ballot.quorum].first()
    key = f"quorum-{ballot.reference}"
    cache.add(key, turnout.counted_at, _LONGER_THAN_A_VOTE.total_seconds())
    known: dt.datetime | None = cache.get(key)
    return known


def voted_in(ballot: Ballot) -> int:
    """How many have voted, exactly; from the columns of `ballots_with_figures` where it was read through that."""
    if ballot.has_ended and ballot.result:
        return int(ballot.result["voted"])
    if ballot.state == Ballot.State.VOID:
        return ballot.roll.filter(voted=True).count()  # as was noted then: marks are forgotten
    if ballot.sealed_id:
        on_screens = Mark.objects.filter(round=ballot.sealed_id).count()
    elif (on_screens := getattr(ballot, "votes_count", None)) is None:
        on_screens = Vote.objects.filter(ballot=ballot).count()
    return on_screens + voted_on_paper(ballot)


def _last_counted(ballot: Ballot) -> tuple[int, dt.datetime]:
    """How many had voted when somebody last asked, at most 30 seconds ago, and when that was.

    Where the cache is lost, the number is rounded down to a multiple of five.
    """
    key = f"turnout-{ballot.reference}"
    if (known := cache.get(key)) is None:
        counted = voted_in(ballot), clock.now()
        cache.add(key, counted, COUNTED_EVERY.total_seconds())
        known = cache.get(key, (counted[0] - counted[0] % 5, counted[1]))
    return known  # type: ignore[no-any-return]  # what was put there
