"""The panel on the pages of a vote of the board: what is asked."""

from accounts.models import AnyUser
from core.panels import Panel
from steering.models import Motion
from steering.permissions import can_minute
from voting.models import Ballot


def motion_of_ballot(ballot: Ballot, user: AnyUser) -> Panel | None:
    if not ballot.is_of_bodies:
        return None
    motion = Motion.objects.select_related("business_case__project").filter(ballot=ballot).first()
    if motion is None:
        return None
    context = {"motion": motion, "to_conclude": motion.is_open and ballot.has_ended and can_minute(user)}
    return Panel("steering/panel_ballot.html", context, place="top")
