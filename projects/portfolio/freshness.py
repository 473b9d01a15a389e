"""How fresh a project is, in words and with the reason."""

from dataclasses import dataclass

from core import clock
from core.words import counted
from projects.portfolio.models import Project


@dataclass(frozen=True)
class FreshnessTag:
    text: str
    colour: str


def freshness_tag(project: Project) -> FreshnessTag:
    """Up to date; Update due since 3 days; Part of the record: what the tag says and why."""
    freshness = project.freshness
    if freshness == Project.Freshness.HISTORY:
        return FreshnessTag("Part of the record", "grey")
    if freshness == Project.Freshness.FRESH:
        return FreshnessTag(f"Up to date: promised every {rhythm(project)}", "green")
    late = (clock.today() - project.next_update_due).days
    days = counted(late, "day")
    if freshness == Project.Freshness.DUE:
        return FreshnessTag(f"Update due for {days}: promised every {rhythm(project)}", "amber")
    return FreshnessTag(f"Update overdue by {days}: promised every {rhythm(project)}", "coral")


def rhythm(project: Project) -> str:
    """two weeks, month, 10 days."""
    weeks, rest = divmod(project.update_every_days, 7)
    if rest:
        return counted(project.update_every_days, "day") if project.update_every_days > 1 else "day"
    return counted(weeks, "week") if weeks > 1 else "week"
