"""Which projects the result of the calculator can go into."""

from accounts.models import AnyUser
from councils.permissions import organisations_of
from projects.permissions import can_facilitate
from projects.portfolio.models import BusinessCase, Project, ProjectQuerySet
from projects.portfolio.permissions import can_edit_project, visible_projects


def projects_with_a_draft_of(user: AnyUser) -> ProjectQuerySet:
    """Projects at step 3 with a draft of a business case that `user` may write, by name."""
    drafts = BusinessCase.objects.filter(state=BusinessCase.State.DRAFT)
    projects = visible_projects(user).filter(stage=Project.Stage.CO_DEVELOP, business_cases__in=drafts).distinct()
    if not can_facilitate(user):
        led = projects.filter(lead_council__in=organisations_of(user)).select_related("lead_council")
        projects = projects.filter(pk__in=[each.pk for each in led if can_edit_project(user, each)])
    return projects.order_by("title")
