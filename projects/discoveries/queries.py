"""Reads of discoveries: how much each gathers and makes, and what its steps still miss."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import OuterRef, QuerySet

from accounts.models import User
from audit.kinds import kind_of
from audit.models import AuditEvent
from core.counting import count_of
from core.words import counted
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


def why_no_co_design_day(discovery: Discovery) -> str:
    """What keeps a Co-Design Day from being planned, as the end of a sentence; empty where it may be.

    A discovery whose step 1 has ended had all that it needs.
    """
    return "" if discovery.step_one_ended_on else why_step_one_goes_on(discovery)


@dataclass(frozen=True)
class ChecklistLine:
    """One thing that a Co-Design Day needs: whether it is there, what there is, who added it last and when."""

    name: str
    is_there: bool
    words: str
    by: User | None
    at: dt.datetime | None
    anchor: str  # where on the discovery's page it is written down


# Each line's action in the audit trail, and its anchor.
_CHECKED = {
    "Priority issues": ("projects.added_priority_issue", "issues"),
    "Projects scoped": ("projects.scoped_project", "potential"),
    "Feasibility": ("projects.judged_feasibility", "feasibility"),
}


def checklist_of(discovery: Discovery) -> list[ChecklistLine]:
    """What a Discovery Day has to bring before the Co-Design Day is planned, from its rows and the audit trail."""
    issues, scoped = discovery.priority_issues.count(), discovery.potential_projects.count()
    verdict = Discovery.Feasibility(discovery.feasibility).label if discovery.feasibility else ""
    found = {
        "Priority issues": (issues > 0, counted(issues, "priority issue") if issues else ""),
        "Projects scoped": (scoped > 0, counted(scoped, "potential project") if scoped else ""),
        "Feasibility": (discovery.feasibility not in {"", Discovery.Feasibility.NOT_FEASIBLE}, verdict),
    }
    last = {line.action: line for line in _lines_about(discovery)}
    return [
        ChecklistLine(
            name,
            is_there,
            words,
            by=last[action].by if words and action in last else None,
            at=last[action].at if words and action in last else None,
            anchor=anchor,
        )
        for name, (is_there, words) in found.items()
        for action, anchor in [_CHECKED[name]]
    ]


def _lines_about(discovery: Discovery) -> list[AuditEvent]:
    """The lines of the trail about its outputs, the latest last."""
    about = AuditEvent.objects.filter(about_kind=kind_of(discovery), about_key=str(discovery.pk))
    actions = [action for action, _ in _CHECKED.values()]
    return list(about.filter(action__in=actions).select_related("by").order_by("at", "pk"))


def why_step_two_goes_on(discovery: Discovery) -> str:
    """The same of step 2."""
    missing = missing_for_step_three(discovery)
    return f"Still missing: {'; '.join(missing)}" if missing else guards.why_not_yet(discovery)


def missing_for_step_three(discovery: Discovery) -> list[str]:
    """What the Co-Design Day has not brought yet, in words; empty once step 2 may end."""
    if not any(prototype.is_ready_for_vote for prototype in discovery.prototypes.all()):
        return ["a prototype with a summary and an outline business case"]
    return []
