"""What a council's profile shows of its services in figures."""

from typing import Any

from core.panels import Panel
from councils.models import Organisation


def figures_of_council(council: Organisation, user: Any) -> Panel | None:
    """The way to what its services cost and who uses them, for a council. No query."""
    return Panel("kpis/indicators/panel.html", place="side", order=90) if council.is_council else None
