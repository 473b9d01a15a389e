"""The fact cards that a council said itself, on its profile."""

from typing import Any

from core import clock
from core.panels import Panel
from councils.models import Organisation
from kpis.facts.offered import cards_of

SHOWN = 3


def facts_of_council(council: Organisation, user: Any) -> Panel | None:
    """The numbers that a council said of itself last, each with its unit, day and source; one query."""
    if not council.is_council:
        return None
    said = cards_of(council).filter(successor=None, is_for_scale=False, said_on__lte=clock.today())
    cards = list(said.select_related("question").order_by("-said_on", "pk")[:SHOWN])
    return Panel("kpis/facts/panel.html", {"cards": cards}, place="side", order=95) if cards else None
