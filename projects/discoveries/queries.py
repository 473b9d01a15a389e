"""Reads of discoveries: how much each gathers and makes, and what its steps still miss."""

from django.db.models import OuterRef, QuerySet

from core.counting import count_of
from projects.discoveries import guards
from projects.discoveries.models import Discovery, Prototype
from projects.needs.models import Need


def with_prototype_and_need_counts(discoveries: QuerySet[Discovery]) -> QuerySet[Discovery]:
    """Annotate each discovery with `need_count` and `prototype_count`."""
    return discoveries.annotate(
        need_count=count_of(Need.objects.filter(discovery=OuterRef("pk"))),
        prototype_count=count_of(Prototype.objects.filter(discovery=OuterRef("pk"))),
    )


def missing_for_step_two(discovery: Discovery) -> list[str]:
    """What the Discovery Day has not brought yet, in words; empty once step 1 may end."""
    missing = []
    if not discovery.priority_issues.all():
        missing.append("a priority issue")
    if not discovery.potential_projects.all():
        missing.append("a potential project with its scope")
    if not discovery.feasibility:
        missing.append("a feasibility verdict")
    return missing


def why_step_one_goes_on(discovery: Discovery) -> str:
    """What keeps step 1 from ending, as the end of a sentence; empty once it may end."""
    if missing := missing_for_step_two(discovery):
        return f"Still missing: {'; '.join(missing)}"
    if discovery.feasibility == Discovery.Feasibility.NOT_FEASIBLE:
        return "The verdict is “not feasible now”: stop the discovery with what was learned, or judge again"
    return ""


def why_step_two_goes_on(discovery: Discovery) -> str:
    """The same of step 2."""
    missing = missing_for_step_three(discovery)
    return f"Still missing: {'; '.join(missing)}" if missing else guards.why_not_yet(discovery)


def missing_for_step_three(discovery: Discovery) -> list[str]:
    """What the Co-Design Day has not brought yet, in words; empty once step 2 may end."""
    if not any(prototype.is_ready_for_vote for prototype in discovery.prototypes.all()):
        return ["a prototype with a summary and an outline business case"]
    return []
