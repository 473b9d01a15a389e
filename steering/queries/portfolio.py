"""Projects as the board follows them."""

from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from projects.models import BusinessCase, Project

# What the portfolio says of a project, and what decides what comes next.
_FOLLOWED = (
    "title", "slug", "stage", "started_on", "last_updated_at", "update_every_days", "outcome_of_year",
    "source", "is_illustrative", "lead_council__name",
)  # fmt: skip
_OF_AN_OUTCOME = ("title", "slug", "summary", "stage", "outcome_of_year", "source", "is_illustrative")
_OF_A_CASE = ("project", "version", "state", "decision__business_case", "decision__number", "decision__review_on")


@dataclass(frozen=True)
class NextDecision:
    """What has to be decided next about a project, and where it is read."""

    words: str
    url: str = ""


def with_next_decision(projects: QuerySet[Project]) -> QuerySet[Project]:
    """The projects with their cases and decisions at hand, so that `next_decision` asks nothing more."""
    cases = BusinessCase.objects.order_by("-version").select_related("decision").only(*_OF_A_CASE)
    followed = projects.select_related("lead_council").only(*_FOLLOWED)
    return followed.prefetch_related(Prefetch("business_cases", cases))


def next_decision(project: Project) -> NextDecision:
    """A review that is due; else from the latest case: to be written, submitted, decided; the launch; the review."""
    decisions = [case.decision for case in project.business_cases.all() if hasattr(case, "decision")]
    if due := next((decision for decision in decisions if decision.is_review_due), None):
        return NextDecision(f"Review due since {due.review_on:%-d %B %Y}", due.get_absolute_url())
    if project.has_ended:
        return NextDecision("None: it has ended")
    case = next(iter(project.business_cases.all()), None)
    if case is None:
        return NextDecision("None yet: its business case is not written")
    if case.state == BusinessCase.State.DRAFT:
        return NextDecision("None yet: its business case is a draft")
    if case.state == BusinessCase.State.SUBMITTED:
        return NextDecision("Accept the business case", f"/board/cases/{case.pk}/")
    if case.state == BusinessCase.State.REJECTED:
        return NextDecision("A new version of the rejected case")
    decision = getattr(case, "decision", None)
    if decision and decision.review_on:
        return NextDecision(f"Review on {decision.review_on:%-d %B %Y}", decision.get_absolute_url())
    if project.stage == Project.Stage.CO_DEVELOP:
        return NextDecision("None: it may launch")
    return NextDecision("None planned")


def outcomes(year: int | None = None) -> QuerySet[Project]:
    """The projects counted among the outcomes of a year; of the latest year that has any, if none is given."""
    counted = Project.objects.exclude(outcome_of_year=None)
    latest = counted.order_by("-outcome_of_year").values("outcome_of_year")[:1]
    chosen = counted.filter(outcome_of_year=year) if year else counted.filter(outcome_of_year__in=latest)
    return chosen.order_by("title").only(*_OF_AN_OUTCOME)
