"""Every change of state of a discovery and of the prototypes that its Co-Design Day makes."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from accounts.models import User
from audit.operations import log_action
from audit.queries import who_did
from core import clock
from core.addresses import save_with_slug
from core.errors import Refused
from core.permissions import require
from councils.kinds import Kind
from councils.models import Organisation
from projects.discoveries.content import step_one_hash, step_two_hash
from projects.discoveries.models import (
    Discovery,
    OutlineBusinessCase,
    PotentialProject,
    PriorityIssue,
    Prototype,
    Purpose,
)
from projects.discoveries.queries import why_step_one_goes_on, why_step_two_goes_on
from projects.needs.models import Need, NeedMove
from projects.needs.operations import tell_need_moved
from projects.permissions import can_facilitate
from projects.sums.checks import checked_sums

BECAUSE = "Only a facilitator or the secretariat leads a discovery."
BECAUSE_MADE = "Only a facilitator or the secretariat writes down what a Co-Design Day made."
_ENDED_STEP_ONE = {"projects.ended_step_one": "Ended", "projects.stopped_discovery": "Stopped"}
_ENDED = {"projects.ended_step_two": "Ended", "projects.stopped_discovery": "Stopped"}


@transaction.atomic
def start_discovery(
    *,
    by: User,
    title: str,
    summary: str,
    theme: str = "",
    department: Organisation | None = None,
    starts_on: dt.date | None = None,
    purposes: Iterable[Purpose] = (),
    facilitator: User | None = None,
    source: str = "",
    is_illustrative: bool = False,
) -> Discovery:
    """Open step 1, with a central department, a theme, or both."""
    require(can_facilitate(by), BECAUSE)
    if department is None and not theme.strip():
        raise Refused("Name a central department, a theme, or both.", field="theme")
    if department is not None and department.kind != Kind.DEPARTMENT:
        raise Refused(f"{department} is not a central department.", field="department")
    discovery = Discovery(
        title=title,
        summary=summary,
        theme=theme,
        department=department,
        facilitator=facilitator or by,
        starts_on=starts_on or clock.today(),
        source=source,
        is_illustrative=is_illustrative,
    )
    save_with_slug(discovery, title, reserved={"new"})
    discovery.purposes.set(purposes)
    log_action("projects.started_discovery", by=by, about=discovery)
    return discovery


@transaction.atomic
def gather_need(discovery: Discovery, need: Need, *, by: User) -> Need:
    """Take a need up in a discovery. A need belongs to one discovery at most."""
    discovery = _locked(discovery, by=by)
    _refuse_ended(discovery)
    need = Need.objects.select_for_update().get(pk=need.pk)
    if need.state != Need.State.OPEN:
        raise Refused(f"“{need}” is not open.", field="need")
    if need.discovery_id not in (None, discovery.pk):
        raise Refused(f"“{need}” is in the discovery “{need.discovery}”.", field="need")
    if need.discovery_id is None:
        need.discovery = discovery
        need.save()
        log_action("projects.gathered_need", by=by, about=need, discovery=discovery.pk)
        tell_need_moved(
            [need], what=NeedMove.What.DISCOVERY, title=discovery.title, path=discovery.get_absolute_url(), by=by
        )
    return need


@transaction.atomic
def add_priority_issue(discovery: Discovery, *, wording: str, by: User) -> PriorityIssue:
    """Add an issue that councils share. The same wording again returns the issue that is there."""
    discovery = _locked(discovery, by=by)
    _refuse_past_step_one(discovery)
    issue, is_new = PriorityIssue.objects.get_or_create(discovery=discovery, wording=wording)
    if is_new:
        log_action("projects.added_priority_issue", by=by, about=discovery, wording=wording)
    return issue


@transaction.atomic
def scope_project(discovery: Discovery, *, title: str, scope: str, by: User) -> PotentialProject:
    """Add a project that might resolve an issue. The same title and scope again return the one that is there."""
    discovery = _locked(discovery, by=by)
    _refuse_past_step_one(discovery)
    potential, is_new = PotentialProject.objects.get_or_create(discovery=discovery, title=title, scope=scope)
    if is_new:
        log_action("projects.scoped_project", by=by, about=discovery, title=title)
    return potential


@transaction.atomic
def judge_feasibility(discovery: Discovery, *, verdict: str, reason: str, by: User) -> Discovery:
    """Set the verdict that ends the testing at step 1; it may be changed until the step ends."""
    discovery = _locked(discovery, by=by)
    _refuse_past_step_one(discovery)
    if verdict not in Discovery.Feasibility.values:
        raise Refused("Choose one of the three verdicts.", field="verdict")
    if not reason.strip():
        raise Refused("Say what the verdict rests on.", field="reason")
    discovery.feasibility, discovery.feasibility_reason = verdict, reason
    discovery.save()
    log_action("projects.judged_feasibility", by=by, about=discovery, verdict=verdict)
    return discovery


@transaction.atomic
def end_step_one(discovery: Discovery, *, by: User) -> Discovery:
    """Go on to the Co-Design Day, once the Discovery Day has brought all three of its outputs.

    One facilitator ends it; the trail keeps a hash of the outputs as they stood.
    """
    discovery = _locked(discovery, by=by)
    _refuse_past_step_one(discovery)
    if reason := why_step_one_goes_on(discovery):
        raise Refused(f"Step 1 cannot end yet. {reason}.")
    discovery.step, discovery.step_one_ended_on = Discovery.Step.CO_DESIGN_DAY, clock.today()
    discovery.save()
    log_action("projects.ended_step_one", by=by, about=discovery, content=step_one_hash(discovery))
    return discovery


@transaction.atomic
def end_step_two(discovery: Discovery, *, by: User) -> Discovery:
    """Close the discovery, once its prototypes are there and those to pursue have been chosen.

    One facilitator ends it; the trail keeps a hash of the verdict and the prototypes as they stood.
    """
    discovery = _locked(discovery, by=by)
    if discovery.step != Discovery.Step.CO_DESIGN_DAY:
        raise Refused(f"This discovery is not at step 2.{who_did(discovery, _ENDED)}")
    if reason := why_step_two_goes_on(discovery):
        raise Refused(f"Step 2 cannot end yet. {reason}.")
    discovery.step, discovery.step_two_ended_on = Discovery.Step.FINISHED, clock.today()
    discovery.save()
    log_action("projects.ended_step_two", by=by, about=discovery, content=step_two_hash(discovery))
    return discovery


@transaction.atomic
def stop_discovery(discovery: Discovery, *, by: User, lesson: str) -> Discovery:
    """Stop a discovery before its end; refused without what was learned."""
    discovery = _locked(discovery, by=by)
    _refuse_ended(discovery)
    if not lesson.strip():
        raise Refused("Say what was learned.", field="lesson")
    discovery.step, discovery.stopped_on, discovery.lesson = Discovery.Step.STOPPED, clock.today(), lesson
    discovery.save()
    log_action("projects.stopped_discovery", by=by, about=discovery)
    return discovery


@transaction.atomic
def add_prototype(
    discovery: Discovery,
    *,
    by: User,
    title: str,
    summary: str = "",
    made_by: str = "",
    needs: Iterable[Need] = (),
    source: str = "",
    is_illustrative: bool = False,
) -> Prototype:
    """Add a prototype that a Co-Design Day made. The same words again return the one that is there."""
    require(can_facilitate(by), BECAUSE_MADE)
    return make_prototype(
        discovery,
        by=by,
        title=title,
        summary=summary,
        made_by=made_by,
        needs=needs,
        source=source,
        is_illustrative=is_illustrative,
    )


@transaction.atomic
def make_prototype(
    discovery: Discovery,
    *,
    by: User,
    title: str,
    summary: str = "",
    made_by: str = "",
    needs: Iterable[Need] = (),
    sums: Mapping[str, Any] | None = None,
    source: str = "",
    is_illustrative: bool = False,
) -> Prototype:
    """Add a prototype, with its five figures where given. Whoever calls has asked whether `by` may."""
    discovery = Discovery.objects.select_for_update().get(pk=discovery.pk)
    if discovery.step != Discovery.Step.CO_DESIGN_DAY:
        raise Refused("Prototypes are made at step 2. This discovery is not there.")
    same = Prototype.objects.filter(discovery=discovery, title=title, summary=summary, made_by=made_by).first()
    if same:
        return same
    prototype = Prototype(
        title=title,
        summary=summary,
        made_by=made_by,
        discovery=discovery,
        source=source,
        is_illustrative=is_illustrative,
    )
    save_with_slug(prototype, title)
    _set_needs(prototype, needs, by=by)
    log_action("projects.added_prototype", by=by, about=prototype, discovery=discovery.pk)
    if sums is not None:
        _outline(prototype, by=by, **sums)
    return prototype


@transaction.atomic
def change_prototype(
    prototype: Prototype, *, by: User, title: str, summary: str, made_by: str, needs: Iterable[Need]
) -> Prototype:
    """Change a prototype's words and needs, until a ballot freezes it."""
    prototype = _locked_unfrozen(prototype, by=by)
    prototype.title, prototype.summary, prototype.made_by = title, summary, made_by
    prototype.save()
    _set_needs(prototype, needs, by=by)
    log_action("projects.changed_prototype", by=by, about=prototype)
    return prototype


@transaction.atomic
def outline_case(
    prototype: Prototype,
    *,
    by: User,
    volume: Any,
    unit_cost_now: Any,
    saving_per_unit: Any,
    take_up: Any,
    one_off_cost: Any,
    note: str = "",
) -> OutlineBusinessCase:
    """Write a prototype's outline business case, over an earlier one, until a ballot freezes it."""
    prototype = _locked_unfrozen(prototype, by=by)
    return _outline(
        prototype,
        by=by,
        note=note,
        volume=volume,
        unit_cost_now=unit_cost_now,
        saving_per_unit=saving_per_unit,
        take_up=take_up,
        one_off_cost=one_off_cost,
    )


def _outline(prototype: Prototype, *, by: User, note: str = "", **figures: Any) -> OutlineBusinessCase:
    sums = checked_sums(**figures)
    outline, _ = OutlineBusinessCase.objects.update_or_create(prototype=prototype, defaults={**sums, "note": note})
    prototype.save()
    log_action("projects.outlined_case", by=by, about=prototype)
    return outline


@transaction.atomic
def freeze_prototypes(prototypes: Iterable[Prototype]) -> None:
    """Close prototypes to changes. Called by the operation that opens a ballot on them, which writes the audit line."""
    keys = [prototype.pk for prototype in prototypes]
    Prototype.objects.filter(pk__in=keys, frozen_at=None).update(frozen_at=clock.now())


def _locked(discovery: Discovery, *, by: User) -> Discovery:
    require(can_facilitate(by), BECAUSE)
    return Discovery.objects.select_for_update().get(pk=discovery.pk)


def _refuse_ended(discovery: Discovery) -> None:
    if discovery.step in {Discovery.Step.FINISHED, Discovery.Step.STOPPED}:
        raise Refused(f"This discovery has ended.{who_did(discovery, _ENDED)}")


def _refuse_past_step_one(discovery: Discovery) -> None:
    if discovery.step != Discovery.Step.DISCOVERY_DAY:
        who = who_did(discovery, _ENDED_STEP_ONE)
        raise Refused(f"Step 1 of this discovery has ended, and with it what belongs to it.{who}")


def _locked_unfrozen(prototype: Prototype, *, by: User) -> Prototype:
    require(can_facilitate(by), BECAUSE_MADE)
    prototype = Prototype.objects.select_for_update().get(pk=prototype.pk)
    if prototype.frozen_at:
        raise Refused("A vote on this prototype has been opened, so it stays as it was voted on.")
    return prototype


def _set_needs(prototype: Prototype, needs: Iterable[Need], *, by: User) -> None:
    """Set which needs a prototype is for, and write to those who have one of them."""
    needs = list(needs)
    prototype.needs.set(needs)
    tell_need_moved(
        needs, what=NeedMove.What.PROTOTYPE, title=prototype.title, path=prototype.get_absolute_url(), by=by
    )
