"""Pages of the board, and those on which the secretariat records."""

from steering.views.board import board, promises
from steering.views.cases import case, decide
from steering.views.decisions import decision, decisions, review
from steering.views.meetings import hold, meeting, meetings

__all__ = ["board", "case", "decide", "decision", "decisions", "hold", "meeting", "meetings", "promises", "review"]
