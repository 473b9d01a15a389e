"""A project of today at its gate: an assessment by the 14 points, and what the board decided about it besides.

All of it is illustrative; the 14 points are those of the Service Standard.
"""

import datetime as dt

from core import clock
from portal.demo.board import days_of_meetings, decide_at
from portal.demo.people import person
from projects.models import Project
from steering import operations
from steering.models import Meeting
from steering.models.assessments import STANDARD

PERMITS = "Parking permits that renew themselves"
# Point to rating and words; those that are left out are green.
POINTS = {
    3: ("amber", "People who renew by telephone are still asked for papers."),
    5: ("amber", "No test yet with people who use a screen reader."),
    10: ("amber", "Take-up is counted in Bristol alone; Exeter begins in its second ward."),
    12: ("not_yet", "The repository opens once the supplier’s contract has been changed."),
}


def build_gates() -> None:
    """Assess the permits at the last meeting, which defers a decision about them; what is to be mended is not late yet."""
    project, secretary = Project.objects.get(title=PERMITS), person("secretariat")
    *_, last = days_of_meetings(clock.today())
    points = {number: POINTS.get(number, ("green", "")) for number in range(1, 15)}
    meeting = Meeting.objects.get(day=last)
    with clock.at(dt.datetime.combine(last, dt.time(16))):
        operations.assess_gate(
            project,
            points=points,
            meeting=meeting,
            source=f"{STANDARD}: the points; ratings and words illustrative",
            is_illustrative=True,
            by=secretary,
        )
        decide_at(
            meeting,
            project,
            stood="FFFFFFFX",
            result="deferred",
            title="Whether to offer the permits to districts without a contact centre",
            wording="The board defers the question until Exeter has renewed permits for a quarter.",
            basis="Bristol renews permits without papers since the launch. Exeter begins with one ward; nobody knows yet how it goes there.",
        )
