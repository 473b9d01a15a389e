"""Pages of the register of decisions, one decision and its review."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from accounts.http import SignedInRequest
from core.answering import answered, posted
from core.listing import listed
from core.permissions import allow, anyone
from core.words import day_in_words
from steering import operations
from steering.forms import ReviewForm
from steering.lists import DECISIONS
from steering.models import BoardSeat, Decision, Motion
from steering.permissions import can_minute, visible_decisions


@allow(anyone)
def decisions(request: HttpRequest) -> HttpResponse:
    """The register of decisions."""
    return listed(request, DECISIONS, "steering/decisions.html")


@allow(anyone)
def decision(request: HttpRequest, number: str) -> HttpResponse:
    """The page of one decision."""
    rows = visible_decisions(request.user).select_related(
        "meeting", "business_case__project", "recorded_by", "motion__ballot"
    )
    record = get_object_or_404(rows, number=number)
    seats = BoardSeat.objects.count()
    votes = [
        ("For", record.votes_for),
        ("Against", record.votes_against),
        ("Abstained", record.abstentions),
        ("Took no part", max(seats - record.bodies, 0)),
    ]
    context = {
        "record": record,
        "votes": votes,
        "seats": seats,
        "present": record.meeting.present().count() if record.meeting else None,
        "facts": _facts(record),
        "can_review": can_minute(request.user) and record.review_on is not None,
        "review_url": reverse("steering:review", args=[record.number]),
    }
    return render(request, "steering/decision.html", context)


def _facts(record: Decision) -> list[tuple]:
    project = record.business_case.project if record.business_case else None
    return [
        ("Decided on", day_in_words(record.decided_on)),
        _where(record),
        ("About", project, project.get_absolute_url()) if project else ("About", ""),
        ("Looked at again on", day_in_words(record.reviewed_on)),
        (
            "Review due since" if record.is_review_due else "To be looked at again on",
            day_in_words(record.review_on),
        ),
    ]


def _where(record: Decision) -> tuple:
    """The meeting at which it was decided, or the motion by which it was by e-mail."""
    asked: Motion | None = getattr(record, "motion", None)
    if asked:
        return "Decided", "by e-mail", asked.get_absolute_url()
    return ("At", record.meeting, record.meeting.get_absolute_url()) if record.meeting else ("At", "")


@allow(can_minute, because="Only the secretariat writes down the board's reviews.")
def review(request: SignedInRequest, number: str) -> HttpResponse:
    """The form to record the review of a decision."""
    record = get_object_or_404(visible_decisions(request.user), number=number)
    form = ReviewForm(posted(request))
    if done := answered(request, form, operations.record_review, record, said="The review is written down.", to=record):
        return done
    due = day_in_words(record.review_on)
    lede = f"It was to be looked at again on {due}." if due else "No review of this decision is planned."
    return render(request, "steering/review.html", {"form": form, "record": record, "lede": lede})
