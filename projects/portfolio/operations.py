"""Every change of state of a project and of its business case."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.operations import log_action
from core import clock
from core.addresses import save_with_slug
from core.errors import Refused
from core.permissions import require
from core.words import day_in_words
from councils.models import Organisation, Service
from outbox.operations import queue_message
from projects.discoveries.models import Discovery, Prototype, Purpose
from projects.needs.models import NeedMove
from projects.needs.operations import tell_need_moved
from projects.permissions import can_facilitate
from projects.portfolio import emails
from projects.portfolio.models import BusinessCase, Project, StatusUpdate
from projects.portfolio.permissions import can_edit_project
from projects.portfolio.queries import who_answers_for, who_decides
from projects.sums.checks import checked_sums

BECAUSE = "Only the leading council's publishers, a facilitator or the secretariat do this."
BECAUSE_CASE = "Only the leading council's publishers, a facilitator or the secretariat write its business case."
NO_PURPOSE = "Choose at least one purpose of the Alliance that the project serves. Without one it is not listed."
CHANGEABLE = ("title", "summary", "service", "update_every_days", "lead_council")


@transaction.atomic
def start_project(
    prototype: Prototype | None,
    *,
    by: User,
    lead_council: Organisation | None,
    title: str | None = None,
    summary: str | None = None,
    discovery: Discovery | None = None,
    partners: Iterable[Organisation] = (),
    purposes: Iterable[Purpose] = (),
    update_every_days: int = 14,
    service: Service | None = None,
    outcome_of_year: int | None = None,
    started_on: dt.date | None = None,
    source: str = "",
    is_illustrative: bool = False,
) -> Project:
    """Open step 3 with a prototype that was chosen. A prototype becomes one project at most.

    Without a prototype only for outcomes known from documents: then `title` and `summary` are needed.
    Without `purposes` it has those of its discovery; one with none of the Alliance's is not listed.
    """
    require(can_facilitate(by), "Only a facilitator or the secretariat turns a prototype into a project.")
    if lead_council is not None and not lead_council.is_council:
        raise Refused("A council leads a project. Departments and others are partners.", field="lead_council")
    if prototype is not None:
        prototype = Prototype.objects.select_for_update().get(pk=prototype.pk)
        _refuse_unready(prototype)
        discovery = prototype.discovery
        title, summary = title or prototype.title, summary or prototype.summary
    if not title or not summary:
        raise Refused("A project has a title and a summary.", field="title")
    purposes = list(purposes) or (list(discovery.purposes.all()) if discovery else [])
    refuse_without_purpose(purposes)
    project = Project(
        title=title,
        summary=summary,
        discovery=discovery,
        prototype=prototype,
        service=service,
        lead_council=lead_council,
        started_on=started_on or clock.today(),
        update_every_days=update_every_days,
        outcome_of_year=outcome_of_year,
        source=source,
        is_illustrative=is_illustrative,
    )
    save_with_slug(project, title)
    project.partners.set(partners)
    project.purposes.set(purposes)
    log_action("projects.started_project", by=by, about=project, prototype=prototype.pk if prototype else None)
    if prototype is not None:
        needs, path = prototype.needs.all(), project.get_absolute_url()
        tell_need_moved(needs, what=NeedMove.What.PROJECT, title=project.title, path=path, by=by)
    return project


@transaction.atomic
def change_project(
    project: Project, *, by: User, partners: Iterable[Organisation] | None = None, **fields: object
) -> Project:
    """Change a project's words, who leads, who joins and how often updates are due."""
    require(can_edit_project(by, project), BECAUSE)
    project = _locked_running(project)
    lead = fields.get("lead_council")
    if isinstance(lead, Organisation) and not lead.is_council:
        raise Refused("A council leads a project. Departments and others are partners.", field="lead_council")
    for name in CHANGEABLE:
        if name in fields:
            setattr(project, name, fields[name])
    project.save()
    if partners is not None:
        project.partners.set(partners)
    log_action("projects.changed_project", by=by, about=project, fields=sorted(fields))
    return project


@transaction.atomic
def tag_project(project: Project, *, by: User, purposes: Iterable[Purpose]) -> Project:
    """Set which purposes a project serves, one that has ended too: at least one of the Alliance's."""
    require(can_edit_project(by, project), BECAUSE)
    project = Project.objects.select_for_update().get(pk=project.pk)
    purposes = list(purposes)
    refuse_without_purpose(purposes)
    project.purposes.set(purposes)
    log_action("projects.tagged_project", by=by, about=project, purposes=sorted(each.pk for each in purposes))
    return project


@transaction.atomic
def post_update(project: Project, *, line: str, by: User) -> StatusUpdate:
    """Add one line on how a project stands. The same person's last line again changes nothing."""
    require(can_edit_project(by, project), BECAUSE)
    project = _locked_running(project)
    if not line.strip():
        raise Refused("Say in one line how the project stands.", field="line")
    latest = project.updates.first()
    if latest and latest.line == line and latest.by_id == by.pk:
        return latest
    update = StatusUpdate.objects.create(project=project, line=line, by=by)
    project.last_updated_at = update.at
    project.save()
    log_action("projects.posted_update", by=by, about=project)
    return update


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
    require(can_edit_project(by, project), BECAUSE_CASE)
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
    project, case = _locked_case(case)
    if project.stage != Project.Stage.CO_DEVELOP:
        raise Refused("A business case is submitted at step 3. This project is not there.")
    if case.state != BusinessCase.State.DRAFT:
        raise Refused(f"This business case is {case.get_state_display().lower()}, not a draft.")
    case.state, case.submitted_at = BusinessCase.State.SUBMITTED, clock.now()
    case.save()
    log_action("projects.submitted_case", by=by, about=project, version=case.version)
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

    Called by `steering.operations.decide_gate` alone, which asks whether `by` may decide.
    """
    project, case = _locked_case(case)
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
    log_action(action, by=by, about=project, version=case.version, number=number, body=body)
    queue_message(emails.case_decided, case, to=who_answers_for(case))
    return case


@transaction.atomic
def launch(project: Project, *, by: User, launched_on: dt.date | None = None) -> Project:
    """Open step 4. Only an accepted business case unlocks it."""
    require(can_edit_project(by, project), BECAUSE)
    project = _locked_running(project)
    if project.stage == Project.Stage.LAUNCH:
        raise Refused("This project has been launched.")
    case = project.business_cases.first()
    if case is None or case.state != BusinessCase.State.ACCEPTED:
        state = "There is none yet." if case is None else f"Its state: {case.get_state_display().lower()}."
        raise Refused(f"Only an accepted business case unlocks the launch. {state}")
    day = launched_on or clock.today()
    if day > clock.today():
        raise Refused("The day of the launch is still to come.", field="launched_on")
    if case.decided_on and day < case.decided_on:
        raise Refused("The launch cannot come before its business case was accepted.", field="launched_on")
    project.stage, project.launched_on = Project.Stage.LAUNCH, day
    project.save()
    log_action("projects.launched", by=by, about=project, case=case.pk)
    return project


@transaction.atomic
def stop_project(project: Project, *, by: User, lesson: str) -> Project:
    """Stop a project; refused without what was learned."""
    require(can_edit_project(by, project), BECAUSE)
    project = _locked_running(project)
    if not lesson.strip():
        raise Refused("Say what was learned.", field="lesson")
    project.stage, project.ended_on, project.lesson = Project.Stage.STOPPED, clock.today(), lesson
    project.save()
    log_action("projects.stopped_project", by=by, about=project)
    return project


@transaction.atomic
def finish_project(project: Project, *, by: User) -> Project:
    """Close a project that was launched; no more updates are due."""
    require(can_edit_project(by, project), BECAUSE)
    project = _locked_running(project)
    if project.stage != Project.Stage.LAUNCH:
        raise Refused("Only a launched project is finished. One that goes no further is stopped.")
    project.stage, project.ended_on = Project.Stage.FINISHED, clock.today()
    project.save()
    log_action("projects.finished_project", by=by, about=project)
    return project


def refuse_without_purpose(purposes: Iterable[Purpose]) -> None:
    """Refuse purposes for a project that none of the Alliance's is among."""
    if not any(each.kind == Purpose.Kind.ALLIANCE for each in purposes):
        raise Refused(NO_PURPOSE, field="purposes")


def _refuse_unready(prototype: Prototype) -> None:
    if prototype.discovery.step == Discovery.Step.STOPPED:
        raise Refused("The discovery of this prototype was stopped.")
    if not prototype.is_ready_for_vote:
        raise Refused("A prototype becomes a project once it has a summary and an outline business case.")
    if there := Project.objects.filter(prototype=prototype).first():
        raise Refused(f"This prototype became the project “{there}”.")


def _locked_running(project: Project) -> Project:
    project = Project.objects.select_for_update().get(pk=project.pk)
    if project.has_ended:
        raise Refused("This project has ended.")
    return project


def _locked_case(case: BusinessCase) -> tuple[Project, BusinessCase]:
    """Lock the project, then the case: in the order of every operation on a project."""
    project = Project.objects.select_for_update().get(pk=case.project_id)
    case = BusinessCase.objects.select_for_update().get(pk=case.pk)
    case.project = project
    return project, case


def _refuse_undecidable(project: Project, case: BusinessCase, *, decided_on: dt.date) -> None:
    if case.state == BusinessCase.State.DRAFT:
        raise Refused("This business case has not been submitted.")
    if case.state != BusinessCase.State.SUBMITTED:
        on = f" on {day_in_words(case.decided_on)}" if case.decided_on else ""
        raise Refused(f"This business case was {case.get_state_display().lower()}{on} ({case.decision_number}).")
    if project.has_ended:
        raise Refused("This project has ended.")
    if decided_on > clock.today():
        raise Refused("A decision is written down once it has been taken.", field="decided_on")
    if case.submitted_at and decided_on < timezone.localdate(case.submitted_at):
        raise Refused("The case was submitted after that day.", field="decided_on")
