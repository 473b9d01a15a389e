"""What pages whose code cannot read projects show of them: the four steps, and how those of a council stand."""

from typing import Any

from core import clock
from core.listing import memory
from core.panels import Panel
from councils.models import Organisation
from projects.discoveries.models import Discovery, Prototype
from projects.needs.models import Need
from projects.portfolio.models import Project
from projects.portfolio.permissions import visible_projects
from projects.portfolio.standing import ProjectStanding, last_said, standing_of
from projects.portfolio.steps import steps_of, steps_of_discovery
from projects.portfolio.suggestion import suggestions

MOST = 5  # projects on a council's page; its list has the rest


def standing_of_projects_panel(council: Organisation, user: Any) -> Panel | None:
    """The line and the rating of each project that a council leads today and has written one on, the newest first."""

    def lines() -> list[tuple[Project, ProjectStanding]]:
        led = visible_projects(user).living().filter(lead_council__in=council.lineage)
        said = list(last_said().filter(project__in=led).select_related("project").defer("project__lesson")[:MOST])
        suggested = suggestions([update.project for update in said])
        return [(each.project, standing_of(each.project, each, suggested.get(each.project_id))) for each in said]

    # For strangers once for one content version and day: their pages cost twelve queries at most.
    key = ("how the projects of a council stand", council.pk, clock.today())
    shown = lines() if user.is_authenticated else memory.remembered(key, lines)
    return Panel("projects/council_projects.html", {"lines": shown}, order=5) if shown else None


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
