"""The steering board: its roster, meetings with agenda and papers, decisions, motions by e-mail, actions and packs."""

from steering.models.assessments import GateAssessment, GatePoint
from steering.models.decisions import Decision, DecisionOption, SeatStand
from steering.models.meetings import AgendaItem, BoardAction, Paper
from steering.models.motions import Motion
from steering.models.packs import Pack, PdfState
from steering.models.roster import QUORUM, BoardSeat
from steering.models.saved_views import SavedView
from steering.models.sittings import Attendance, Meeting, MeetingMove
from steering.models.strategy import FlagAssessment, FlagStep, LocalImpact

__all__ = [
    "QUORUM",
    "AgendaItem",
    "Attendance",
    "BoardAction",
    "BoardSeat",
    "Decision",
    "DecisionOption",
    "FlagAssessment",
    "FlagStep",
    "GateAssessment",
    "GatePoint",
    "LocalImpact",
    "Meeting",
    "MeetingMove",
    "Motion",
    "Pack",
    "Paper",
    "PdfState",
    "SavedView",
    "SeatStand",
]
