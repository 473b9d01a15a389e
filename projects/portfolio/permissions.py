"""Who may see and change projects and their business cases."""

from accounts.models import AnyUser
from accounts.permissions import acts_as
from accounts.roles import Role
from councils.permissions import can_publish_for
from projects.portfolio.models import Project, ProjectQuerySet


def visible_projects(user: AnyUser) -> ProjectQuerySet:
    return Project.objects.all()


def can_edit_project(user: AnyUser, project: Project) -> bool:
    """Publishers and leads of the leading council, facilitators, the secretariat."""
    leads = project.lead_council is not None and can_publish_for(user, project.lead_council)
    return leads or acts_as(user, Role.FACILITATOR, Role.SECRETARIAT)
