"""Pages of assessments at a gate, by the 14 points of the Service Standard."""

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts.http import SignedInRequest
from core.answering import answered, posted
from core.permissions import allow, anyone
from core.words import counted, day_in_words, one_or_many
from projects.portfolio.permissions import visible_projects
from steering import operations
from steering.forms import AssessmentForm
from steering.models import GateAssessment
from steering.models.assessments import STANDARD, STANDARD_URL
from steering.permissions import can_minute
from steering.queries.assessments import counts_of, verdict


@allow(anyone)
def assessment(request: HttpRequest, slug: str, day: dt.date) -> HttpResponse:
    """The page of one assessment: the 14 points, and the actions that follow."""
    rows = GateAssessment.objects.filter(project__in=visible_projects(request.user)).select_related(
        "project__lead_council", "meeting", "recorded_by"
    )
    record = get_object_or_404(rows, project__slug=slug, assessed_on=day)
    points = list(record.points.select_related("action__owner"))
    context = {
        "record": record,
        "verdict": verdict(record),
        "counts": counts_of(points),
        "points": points,
        "actions": [point.action for point in points if point.action],
        "facts": [
            ("Assessed on", day_in_words(record.assessed_on)),
            ("Project", record.project, record.project.get_absolute_url()),
            ("At", record.meeting, record.meeting.get_absolute_url()) if record.meeting else ("At", ""),
            ("Assessed again by", day_in_words(record.again_on)),
        ],
        "standard": STANDARD,
        "standard_url": STANDARD_URL,
    }
    return render(request, "steering/assessment.html", context)


@allow(can_minute, because="Only the secretariat writes down assessments for the board.")
def assess(request: SignedInRequest, slug: str) -> HttpResponse:
    """The form of an assessment: a row for each of the 14 points."""
    project = get_object_or_404(visible_projects(request.user), slug=slug)
    form = AssessmentForm(posted(request))
    if done := answered(request, form, operations.assess_gate, project, said=_assessed):
        return done
    context = {"form": form, "project": project, "standard": STANDARD, "standard_url": STANDARD_URL}
    return render(request, "steering/assess.html", context)


def _assessed(record: GateAssessment) -> str:
    actions = record.points.filter(action__isnull=False).count()
    said = f"The assessment is written down: {record.get_rating_display().lower()}."
    follow = one_or_many(actions, "follows", "follow")
    return f"{said} {counted(actions, 'action').capitalize()} {follow} from it." if actions else said
