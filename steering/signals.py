"""What the board's actions say of projects, for the suggestion of their rating."""

from collections import defaultdict
from collections.abc import Sequence

from core.words import counted
from projects.models import Project
from projects.portfolio.suggestion import AMBER, Signal
from steering.queries import actions


def overdue_actions(projects: Sequence[Project]) -> dict[int, list[Signal]]:
    """For each project the overdue actions on it, the longest overdue first. One query."""
    found: dict[int, list[Signal]] = defaultdict(list)
    for action in actions.overdue_actions().filter(project__in=projects):
        late = counted(actions.days_late(action), "day")
        words = f"Action of {action.owner} overdue by {late}: {action.title}"
        found[action.project_id or 0].append(Signal(AMBER, words, action.get_absolute_url()))
    return dict(found)
