"""The steering board: its roster, meetings with agenda and papers, decisions, motions by e-mail, actions and packs."""

from steering.models.assessments import GateAssessment, GatePoint
from steering.models.decisions import Decision, DecisionOption, SeatStand
from steering.models.meetings import BoardAction, MeetingItem, Paper
from steering.models.motions import Motion
from steering.models.packs import Pack, PdfState
from steering.models.roster import QUORUM, BoardSeat
from steering.models.saved_views import SavedView
from steering.models.sittings import BodyAttendance, Meeting, MeetingMove
from steering.models.strategy import FlagAssessment, FlagStep, LocalImpact

__all__ = [
    "QUORUM",
    "BoardAction",
    "BoardSeat",
    "BodyAttendance",
    "Decision",
    "DecisionOption",
    "FlagAssessment",
    "FlagStep",
    "GateAssessment",
    "GatePoint",
    "LocalImpact",
    "Meeting",
    "MeetingItem",
    "MeetingMove",
    "Motion",
    "Pack",
    "Paper",
    "PdfState",
    "SavedView",
    "SeatStand",
]
