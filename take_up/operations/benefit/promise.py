"""A promise is made for a project or a use, comes with a business case, and is explained where it was missed."""

import datetime as dt
from decimal import Decimal

from django.db import transaction

from accounts.models import User
from audit.operations import log_action
from core import clock
from core.errors import Refused
from core.months import months_after
from core.permissions import require
from councils.queries import base_for
from projects.models import BusinessCase, Project
from take_up.guards import ONCE_ANSWERED
from take_up.models import DUE_AFTER, FOLLOW_UPS, YEARLY_SAVING, Adoption, Benefit, unit_in_words
from take_up.operations.benefit.shared import locked
from take_up.permissions import can_answer_for_promise, can_claim_for


@transaction.atomic
def claim_benefit(
    *,
    by: User,
    title: str,
    claimed: Decimal,
    claimed_in: str,
    claimed_on: dt.date,
    project: Project | None = None,
    adoption: Adoption | None = None,
    unit: str = YEARLY_SAVING,
    better: str = "",
    baseline: Decimal | None = None,
    baseline_on: dt.date | None = None,
    due_on: dt.date | None = None,
    tier: str = "",
    source: str = "",
    is_illustrative: bool = False,
) -> Benefit:
    """Write down what a project or an adoption promises, and where it says so.

    With a `tier` it is promised for all councils of it, counted as at the day of the promise. Without `better` the
    baseline says which way is better; without `due_on` it is due after a year.
    """
    if (project is None) == (adoption is None):
        raise Refused("A promise belongs to one project or to one adoption.")
    require(
        can_claim_for(by, project or adoption),
        "Only those who lead the project, or write for the adopting council, can claim this.",
    )
    refuse_promise_of_what_waits(project or adoption)
    unit = unit_in_words(unit)
    if project is not None:
        _refuse_what_its_case_promises(unit, claimed_in)
    if claimed_on > clock.today():
        raise Refused("Give the day on which it was claimed.", field="claimed_on")
    if baseline is None and baseline_on is not None:
        raise Refused("Say what was measured on that day, or leave the day out.", field="baseline")
    if baseline_on is not None and baseline_on > claimed_on:
        raise Refused("What it was before is measured on the day of the promise, or earlier.", field="baseline_on")
    due_on = due_on or months_after(claimed_on, DUE_AFTER)
    if due_on <= claimed_on:
        raise Refused("It is due after the day on which it was promised.", field="due_on")
    benefit = Benefit.objects.create(
        origin=Benefit.Origin.PROJECT if project is not None else Benefit.Origin.ADOPTION,
        project=project,
        adoption=adoption,
        title=title,
        unit=unit,
        better=_better(better, baseline, claimed),
        baseline=baseline,
        baseline_on=baseline_on,
        claimed=claimed,
        claimed_in=claimed_in,
        claimed_on=claimed_on,
        due_on=due_on,
        tier=tier,
        scope=base_for(tier, claimed_on) if tier else None,
        recorded_by=by,
        source=source,
        is_illustrative=is_illustrative,
    )
    log_action("assets_registry.benefit_claimed", by=by, about=benefit, claimed=str(claimed), unit=unit)
    return benefit


def refuse_promise_of_what_waits(owner: Project | Adoption | None) -> None:
    """Refuse a promise of a use that its council's lead has not confirmed."""
    if isinstance(owner, Adoption) and not owner.is_confirmed:
        raise Refused(
            f"That {owner.council} uses it waits for its lead. Once that is confirmed you can say what got better."
        )


def _better(said: str, baseline: Decimal | None, claimed: Decimal) -> str:
    """Which way is better, as it was said; refused where the figures say the other way."""
    falls = baseline is not None and claimed < baseline
    better = said or (Benefit.Better.LOWER if falls else Benefit.Better.HIGHER)
    is_wrong = falls if better == Benefit.Better.HIGHER else baseline is not None and claimed > baseline
    if is_wrong:
        raise Refused("What is promised would be worse than what it is now. Say which way is better.", field="better")
    return better


def promise_of_case(case: BusinessCase) -> Benefit:
    """Write down the yearly saving of a case as a promise; called by the decision that accepts it, which logs it."""
    project, day = case.project, case.decided_on
    assert day is not None  # by constraint: a decided case knows its day
    tier = project.providing_tier
    return Benefit.objects.create(
        project=project,
        business_case=case,
        title="Saving, all councils in scope",
        unit=YEARLY_SAVING,
        claimed=case.payback().yearly_saving,
        claimed_in=f"Business case, version {case.version}, {case.decision_number}",
        claimed_on=day,
        due_on=months_after(day, FOLLOW_UPS[-1]),
        tier=tier,
        scope=base_for(tier, day),
        recorded_by=case.written_by,
        source=case.source,
        is_illustrative=case.is_illustrative,
    )


def _refuse_what_its_case_promises(unit: str, claimed_in: str) -> None:
    """A project's yearly saving is its accepted business case's, and never typed beside it."""
    if unit == YEARLY_SAVING:
        raise Refused(
            "What a project saves a year is worked out in its business case. It stands here by itself once the board "
            "has accepted that.",
            field="unit",
        )
    if "business case" in claimed_in.casefold():
        raise Refused(
            "What the business case promises stands here by itself once the board has accepted it. Say where else "
            "this is promised.",
            field="claimed_in",
        )


@transaction.atomic
def explain_promise(promise: Benefit, *, explanation: str, by: User) -> Benefit:
    """Say why a promise was missed. Said again, it replaces what was said before of the same measurement."""
    promise = locked(promise)
    require(
        can_answer_for_promise(by, promise), "Only those who promised it for their project or council explain this."
    )
    if promise.missed_on is None or promise.latest is None:
        raise Refused("It was not missed, so there is nothing to explain.")
    if not explanation.strip():
        raise Refused("Say why it was missed.", field="explanation")
    latest = promise.latest
    latest.explanation, latest.explained_by, latest.explained_at = explanation, by, clock.now()
    latest.save()
    log_action("take_up.promise_explained", by=by, about=promise)
    ONCE_ANSWERED.ask(promise)
    return promise
