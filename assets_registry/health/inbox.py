"""What somebody's week holds of the health of assets: problems to answer, and one's own that were answered."""

from django.urls import reverse

from assets_registry.models import ProblemReport
from core.inbox import MOST, Action, Item, Reader
from councils.models import Membership
from councils.permissions import organisations_of


def problems_to_answer(reader: Reader) -> list[Item]:
    """Open problems with what somebody's organisations publish, the oldest first.

    Stewards, who may answer all, have theirs on the table of entries that need care.
    """
    own = organisations_of(reader.user, at_least=Membership.Role.PUBLISHER)
    if not own:
        return []
    found = ProblemReport.objects.filter(state=ProblemReport.State.OPEN, asset__owner__in=own)
    found = found.select_related("asset", "reported_by").order_by("reported_at", "pk")
    return [_problem(report) for report in found[:MOST]]


def _problem(report: ProblemReport) -> Item:
    url = reverse("assets_registry:problems", args=[report.asset.slug])
    return Item(
        report.reported_at,
        report.asset.name,
        url,
        f"{report.reported_by} reports: {report.get_reason_display().lower()}. “{report.note}”",
        at_note="reported",
        actions=(Action("Answer", reverse("assets_registry:answer_problem", args=[report.pk])),),
        key=f"problem-{report.pk}",
    )


def answers_to_my_problems(reader: Reader) -> list[Item]:
    """What owners said of problems that this person reported, the newest first."""
    found = ProblemReport.objects.filter(reported_by_id=reader.user.pk, answered_at__gte=reader.since)
    return [
        Item(
            report.answered_at,
            report.asset.name,
            report.asset.get_absolute_url(),
            f"{report.get_state_display()}: {report.answer}",
            because="you reported it",
        )
        for report in found.select_related("asset").order_by("-answered_at", "-pk")[:MOST]
    ]
