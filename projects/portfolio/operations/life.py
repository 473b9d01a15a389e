"""Operations on a project from its start to its end."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db import transaction

from accounts.models import User
from audit.operations import log_action
from audit.queries import who_did
from core import clock
from core.addresses import save_with_slug
from core.errors import Refused
from core.history import is_told
from core.permissions import require
from core.words import day_in_words
from councils.models import Organisation, Service
from councils.permissions import members_of
from projects.discoveries.models import Discovery, Prototype, Purpose
from projects.needs.models import NeedMove
from projects.needs.operations import tell_need_moved
from projects.permissions import can_facilitate
from projects.portfolio.case_content import launch_hash
from projects.portfolio.described import TEXTS
from projects.portfolio.models import BusinessCase, Project
from projects.portfolio.operations.cases import keep_hash_of_what_waits
from projects.portfolio.operations.guards import BECAUSE, locked_running, refuse_paused, write_down_not_asked
from projects.portfolio.operations.updates import end_pause
from projects.portfolio.permissions import can_edit_project

NO_PURPOSE = "Choose at least one purpose of the Alliance that the project serves. Without one it is not listed."
CHANGEABLE = (
    "title",
    "summary",
    "service",
    "update_every_days",
    "lead_council",
    "department",
    "collaboration",
    "budget_band",
    "contact",
    "phase_ends_on",
    *dict(TEXTS),
)


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
    project.is_of_the_record = is_told(project.started_on)
    save_with_slug(project, title, reserved={"offers"})
    project.partners.set(partners)
    project.purposes.set(purposes)
    log_action("projects.started_project", by=by, about=project, prototype=prototype.pk if prototype else None)
    if prototype is not None:
        needs, path = prototype.needs.all(), project.get_absolute_url()
        tell_need_moved(needs, what=NeedMove.What.PROJECT, title=project.title, path=path, by=by)
    return project


@transaction.atomic
def change_project(
    project: Project,
    *,
    by: User,
    partners: Iterable[Organisation] | None = None,
    not_asked: Sequence[str] = (),
    **fields: object,
) -> Project:
    """Change what a project says of itself, who leads, who joins and how often updates are due.

    `not_asked` are fields that were sent though no form asks for them: they change nothing and are written down.
    """
    require(can_edit_project(by, project), BECAUSE)
    project = locked_running(project)
    write_down_not_asked(project, not_asked, by=by)
    lead = fields.get("lead_council")
    if isinstance(lead, Organisation) and not lead.is_council:
        raise Refused("A council leads a project. Departments and others are partners.", field="lead_council")
    changed = [name for name in CHANGEABLE if name in fields and getattr(project, name) != fields[name]]
    for name in changed:
        setattr(project, name, fields[name])
    _check_described(project, changed)
    if partners is not None and set(partners := list(partners)) != set(project.partners.all()):
        project.partners.set(partners)
        changed.append("partners")
    if changed:
        project.save()
        keep_hash_of_what_waits(project)
        log_action("projects.changed_project", by=by, about=project, fields=sorted(changed))
    return project


def _check_described(project: Project, changed: Iterable[str]) -> None:
    """Refuse an end of the step before its beginning, and a contact who does not act for the lead council."""
    ends_on = project.phase_ends_on
    if "phase_ends_on" in changed and ends_on and ends_on < project.phase_started_on:
        began = day_in_words(project.phase_started_on)
        raise Refused(f"The present step began on {began}. It cannot end before.", field="phase_ends_on")
    if not {"contact", "lead_council"} & set(changed) or project.contact is None:
        return
    if project.lead_council is None or not members_of(project.lead_council).filter(pk=project.contact.pk).exists():
        raise Refused("The key contact is one of the people of the council that leads.", field="contact")


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
def launch(project: Project, *, by: User, launched_on: dt.date | None = None) -> Project:
    """Open step 4. Only an accepted business case, which two people have passed, unlocks it.

    One person launches; the trail keeps a hash of what the launch rests on.
    """
    require(can_edit_project(by, project), BECAUSE)
    project = locked_running(project)
    refuse_paused(project)
    if project.stage == Project.Stage.LAUNCH:
        who = who_did(project, {"projects.launched": "Launched"})
        raise Refused(f"This project has been launched.{who}")
    case = project.business_cases.first()
    if case is None or case.state != BusinessCase.State.ACCEPTED:
        state = "There is none yet." if case is None else f"Its state: {case.get_state_display().lower()}."
        raise Refused(f"Only an accepted business case unlocks the launch. {state}")
    day = launched_on or clock.today()
    if day > clock.today():
        raise Refused("The day of the launch is still to come.", field="launched_on")
    if case.decided_on and day < case.decided_on:
        raise Refused("The launch cannot come before its business case was accepted.", field="launched_on")
    project.stage, project.launched_on, project.phase_ends_on = Project.Stage.LAUNCH, day, None
    project.save()
    log_action("projects.launched", by=by, about=project, case=case.pk, content=launch_hash(case, day))
    return project


@transaction.atomic
def stop_project(project: Project, *, by: User, lesson: str) -> Project:
    """Stop a project; refused without what was learned."""
    require(can_edit_project(by, project), BECAUSE)
    project = locked_running(project)
    if not lesson.strip():
        raise Refused("Say what was learned.", field="lesson")
    end_pause(project)
    project.stage, project.ended_on, project.lesson = Project.Stage.STOPPED, clock.today(), lesson
    project.save()
    log_action("projects.stopped_project", by=by, about=project)
    return project


@transaction.atomic
def finish_project(project: Project, *, by: User) -> Project:
    """Close a project that was launched; no more updates are due."""
    require(can_edit_project(by, project), BECAUSE)
    project = locked_running(project)
    refuse_paused(project)
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
