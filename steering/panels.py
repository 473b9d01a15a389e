"""What the pages of other records show of the board."""

from typing import Any

from core import clock
from core.panels import Panel
from core.words import day_in_words
from events.models import Event
from projects.portfolio.permissions import visible_projects
from steering.models import Decision
from steering.permissions import visible_decisions


def decisions_after_event(event: Event, user: Any) -> Panel | None:
    """“What the board decided”: on projects that came out of the day; nothing before it, or where there is none."""
    if event.state != Event.State.PUBLISHED or event.starts_at > clock.now():
        return None
    projects = visible_projects(user).filter(prototype__events=event)
    decided = visible_decisions(user).filter(business_case__project__in=projects)
    lines = [_line(decision) for decision in decided.distinct().order_by("decided_on", "number")]
    return Panel("steering/panel_event.html", {"lines": lines}, place="last") if lines else None


def _line(decision: Decision) -> dict[str, str]:
    note = f"{decision.number}, {decision.get_result_display().lower()} on {day_in_words(decision.decided_on)}"
    return {"title": decision.title, "url": decision.get_absolute_url(), "note": note}
