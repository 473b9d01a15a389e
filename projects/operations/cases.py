import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from accounts.models import User
from audit.operations import record
from core import clock
from core.errors import Refused
from core.jobs import tell
from core.permissions import require
from projects import tasks
from projects.models import BusinessCase, Project
from projects.operations.sums import checked_sums
from projects.permissions import can_decide_case, can_edit_project

BECAUSE = "Only the leading council's publishers, a facilitator or the secretariat write its business case."


@transaction.atomic
def draft_case(
    project: Project,
    *,
    by: User,
    summary: str,
    volume: Any,
    unit_cost_now: Any,
    saving_per_unit: Any,
    take_up: Any,
    one_off_cost: Any,
    source: str = "",
    is_illustrative: bool = False,
) -> BusinessCase:
    """Write the case for a project. A draft is written over; after a rejection a new version begins."""
    require(can_edit_project(by, project), BECAUSE)
    project = Project.objects.select_for_update().get(pk=project.pk)
    if project.stage != Project.Stage.CO_DEVELOP:
        raise Refused("A business case is written at step 3. This project is not there.")
    sums = checked_sums(
        volume=volume,
        unit_cost_now=unit_cost_now,
        saving_per_unit=saving_per_unit,
        take_up=take_up,
        one_off_cost=one_off_cost,
    )
    latest = project.business_cases.first()
    if latest and latest.state in {BusinessCase.State.SUBMITTED, BusinessCase.State.ACCEPTED}:
        raise Refused(f"The business case of this project is {latest.get_state_display().lower()} and stays as it is.")
    if latest and latest.state == BusinessCase.State.DRAFT:
        for name, value in {**sums, "summary": summary}.items():
            setattr(latest, name, value)
        latest.save()
        record("projects.changed_case", by=by, about=project, version=latest.version)
        return latest
    case = BusinessCase.objects.create(
        project=project,
        version=latest.version + 1 if latest else 1,
        summary=summary,
        written_by=by,
        source=source,
        is_illustrative=is_illustrative,
        **sums,
    )
    record("projects.drafted_case", by=by, about=project, version=case.version)
    return case


@transaction.atomic
def submit_case(case: BusinessCase, *, by: User) -> BusinessCase:
    """Hand the draft in. From here it is decided, not changed."""
    require(can_edit_project(by, case.project), BECAUSE)
    project, case = _locked(case)
    if project.stage != Project.Stage.CO_DEVELOP:
        raise Refused("A business case is submitted at step 3. This project is not there.")
    if case.state != BusinessCase.State.DRAFT:
        raise Refused(f"This business case is {case.get_state_display().lower()}, not a draft.")
    case.state, case.submitted_at = BusinessCase.State.SUBMITTED, clock.now()
    case.save()
    record("projects.submitted_case", by=by, about=project, version=case.version)
    tell(tasks.tell_of_submitted_case, case.pk)
    return case


@transaction.atomic
def decide_case(
    case: BusinessCase,
    *,
    by: User,
    accepted: bool,
    body: str,
    decided_on: dt.date,
    number: str,
    reason: str = "",
) -> BusinessCase:
    """What a body decided about a submitted case, on which day and under which number. Accepting unlocks the launch."""
    require(can_decide_case(by), "Only the board decides a business case, and the secretariat records it.")
    project, case = _locked(case)
    _refuse_undecidable(project, case, decided_on=decided_on)
    if not body.strip() or not number.strip():
        raise Refused("A decision names its body and its number.", field="number" if body.strip() else "body")
    case.state = BusinessCase.State.ACCEPTED if accepted else BusinessCase.State.REJECTED
    case.decided_by_body, case.decided_on, case.decision_number = body, decided_on, number
    case.decision_reason = reason
    case.save()
    if accepted:
        project.case_accepted_on = decided_on
        project.save()
    action = "projects.accepted_case" if accepted else "projects.rejected_case"
    record(action, by=by, about=project, version=case.version, number=number, body=body)
    tell(tasks.tell_of_decided_case, case.pk)
    return case


def _locked(case: BusinessCase) -> tuple[Project, BusinessCase]:
    """Project first, then case: in the order of every other deed on a project."""
    project = Project.objects.select_for_update().get(pk=case.project_id)
    case = BusinessCase.objects.select_for_update().get(pk=case.pk)
    case.project = project
    return project, case


def _refuse_undecidable(project: Project, case: BusinessCase, *, decided_on: dt.date) -> None:
    if case.state == BusinessCase.State.DRAFT:
        raise Refused("This business case has not been submitted.")
    if case.state != BusinessCase.State.SUBMITTED:
        on = f" on {date_format(case.decided_on, 'j F Y')}" if case.decided_on else ""
        raise Refused(f"This business case was {case.get_state_display().lower()}{on} ({case.decision_number}).")
    if project.has_ended:
        raise Refused("This project has ended.")
    if decided_on > clock.today():
        raise Refused("The day of the decision is still to come.", field="decided_on")
    if case.submitted_at and decided_on < timezone.localdate(case.submitted_at):
        raise Refused("A case cannot be decided before it was submitted.", field="decided_on")
