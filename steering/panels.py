"""Panels: on a vote of the board what is asked, on a council where it says it stands."""

from accounts.models import AnyUser
from core.panels import Panel
from councils.models import Organisation
from steering.models import Motion
from steering.permissions import can_assess, can_minute, visible_assessments
from steering.queries.strategy import assessments_that_count, standing_of_items
from steering.strips import strip_of
from voting.models import Ballot


def motion_of_ballot(ballot: Ballot, user: AnyUser) -> Panel | None:
    if not ballot.is_of_bodies:
        return None
    motion = Motion.objects.select_related("business_case__project").filter(ballot=ballot).first()
    if motion is None:
        return None
    context = {"motion": motion, "to_conclude": motion.is_open and ballot.has_ended and can_minute(user)}
    return Panel("steering/panel_ballot.html", context, place="top")


def flag_of_council(council: Organisation, user: AnyUser) -> Panel | None:
    """Where a council says it stands by Planting the Flag; to its lead also the way to say so first."""
    if not council.is_council:
        return None
    latest = visible_assessments(user).filter(council=council).order_by("-assessed_on").first()
    if latest is None:
        return Panel("steering/panel_flag.html", {"latest": None}, order=300) if can_assess(user, council) else None
    chart = strip_of(latest, standing_of_items(assessments_that_count(user)))
    return Panel("steering/panel_flag.html", {"latest": latest, "chart": chart}, order=300)
