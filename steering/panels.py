"""Panels of the board: what is asked, on a vote; decisions, on a project; where it stands, on a council; purposes."""

from django.urls import reverse

from accounts.models import AnyUser
from assets_registry.models import Asset
from core.panels import Panel
from councils.models import Organisation
from events.models import Event
from projects.models import Project, Purpose
from steering.models import Decision, GateAssessment, Motion
from steering.permissions import can_assess, can_minute, visible_assessments
from steering.queries.decisions import about_projects
from steering.queries.strategy import assessments_that_count, standing_of_items
from steering.strips import strip_of
from voting.models import Ballot

# The parts of the strategy's pages that tell of the purposes of each kind.
_TOLD_AT = {
    Purpose.Kind.ALLIANCE: ("steering:strategy", "#purposes"),
    Purpose.Kind.CAMPAIGN: ("steering:strategy", "#campaign"),
    Purpose.Kind.PRINCIPLE: ("steering:flag", ""),
}
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


def flag_of_council(council: Organisation, user: AnyUser) -> Panel | None:
    """Where a council says it stands by Planting the Flag; to its lead also the way to say so first."""
    if not council.is_council:
        return None
    latest = visible_assessments(user).filter(council=council).order_by("-assessed_on").first()
    if latest is None:
        may = not council.has_ended and can_assess(user, council)
        return Panel("steering/panel_flag.html", {"latest": None}, order=300) if may else None
    chart = strip_of(latest, standing_of_items(assessments_that_count(user)))
    return Panel("steering/panel_flag.html", {"latest": latest, "chart": chart}, order=300)


def purposes_of_record(record: Event | Asset, user: AnyUser) -> Panel | None:
    """The purposes that an event or an asset is tagged with, each with the part of the strategy that tells of it."""
    purposes = []
    for purpose in record.purposes.all():
        page, part = _TOLD_AT[Purpose.Kind(purpose.kind)]
        purposes.append((purpose.name, f"{reverse(page)}{part}"))
    return Panel("steering/panel_purposes.html", {"purposes": purposes}, place="side", order=200) if purposes else None
