"""A benefit is claimed by those who promise it, and checked by somebody else."""

import datetime as dt
from decimal import Decimal

from django.db import transaction

from accounts.models import User
from audit.operations import log_action
from core import clock
from core.errors import Refused
from core.permissions import require
from core.words import counted, day_in_words
from councils.queries import base_for
from projects.models import BusinessCase, Project
from take_up.models import YEARLY_SAVING, Adoption, Benefit, unit_in_words
from take_up.permissions import can_check_benefits, can_claim_for


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
    baseline: Decimal | None = None,
    baseline_on: dt.date | None = None,
    source: str = "",
    is_illustrative: bool = False,
) -> Benefit:
    """Write down what a project or an adoption promises, and where it says so."""
    if (project is None) == (adoption is None):
        raise Refused("A benefit belongs to one project or to one adoption.")
    require(
        can_claim_for(by, project or adoption),
        "Only those who lead the project, or write for the adopting council, can claim this.",
    )
    unit = unit_in_words(unit)
    if project is not None:
        _refuse_what_its_case_promises(unit, claimed_in)
    if claimed_on > clock.today():
        raise Refused("Give the day on which it was claimed.", field="claimed_on")
    benefit = Benefit.objects.create(
        project=project,
        adoption=adoption,
        title=title,
        unit=unit,
        baseline=baseline,
        baseline_on=baseline_on,
        claimed=claimed,
        claimed_in=claimed_in,
        claimed_on=claimed_on,
        recorded_by=by,
        source=source,
        is_illustrative=is_illustrative,
    )
    log_action("assets_registry.benefit_claimed", by=by, about=benefit, claimed=str(claimed), unit=unit)
    return benefit


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


def _refuse_a_verdict_that_its_figures_deny(benefit: Benefit, result: Decimal, n: int, state: str) -> None:
    """Refuse “kept” of a smaller result or fewer councils than promised, and “not kept” of a result that is neither."""
    # What falls, as a cost does, keeps its promise by falling as far.
    falls = benefit.baseline is not None and benefit.claimed < benefit.baseline
    is_reached = result <= benefit.claimed if falls else result >= benefit.claimed
    is_of_all = benefit.scope is None or n >= benefit.scope
    if state == Benefit.State.CONFIRMED and not is_reached:
        raise Refused("The result does not reach what was promised, so it is partly kept or not kept.", field="state")
    if state == Benefit.State.CONFIRMED and benefit.scope is not None and not is_of_all:
        for_all = counted(benefit.scope, "council")
        raise Refused(
            f"It was promised for {for_all} and measured on {n:,}: partly kept, until all have it.", field="state"
        )
    if state == Benefit.State.NOT_REACHED and is_reached and is_of_all:
        raise Refused("The result reaches what was promised, so the promise was kept.", field="state")


@transaction.atomic
def confirm_benefit(
    benefit: Benefit,
    *,
    result: Decimal,
    result_on: dt.date,
    n: int,
    n_words: str,
    state: str,
    by: User,
    result_words: str = "",
    result_source: str = "",
    is_illustrative: bool = False,
) -> Benefit:
    """Write down what was measured, on how many and when. A later check replaces an earlier one."""
    benefit = Benefit.objects.select_for_update().get(pk=benefit.pk)
    require(can_check_benefits(by), "Only analysts and the secretariat check benefits.")
    require(benefit.recorded_by_id != by.pk, "Somebody else has to check what you claimed.")
    if state == Benefit.State.CLAIMED or state not in Benefit.State.values:
        raise Refused("Say whether it was reached, partly reached or not reached.", field="state")
    if n < 1:
        raise Refused("Say on how many it was measured.", field="n")
    if not benefit.claimed_on <= result_on <= clock.today():
        raise Refused("The result comes after the claim, and not in the future.", field="result_on")
    if benefit.scope and n_words.casefold() == "councils" and n > benefit.scope:
        raise Refused(
            f"It was promised for {counted(benefit.scope, 'council')}, so it cannot be measured on more.", field="n"
        )
    _refuse_a_verdict_that_its_figures_deny(benefit, result, n, state)
    if benefit.result_on and result_on <= benefit.result_on:
        raise Refused(f"It was checked on {day_in_words(benefit.result_on)}; a new check is later.", field="result_on")
    before = benefit.state
    benefit.result, benefit.result_words, benefit.result_on = result, result_words, result_on
    benefit.n, benefit.n_words, benefit.state, benefit.confirmed_by = n, n_words, state, by
    benefit.result_source, benefit.result_is_illustrative = result_source, is_illustrative
    benefit.save()
    log_action(
        "assets_registry.benefit_checked", by=by, about=benefit, before=before, state=state, result=str(result), n=n
    )
    return benefit
