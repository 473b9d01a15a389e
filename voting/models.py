"""Every table of votes, by its subject."""

from voting.ballots.models import Ballot, Option, RollEntry, new_code, new_reference
from voting.casting.models import Choice, Receipt, Vote
from voting.outcome.models import BallotProject
from voting.record.models import RecordCode
from voting.room.models import ParkedQuestion

__all__ = [
    "Ballot",
    "BallotProject",
    "Choice",
    "Option",
    "ParkedQuestion",
    "Receipt",
    "RecordCode",
    "RollEntry",
    "Vote",
    "new_code",
    "new_reference",
]
