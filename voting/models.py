"""Every table of votes, by its subject."""

from voting.ballots.models import Ballot, Option, RollEntry, new_code, new_reference
from voting.cards.models import VotingCard
from voting.casting.models import Choice, Receipt, Vote
from voting.outcome.models import BallotProject
from voting.paper.models import PaperBatch, PaperPile, SpoiltSlip
from voting.reasons.models import Reason
from voting.record.models import RecordCode
from voting.room.models import ParkedQuestion

__all__ = [
    "Ballot",
    "BallotProject",
    "Choice",
    "Option",
    "PaperBatch",
    "PaperPile",
    "ParkedQuestion",
    "Reason",
    "Receipt",
    "RecordCode",
    "RollEntry",
    "SpoiltSlip",
    "Vote",
    "VotingCard",
    "new_code",
    "new_reference",
]
