"""Every table of votes, by its subject."""

from voting.ballots.models import Ballot, Option, RollEntry, new_reference
from voting.casting.models import Choice, Vote
from voting.outcome.models import BallotProject

__all__ = ["Ballot", "BallotProject", "Choice", "Option", "RollEntry", "Vote", "new_reference"]
