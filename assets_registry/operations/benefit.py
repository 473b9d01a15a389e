"""A benefit is claimed by those who promise it, and checked by somebody else."""

import datetime as dt
from decimal import Decimal

from django.db import transaction

from accounts.models import User
from assets_registry.models import Adoption, Benefit
from assets_registry.permissions import can_check_benefits, can_claim_for
from audit.operations import record
from core import clock
from core.errors import Refused
from core.permissions import require
from projects.models import Project


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
    unit: str = "£ a year",
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
    record("assets_registry.benefit_claimed", by=by, about=benefit, claimed=str(claimed), unit=unit)
    return benefit


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
    if benefit.result_on and result_on <= benefit.result_on:
        raise Refused(f"It was checked on {benefit.result_on:%-d %B %Y}; a new check is later.", field="result_on")
    before = benefit.state
    benefit.result, benefit.result_words, benefit.result_on = result, result_words, result_on
    benefit.n, benefit.n_words, benefit.state, benefit.confirmed_by = n, n_words, state, by
    benefit.save()
    record("assets_registry.benefit_checked", by=by, about=benefit, before=before, state=state, result=str(result), n=n)
    return benefit
