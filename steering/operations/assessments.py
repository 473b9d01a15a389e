"""Operations on assessments at a gate."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from accounts.models import User
from audit.operations import log_action
from audit.queries import who_did
from core import clock
from core.errors import Refused
from core.months import months_after
from core.permissions import require
from projects.models import Project
from steering.models import GateAssessment, GatePoint, Meeting
from steering.models.assessments import POINTS
from steering.operations.actions import give_action
from steering.permissions import can_minute
from steering.queries.meetings import MONTHS

_Rating = GatePoint.Rating


@transaction.atomic
def assess_gate(
    project: Project,
    *,
    points: Mapping[int, tuple[str, str]],
    by: User,
    assessed_on: dt.date | None = None,
    again_on: dt.date | None = None,
    meeting: Meeting | None = None,
    source: str = "",
    is_illustrative: bool = False,
) -> GateAssessment:
    """Record how a project stands on each of the 14 points: number to rating and words.

    Each red or amber point gives the organisation in the lead an action: amber is mended in three months, red by the
    day on which the project is assessed again.
    """
    require(can_minute(by), "Only the secretariat writes down assessments for the board.")
    project = Project.objects.select_for_update(of=("self",)).select_related("lead_council").get(pk=project.pk)
    day = assessed_on or clock.today()
    ratings = [rating for rating, _ in points.values()]
    _check_points(points)
    _check_days(day, again_on, needs_again=_Rating.RED in ratings)
    to_mend = _Rating.RED in ratings or _Rating.AMBER in ratings
    if to_mend and project.lead_council is None:
        raise Refused("Nobody leads this project, so nobody could mend it. Say first who leads it.")
    rating = next((each for each in (_Rating.RED, _Rating.AMBER) if each in ratings), _Rating.GREEN)
    if there := GateAssessment.objects.filter(project=project, assessed_on=day).first():
        who = who_did(there, {"steering.gate_assessed": "Recorded"})
        raise Refused(f"This project was assessed on that day already.{who}", field="assessed_on")
    assessment = GateAssessment.objects.create(
        project=project,
        meeting=meeting,
        assessed_on=day,
        rating=rating,
        again_on=again_on if rating == _Rating.RED else None,
        recorded_by=by,
        source=source,
        is_illustrative=is_illustrative,
    )
    due = {_Rating.AMBER: months_after(day, MONTHS), _Rating.RED: again_on}
    for number, (rated, words) in sorted(points.items()):
        action = None
        if due_on := due.get(_Rating(rated)):
            assert project.lead_council is not None  # asked above
            action = give_action(
                title=f"Point {number}, {POINTS[number - 1]}: {words}"[:200],
                owner=project.lead_council,
                due_on=due_on,
                by=by,
                meeting=meeting,
                project=project,
                given_on=day,
                source=source,
                is_illustrative=is_illustrative,
            )
        GatePoint.objects.create(assessment=assessment, number=number, rating=rated, words=words, action=action)
    log_action("steering.gate_assessed", by=by, about=assessment, project=project.pk, rating=rating)
    return assessment


def _check_points(points: Mapping[int, tuple[str, str]]) -> None:
    for number in range(1, len(POINTS) + 1):
        rating, words = points.get(number, ("", ""))
        if rating not in _Rating.values:
            raise Refused(f"Say how the project stands on point {number}.", field=f"rating_{number}")
        if rating in (_Rating.RED, _Rating.AMBER) and not words.strip():
            raise Refused(f"Say what is missing on point {number}.", field=f"words_{number}")


def _check_days(day: dt.date, again_on: dt.date | None, *, needs_again: bool) -> None:
    if day > clock.today():
        raise Refused("An assessment is written down once it was made.", field="assessed_on")
    if needs_again and again_on is None:
        raise Refused("A red point is assessed again. Say by when.", field="again_on")
    if needs_again and again_on and again_on <= day:
        raise Refused("It is assessed again after this assessment.", field="again_on")
