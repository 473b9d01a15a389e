"""The board's pages and the secretariat's deeds."""

from steering.views.board import board
from steering.views.cases import case, decide, decision, decisions
from steering.views.meetings import hold, meeting, meetings

__all__ = ["board", "case", "decide", "decision", "decisions", "hold", "meeting", "meetings"]
