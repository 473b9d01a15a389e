"""Reporting and answering problems, handing an entry over, and the checklist."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from accounts.models import User
from assets_registry.health import emails
from assets_registry.health.permissions import (
    can_answer_checklist,
    can_answer_problem,
    can_hand_asset_to,
    can_hand_over_asset,
    can_report_problem,
)
from assets_registry.health.queries import who_mends, writers_of
from assets_registry.health.standard import CRITERIA, VERSION
from assets_registry.models import Asset, CriterionAnswer, HandOver, ProblemReport
from audit.operations import log_action
from core import clock
from core.errors import Refused
from core.permissions import require
from councils.models import Organisation
from outbox.operations import queue_message

MOST_A_DAY = 20  # problems that one person reports
A_DAY = dt.timedelta(days=1)
State = ProblemReport.State


@transaction.atomic
def report_problem(
    asset: Asset, *, by: User, reason: str, note: str, source: str = "", is_illustrative: bool = False
) -> ProblemReport:
    """Tell those who keep an entry what is wrong with it. The entry stays as it is; a dead link is checked next.

    The first open problem of an asset is written about; what comes until all are answered waits with it.
    """
    # The reporter's row is the lock of what they report; the asset's is that of its one message.
    User.objects.select_for_update().filter(pk=by.pk).first()
    asset = Asset.objects.select_for_update(of=("self",)).select_related("owner").get(pk=asset.pk)
    require(can_report_problem(by, asset), "Sign in to report a problem with a published asset.")
    if not (note := note.strip()):
        raise Refused("Say what you found, so that it can be mended.", field="note")
    if ProblemReport.objects.filter(asset=asset, reported_by=by, reason=reason, state=State.OPEN).exists():
        raise Refused("You have reported this already, and the owner has not answered yet.", field="reason")
    if by.problems_found.filter(reported_at__gt=clock.now() - A_DAY).count() >= MOST_A_DAY:
        raise Refused(f"You have reported {MOST_A_DAY} problems within a day. Report the next one tomorrow.")
    first = ProblemReport.objects.filter(asset=asset, state=State.OPEN).first()
    report = ProblemReport.objects.create(
        asset=asset,
        reason=reason,
        note=note[:1000],
        reported_by=by,
        reported_at=clock.now(),
        source=source,
        is_illustrative=is_illustrative,
    )
    log_action("assets_registry.problem_reported", by=by, about=asset, reason=reason)
    readers = [person for person in who_mends(asset) if person != by]
    queue_message(emails.problem_reported, asset, to=readers, key=f"problem {(first or report).pk}")
    return report


@transaction.atomic
def answer_problem(report: ProblemReport, *, by: User, outcome: str, answer: str) -> ProblemReport:
    """Say that a problem is mended or is none, in a sentence; its reporter hears of it."""
    report = ProblemReport.objects.select_for_update(of=("self",)).select_related("asset__owner").get(pk=report.pk)
    require(can_answer_problem(by, report), "Only those who keep the entry answer what was reported.")
    if not report.is_open:
        raise Refused(f"This was answered before: {report.get_state_display().lower()}.")
    if outcome not in {State.MENDED, State.NO_PROBLEM}:
        raise Refused("Say whether it is mended, or not a problem.", field="outcome")
    if not (answer := answer.strip()):
        raise Refused("Answer in a sentence, for whoever reported it.", field="answer")
    report.state, report.answer = outcome, answer[:300]
    report.answered_by, report.answered_at = by, clock.now()
    report.save(update_fields=["state", "answer", "answered_by", "answered_at"])
    log_action("assets_registry.problem_answered", by=by, about=report.asset, outcome=outcome)
    if report.reported_by_id != by.pk:
        queue_message(emails.problem_answered, report, to=report.reported_by)
    return report


@transaction.atomic
def hand_over_asset(
    asset: Asset, *, by: User, reason: str, owner: Organisation | None = None, person: User | None = None
) -> Asset:
    """Give an entry to another organisation, or to another person of the one that owns it, and keep who had it.

    Whoever entered it stays behind the entry where it goes to another organisation and no person is named. No
    organisation gets an entry that it has not agreed to: the secretariat asks it, or its own publisher takes it.
    """
    asset = Asset.objects.select_for_update(of=("self",)).select_related("owner").get(pk=asset.pk)
    require(can_hand_over_asset(by, asset), "Only the lead of its owner or the secretariat hands an entry over.")
    to, who = owner or asset.owner, person or asset.registered_by
    if not (reason := reason.strip()):
        raise Refused("Say why, so that others understand.", field="reason")
    if to.has_ended:
        raise Refused(f"{to.official_name} has ended. Choose its successor.", field="owner")
    if person and person not in writers_of(to):
        raise Refused(f"{person} does not write for {to}.", field="person")
    if (to, who) == (asset.owner, asset.registered_by):
        raise Refused("It is with them already. Choose another organisation or another person.", field="owner")
    if to != asset.owner and not can_hand_asset_to(by, to):
        raise Refused(
            f"{to} has not agreed to take it. Once it has, write to the secretariat, which hands it over.",
            field="owner",
        )
    HandOver.objects.create(
        asset=asset,
        from_owner=asset.owner,
        to_owner=to,
        from_person=asset.registered_by,
        to_person=who,
        reason=reason[:300],
        handed_by=by,
        handed_at=clock.now(),
    )
    was = asset.owner
    asset.owner, asset.registered_by = to, who
    asset.save(update_fields=["owner", "registered_by"])
    log_action("assets_registry.handed_over", by=by, about=asset, owner=to.pk, was=was.pk)
    readers = {*(who_mends(asset) if to != was else []), *([who] if person else [])} - {by}
    queue_message(emails.asset_handed_over, asset, to=readers)
    return asset


@transaction.atomic
def answer_checklist(asset: Asset, *, by: User, answers: Mapping[str, tuple[list[str], str]]) -> Asset:
    """Write down, for each criterion of the Standard for Public Code, which requirements are met, and a note."""
    asset = Asset.objects.select_for_update(of=("self",)).select_related("owner").get(pk=asset.pk)
    require(can_answer_checklist(by, asset), "Only those who write for the owner can answer for it.")
    known = {each.key: {must.key for must in each.musts} for each in CRITERIA}
    if not answers.keys() <= known.keys():
        raise Refused("The standard has no such criterion.")
    kept = {each.criterion: each for each in asset.criteria.all()}
    for criterion, (met, note) in answers.items():
        if not known[criterion].issuperset(met):
            raise Refused("The standard has no such requirement.")
        said = {"met": sorted(set(met)), "note": note.strip()[:300]}
        old = kept.get(criterion)
        before = {"met": old.met, "note": old.note} if old else {"met": [], "note": ""}
        if said == before and (old is None or old.version == VERSION):
            continue
        CriterionAnswer.objects.update_or_create(
            asset=asset,
            criterion=criterion,
            defaults={**said, "version": VERSION, "said_by": by, "said_on": clock.today()},
        )
    log_action("assets_registry.checklist_answered", by=by, about=asset, version=VERSION)
    return asset
