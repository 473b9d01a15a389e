"""Operations on business cases: drafted, submitted, decided."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.operations import log_action
from core import clock
from core.errors import Refused
from core.permissions import require
from core.words import day_in_words
from outbox.operations import queue_message
from projects.portfolio import emails
from projects.portfolio.case_content import content_hash, who_decided, who_wrote
from projects.portfolio.models import BusinessCase, Project
from projects.portfolio.operations.guards import locked_case, write_down_not_asked
from projects.portfolio.permissions import can_edit_project
from projects.portfolio.queries import who_answers_for, who_decides
from projects.sums.checks import checked_bases, checked_sums

BECAUSE_CASE = "Only the leading council's publishers, a facilitator or the secretariat write its business case."
MOST_CHARACTERS, MOST_WORDS = 4000, 600  # of the words of a case


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
    bases: Mapping[str, Any] | None = None,
    not_asked: Sequence[str] = (),
    source: str = "",
    is_illustrative: bool = False,
) -> BusinessCase:
    """Write the case for a project. A draft is written over; after a rejection a new version begins.

    `bases` are the fields that say on which councils its cost and its saving rest; without them nothing is said of it.
    `not_asked` are as with `change_project`.
    """
    require(can_edit_project(by, project), BECAUSE_CASE)
    project = Project.objects.select_for_update().get(pk=project.pk)
    write_down_not_asked(project, not_asked, by=by)
    if project.stage != Project.Stage.CO_DEVELOP:
        raise Refused("A business case is written at step 3. This project is not there.")
    sums = checked_sums(
        volume=volume,
        unit_cost_now=unit_cost_now,
        saving_per_unit=saving_per_unit,
        take_up=take_up,
        one_off_cost=one_off_cost,
    )
    sums |= checked_bases(bases or {})
    latest = project.business_cases.first()
    if latest and latest.state in {BusinessCase.State.SUBMITTED, BusinessCase.State.ACCEPTED}:
        raise Refused(f"The business case of this project is {latest.get_state_display().lower()} and stays as it is.")
    if latest and latest.state == BusinessCase.State.DRAFT:
        for name, value in {**sums, "summary": summary}.items():
            setattr(latest, name, value)
        latest.save()
        log_action("projects.changed_case", by=by, about=project, version=latest.version)
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
    log_action("projects.drafted_case", by=by, about=project, version=case.version)
    return case


@transaction.atomic
def submit_case(case: BusinessCase, *, by: User) -> BusinessCase:
    """Hand the draft in. From here on it is decided, not changed."""
    require(can_edit_project(by, case.project), BECAUSE_CASE)
    project, case = locked_case(case)
    if project.stage != Project.Stage.CO_DEVELOP:
        raise Refused("A business case is submitted at step 3. This project is not there.")
    if case.state != BusinessCase.State.DRAFT:
        raise Refused(f"This business case is {case.get_state_display().lower()}, not a draft.")
    case.state, case.submitted_at, case.submitted_by = BusinessCase.State.SUBMITTED, clock.now(), by
    case.content_hash = content_hash(case)
    case.save()
    log_action("projects.submitted_case", by=by, about=project, version=case.version, content=case.content_hash)
    queue_message(emails.case_submitted, case, to=who_decides())
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
    """Write down what a body decided about a submitted case. Accepting unlocks the launch.

    Called by `steering.operations.decide` and `meet_conditions` alone, which ask whether `by` may decide and whether
    it still is what they were shown.
    """
    project, case = locked_case(case)
    _refuse_undecidable(project, case, decided_on=decided_on)
    _refuse_decision_on_own(case, by)
    content = content_hash(case)
    if not body.strip() or not number.strip():
        raise Refused("A decision names its body and its number.", field="number" if body.strip() else "body")
    case.state = BusinessCase.State.ACCEPTED if accepted else BusinessCase.State.REJECTED
    case.decided_by_body, case.decided_on, case.decision_number = body, decided_on, number
    case.decision_reason, case.content_hash = reason, content
    case.save()
    if accepted:
        project.case_accepted_on = decided_on
        project.save()
    action = "projects.accepted_case" if accepted else "projects.rejected_case"
    log_action(action, by=by, about=project, version=case.version, number=number, body=body, content=content)
    queue_message(emails.case_decided, case, to=who_answers_for(case))
    return case


def keep_hash_of_what_waits(project: Project) -> None:
    """Set the hash of a submitted case anew: what the board reads of its project may have changed."""
    for case in project.business_cases.filter(state=BusinessCase.State.SUBMITTED):
        case.project = project
        case.content_hash = content_hash(case)
        case.save(update_fields=["content_hash"])


def _refuse_undecidable(project: Project, case: BusinessCase, *, decided_on: dt.date) -> None:
    if case.state == BusinessCase.State.DRAFT:
        raise Refused("This business case has not been submitted.")
    if case.state != BusinessCase.State.SUBMITTED:
        on = f" on {day_in_words(case.decided_on)}" if case.decided_on else ""
        who = f" {who}." if (who := who_decided(case)) else ""
        raise Refused(f"This business case was {case.get_state_display().lower()}{on} ({case.decision_number}).{who}")
    if project.has_ended:
        raise Refused("This project has ended.")
    if decided_on > clock.today():
        raise Refused("A decision is written down once it has been taken.", field="decided_on")
    if case.submitted_at and decided_on < timezone.localdate(case.submitted_at):
        raise Refused("The case was submitted after that day.", field="decided_on")


def _refuse_decision_on_own(case: BusinessCase, by: User) -> None:
    """Two people pass a case: whoever wrote it or handed it in does not write down what was decided."""
    if by.pk == case.submitted_by_id or by.pk in who_wrote(case):
        did = "handed this case in" if by.pk == case.submitted_by_id else "wrote this case"
        raise Refused(f"You {did}, so somebody else writes down the decision.")
