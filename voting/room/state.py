"""What hubs read of a ballot: what its screens show, and whether that has changed."""

from typing import Any

from voting.ballots.models import Ballot
from voting.casting.turnout import turnout_of
from voting.outcome import queries

# States after which a screen shows nothing new: its socket is closed once it has shown them.
ENDED = frozenset({"published", "void"})


_STAMP = ("version", "state", "closes_at", "reference", "secrecy", "sealed")


def live_state(ballot_id: int) -> dict[str, Any] | None:
    """The state of a ballot as its screens show it, the same for everybody; None where it was withdrawn."""
    ballot = Ballot.objects.filter(pk=ballot_id).first()
    return queries.state_of(ballot) if ballot else None


def stamp_of(ballot_id: int) -> tuple[Any, ...] | None:
    """What differs whenever `live_state` may, in one cheap query; None where the ballot was withdrawn."""
    ballot = Ballot.objects.only(*_STAMP).filter(pk=ballot_id).first()
    if ballot is None:
        return None
    # A secret ballot is not raised to a new version by its votes: its turnout is counted every 30 seconds.
    turnout = str(turnout_of(ballot)) if ballot.is_secret and ballot.is_running else ""
    return ballot.version, ballot.state, ballot.takes_votes, turnout
