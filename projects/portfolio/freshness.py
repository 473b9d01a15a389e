"""How fresh a project is, in words and with the reason."""

from dataclasses import dataclass

from core import clock
from core.words import counted, day_in_words
from projects.portfolio.models import Project


@dataclass(frozen=True)
class FreshnessTag:
    text: str
    colour: str


def freshness_tag(project: Project) -> FreshnessTag:
    """Up to date; Update due for 3 days; Paused; Part of the record: what the tag says and why."""
    freshness = project.freshness
    if freshness == Project.Freshness.PAUSED:
        return _paused(project)
    if freshness == Project.Freshness.HISTORY:
        return FreshnessTag("Part of the record", "grey")
    if freshness == Project.Freshness.FRESH:
        return FreshnessTag(f"Up to date: promised every {rhythm(project)}", "green")
    late = (clock.today() - project.next_update_due).days
    days = counted(late, "day")
    if freshness == Project.Freshness.DUE:
        return FreshnessTag(f"Update due for {days}: promised every {rhythm(project)}", "amber")
    word = "Dormant, overdue" if freshness == Project.Freshness.DORMANT else "Update overdue"
    return FreshnessTag(f"{word} by {days}: promised every {rhythm(project)}", "coral")


def _paused(project: Project) -> FreshnessTag:
    """Since when, and until when it is left alone; amber once it waits to be looked at again."""
    since, again = f"Paused since {day_in_words(project.paused_on)}", project.look_again_on
    if again is not None and again <= clock.today():
        return FreshnessTag(f"{since}: to be looked at again since {day_in_words(again)}", "amber")
    return FreshnessTag(f"{since}, until {day_in_words(again)}", "grey")


def rhythm(project: Project) -> str:
    """two weeks, month, 10 days."""
    weeks, rest = divmod(project.update_every_days, 7)
    if rest:
        return counted(project.update_every_days, "day") if project.update_every_days > 1 else "day"
    return counted(weeks, "week") if weeks > 1 else "week"
