"""The panels of the board: what is asked, on the pages of a vote; decisions and assessments, on a project's."""

from django.urls import reverse

from accounts.models import AnyUser
from core.panels import Panel
from projects.models import Project
from steering.models import Decision, GateAssessment, Motion
from steering.permissions import can_minute
from steering.queries.decisions import about_projects
from voting.models import Ballot

SHOWN = 5  # decisions and assessments of a project on its page


def motion_of_ballot(ballot: Ballot, user: AnyUser) -> Panel | None:
    if not ballot.is_of_bodies:
        return None
    motion = Motion.objects.select_related("business_case__project").filter(ballot=ballot).first()
    if motion is None:
        return None
    context = {"motion": motion, "to_conclude": motion.is_open and ballot.has_ended and can_minute(user)}
    return Panel("steering/panel_ballot.html", context, place="top")


def board_of_project(project: Project, user: AnyUser) -> Panel | None:
    """What the board decided about a project, and how it stood at its gates."""
    decisions = list(Decision.objects.filter(about_projects([project.pk]))[: SHOWN + 1])
    assessments = list(GateAssessment.objects.filter(project=project).select_related("project")[:SHOWN])
    minutes = can_minute(user)
    if not (decisions or assessments or minutes):
        return None
    register = reverse("steering:decisions")
    context = {
        "decisions": decisions[:SHOWN],
        "more_url": f"{register}?project={project.slug}" if len(decisions) > SHOWN else "",
        "assessments": assessments,
        "decide_url": f"{reverse('steering:decide_about')}?project={project.slug}" if minutes else "",
        "assess_url": reverse("steering:assess", args=[project.slug]) if minutes and not project.has_ended else "",
    }
    return Panel("steering/panel_project.html", context, order=70)
