"""The four steps on the pages of needs, discoveries and prototypes, whose code cannot read projects."""

from typing import Any

from core.panels import Panel
from projects.discoveries.models import Discovery, Prototype
from projects.needs.models import Need
from projects.portfolio.models import Project
from projects.portfolio.steps import steps_of, steps_of_discovery


def steps_of_need_panel(need: Need, user: Any) -> Panel | None:
    """The steps of the projects that came of a need, else of its discovery's; nothing until a discovery takes it up."""
    if need.discovery is None:
        return None
    projects = _projects_of(need) or list(need.discovery.projects.order_by("started_on", "pk"))
    return _stepper(steps_of(need.discovery, projects))


def steps_of_discovery_panel(discovery: Discovery, user: Any) -> Panel:
    return _stepper(steps_of_discovery(discovery, _projects_of(discovery)))


def steps_of_prototype_panel(prototype: Prototype, user: Any) -> Panel:
    project = getattr(prototype, "project", None)
    return _stepper(steps_of(prototype.discovery, [project] if project else []))


def _projects_of(record: Need | Discovery) -> list[Project]:
    """The projects that its prototypes became."""
    return [prototype.project for prototype in record.prototypes.all() if hasattr(prototype, "project")]


def _stepper(steps: list[dict[str, str]]) -> Panel:
    return Panel("projects/steps.html", {"steps": steps}, place="first")
