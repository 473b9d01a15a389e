"""Every change of state of a project and of its business case."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.operations import log_action
from core import clock
from core.addresses import save_with_slug
from core.errors import Refused
from core.history import is_told
from core.permissions import require
from core.words import day_in_words
from councils.models import Organisation, Service
from councils.permissions import members_of
from outbox.operations import queue_message
from projects.discoveries.models import Discovery, Prototype, Purpose
from projects.needs.models import NeedMove
from projects.needs.operations import tell_need_moved
from projects.permissions import can_facilitate
from projects.portfolio import emails
from projects.portfolio.case_content import content_hash, who_decided, who_wrote
from projects.portfolio.described import TEXTS
from projects.portfolio.models import BusinessCase, Project, StatusUpdate
from projects.portfolio.permissions import can_edit_project, leads_project
from projects.portfolio.queries import who_answers_for, who_decides
from projects.portfolio.suggestion import SuggestedRating, is_rated, suggestion_once_updated
from projects.sums.checks import checked_bases, checked_sums

BECAUSE = "Only the leading council's publishers, a facilitator or the secretariat do this."
BECAUSE_RECORD = "Only a facilitator or the secretariat say what is part of the record."
BECAUSE_CASE = "Only the leading council's publishers, a facilitator or the secretariat write its business case."
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
    project = _locked_running(project)
    _write_down_not_asked(project, not_asked, by=by)
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
        _keep_hash_of_what_waits(project)
        log_action("projects.changed_project", by=by, about=project, fields=sorted(changed))
    return project


def _write_down_not_asked(project: Project, not_asked: Sequence[str], *, by: User) -> None:
    """Add a line to the trail about fields that were sent though no form asks for them; without their values."""
    if not_asked:
        log_action("projects.sent_fields_not_asked", by=by, about=project, fields=list(not_asked))


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


def _keep_hash_of_what_waits(project: Project) -> None:
    """Set the hash of a submitted case anew: what the board reads of its project may have changed."""
    for case in project.business_cases.filter(state=BusinessCase.State.SUBMITTED):
        case.project = project
        case.content_hash = content_hash(case)
        case.save(update_fields=["content_hash"])


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
def post_update(project: Project, *, line: str, by: User, rating: str = "", because: str = "") -> StatusUpdate:
    """Add one line on how a project stands. The same person's last line again changes nothing.

    It is rated as the portal suggests, unless `rating` says otherwise and `because` says why.
    """
    require(can_edit_project(by, project), BECAUSE)
    project = _locked_running(project)
    if not line.strip():
        raise Refused("Say in one line how the project stands.", field="line")
    latest = project.updates.first()
    if latest and latest.line == line and latest.by_id == by.pk and rating in {"", latest.rating}:
        return latest
    update = StatusUpdate(project=project, line=line, by=by)
    _rate(update, rating, because.strip())
    _add_update(update)
    log_action("projects.posted_update", by=by, about=project)
    return update


@transaction.atomic
def confirm_update(project: Project, *, by: User) -> StatusUpdate:
    """Say that the last line and its rating still hold, so that the next update is due a whole rhythm from now."""
    require(leads_project(by, project), "Only the leading council's publishers say that its last line still holds.")
    update = add_confirmation(_locked_running(project), by=by)
    log_action("projects.confirmed_update", by=by, about=project)
    return update


def add_confirmation(project: Project, *, by: User) -> StatusUpdate:
    """Add the last line of a project that the caller has locked once more, as confirmed.

    Where the portal suggests something else by now, the reason the owner gave for their rating still stands; without
    one the portal is followed.
    """
    latest = project.updates.first()
    if latest is None:
        raise Refused("There is no update yet that could be still accurate. Write one.")
    if project.is_history:
        raise Refused("This project is part of the record: no update of it is asked for.")
    if project.is_paused:
        raise Refused("This project is paused: no update of it is asked for.")
    update = StatusUpdate(project=project, line=latest.line, by=by, is_confirmation=True)
    _rate(update, latest.rating if latest.because else "", latest.because)
    _add_update(update)
    return update


@transaction.atomic
def pause_project(project: Project, *, by: User, because: str, lesson: str, look_again_on: dt.date) -> Project:
    """Pause a project until a day; refused without why and without what was learned so far.

    Until it goes on nobody is asked for an update. On that day it waits for those who lead it.
    """
    require(can_edit_project(by, project), BECAUSE)
    project = _locked_running(project)
    may_be_paused(project)
    if not because.strip():
        raise Refused("Say why it is paused.", field="because")
    if not lesson.strip():
        raise Refused("Say what was learned so far.", field="lesson")
    if look_again_on <= clock.today():
        raise Refused("Give a day to come on which to look again.", field="look_again_on")
    project.paused_on, project.paused_because, project.look_again_on = clock.today(), because, look_again_on
    project.lesson = lesson
    project.save()
    log_action("projects.paused_project", by=by, about=project, until=look_again_on.isoformat())
    return project


@transaction.atomic
def resume_project(project: Project, *, by: User, line: str) -> Project:
    """Let a paused project go on, with one line on how it stands, from which its rhythm begins anew."""
    require(can_edit_project(by, project), BECAUSE)
    project = _locked_running(project)
    may_go_on(project)
    if not line.strip():
        raise Refused("Say in one line how the project stands.", field="line")
    _end_pause(project)
    update = StatusUpdate(project=project, line=line, by=by)
    _rate(update)
    _add_update(update)
    log_action("projects.resumed_project", by=by, about=project)
    return project


@transaction.atomic
def put_on_record(project: Project, *, by: User) -> Project:
    """Mark a project as part of the record of 2013 to 2015: nobody is asked for an update of it."""
    require(can_facilitate(by), BECAUSE_RECORD)
    project = _locked_running(project)
    if not is_told(project.started_on):
        raise Refused("Only what began by 31 December 2015 can be part of the record.")
    if project.is_of_the_record:
        raise Refused("This project is part of the record already.")
    _end_pause(project)
    project.is_of_the_record = True
    project.save()
    log_action("projects.put_on_record", by=by, about=project)
    return project


@transaction.atomic
def take_off_record(project: Project, *, by: User, line: str) -> Project:
    """Say that a project of the record goes on today, with one line on how it stands.

    From then on its owner is asked for updates again.
    """
    require(can_facilitate(by), BECAUSE_RECORD)
    project = _locked_running(project)
    may_leave_record(project)
    if not line.strip():
        raise Refused("Say in one line how the project stands.", field="line")
    project.is_of_the_record = False
    update = StatusUpdate(project=project, line=line, by=by)
    _rate(update)
    _add_update(update)
    log_action("projects.took_off_record", by=by, about=project)
    return project


def may_be_paused(project: Project) -> None:
    """Refuse to pause what is of the record, or is paused already."""
    if project.is_of_the_record:
        raise Refused("This project is part of the record. There is nothing to pause.")
    if project.is_paused:
        raise Refused("This project is paused already.")


def may_go_on(project: Project) -> None:
    """Refuse to let go on what is not paused."""
    if not project.is_paused:
        raise Refused("This project is not paused.")


def may_leave_record(project: Project) -> None:
    """Refuse to take off the record what is not on it."""
    if not project.is_of_the_record:
        raise Refused("This project is not part of the record.")


def _rate(update: StatusUpdate, rating: str = "", because: str = "") -> None:
    """Give an update the suggested rating and its reasons, and its own where that is another.

    It has none where its project is not rated.
    """
    if not is_rated(update.project):
        return
    suggestion = suggestion_once_updated(update.project)
    if rating and rating not in StatusUpdate.Rating.values:
        raise Refused("Choose green, amber or red.", field="rating")
    if rating not in {"", suggestion.colour} and not because:
        raise Refused(f"{_suggested(suggestion)} Say why you choose {rating}.", field="because")
    update.suggested, update.suggested_because = suggestion.colour, suggestion.in_words
    update.rating = rating or suggestion.colour
    update.because = because if update.is_overridden else ""


def _suggested(suggestion: SuggestedRating) -> str:
    reasons = f": {suggestion.in_words}" if suggestion.signals else ""
    return f"The portal suggests {suggestion.colour}{reasons}."


def _add_update(update: StatusUpdate) -> None:
    """Save an update, from which its project counts the next rhythm."""
    update.save()
    update.project.last_updated_at = update.at
    update.project.save()


def _end_pause(project: Project) -> None:
    project.paused_on, project.paused_because, project.look_again_on = None, "", None


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
    _write_down_not_asked(project, not_asked, by=by)
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
    project, case = _locked_case(case)
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
    project, case = _locked_case(case)
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


@transaction.atomic
def launch(project: Project, *, by: User, launched_on: dt.date | None = None) -> Project:
    """Open step 4. Only an accepted business case unlocks it."""
    require(can_edit_project(by, project), BECAUSE)
    project = _locked_running(project)
    _refuse_paused(project)
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
    project.stage, project.launched_on, project.phase_ends_on = Project.Stage.LAUNCH, day, None
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
    _end_pause(project)
    project.stage, project.ended_on, project.lesson = Project.Stage.STOPPED, clock.today(), lesson
    project.save()
    log_action("projects.stopped_project", by=by, about=project)
    return project


@transaction.atomic
def finish_project(project: Project, *, by: User) -> Project:
    """Close a project that was launched; no more updates are due."""
    require(can_edit_project(by, project), BECAUSE)
    project = _locked_running(project)
    _refuse_paused(project)
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


def _refuse_paused(project: Project) -> None:
    if project.is_paused:
        raise Refused("This project is paused. Let it go on first.")


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
