"""What operations on projects and their business cases ask and lock first."""

from collections.abc import Sequence

from accounts.models import User
from audit.operations import log_action
from audit.queries import who_did
from core.errors import Refused
from projects.portfolio.models import BusinessCase, Project

_ENDED = {"projects.stopped_project": "Stopped", "projects.finished_project": "Finished"}
BECAUSE = "Only the leading council's publishers, a facilitator or the secretariat do this."


def locked_running(project: Project) -> Project:
    """The project as it is now, locked; refuses one that has ended."""
    project = Project.objects.select_for_update().get(pk=project.pk)
    if project.has_ended:
        raise Refused(f"This project has ended.{who_did(project, _ENDED)}")
    return project


def locked_case(case: BusinessCase) -> tuple[Project, BusinessCase]:
    """Lock the project, then the case: in the order of every operation on a project."""
    project = Project.objects.select_for_update().get(pk=case.project_id)
    case = BusinessCase.objects.select_for_update().get(pk=case.pk)
    case.project = project
    return project, case


def refuse_paused(project: Project) -> None:
    """Refuse a step of a project that is paused."""
    if project.is_paused:
        raise Refused("This project is paused. Let it go on first.")


def write_down_not_asked(project: Project, not_asked: Sequence[str], *, by: User) -> None:
    """Add a line to the trail about fields that were sent though no form asks for them; without their values."""
    if not_asked:
        log_action("projects.sent_fields_not_asked", by=by, about=project, fields=list(not_asked))
