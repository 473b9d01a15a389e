"""Who may see and change projects and their business cases."""

from django.db.models import QuerySet

from accounts.models import AnyUser
from councils.permissions import can_publish_for
from projects.permissions import can_facilitate
from projects.portfolio.models import BusinessCase, Project, ProjectQuerySet


def visible_projects(user: AnyUser) -> ProjectQuerySet:
    return Project.objects.all()


def leads_project(user: AnyUser, project: Project) -> bool:
    """Publishers and leads of the leading council."""
    return project.lead_council is not None and can_publish_for(user, project.lead_council)


def can_edit_project(user: AnyUser, project: Project) -> bool:
    """Publishers and leads of the leading council, facilitators, the secretariat."""
    return leads_project(user, project) or can_facilitate(user)


def can_nudge(user: AnyUser, project: Project) -> bool:
    """Whether facilitators and the secretariat may have a project's owner asked for its update: it is late."""
    late = {Project.Freshness.DUE, Project.Freshness.OVERDUE, Project.Freshness.DORMANT}
    return can_facilitate(user) and project.lead_council is not None and project.freshness in late


def visible_cases(user: AnyUser, project: Project) -> QuerySet[BusinessCase]:
    """The versions of a project's business case, the latest first; drafts only for those who write it."""
    cases = BusinessCase.objects.filter(project=project)
    return cases if can_edit_project(user, project) else cases.exclude(state=BusinessCase.State.DRAFT)
