"""What hubs read of a ballot: what its screens show, and whether that has changed."""

from typing import Any

from voting.ballots.models import Ballot
from voting.outcome import queries

# States after which a screen shows nothing new: its socket is closed once it has shown them.
ENDED = frozenset({"published", "void"})


def live_state(ballot_id: int) -> dict[str, Any] | None:
    """The state of a ballot as its screens show it, the same for everybody; None where it was withdrawn."""
    ballot = Ballot.objects.filter(pk=ballot_id).first()
    return queries.state_of(ballot) if ballot else None


def stamp_of(ballot_id: int) -> tuple[Any, ...] | None:
    """What differs whenever `live_state` may, in one cheap query; None where the ballot was withdrawn."""
    ballot = Ballot.objects.only("version", "state", "closes_at").filter(pk=ballot_id).first()
    return (ballot.version, ballot.state, ballot.takes_votes) if ballot else None
