"""The promise that a case study makes by its figures, and what it says was measured since."""

import datetime as dt
from decimal import Decimal

from django.db.models import ProtectedError

from accounts.models import User
from core.errors import Refused
from core.months import months_after
from core.words import day_in_words
from take_up.models import DUE_AFTER, Benefit, Measurement, unit_in_words
from take_up.operations.benefit.shared import locked, say_which_way


def promise_of_figures(
    *,
    title: str,
    unit: str,
    baseline: Decimal,
    baseline_on: dt.date,
    claimed: Decimal,
    claimed_on: dt.date,
    claimed_in: str,
    by: User,
    source: str = "",
    is_illustrative: bool = False,
) -> Benefit:
    """Write down what a case study says came of it; called by the operation that publishes it, which logs it.

    Figures do not say which way is better: 268 calls that became 410 may be a failure. Whoever measures again says it.
    """
    return Benefit.objects.create(
        origin=Benefit.Origin.CASE_STUDY,
        title=title,
        unit=unit_in_words(unit),
        better=Benefit.Better.UNSAID,
        baseline=baseline,
        baseline_on=baseline_on,
        claimed=claimed,
        claimed_on=claimed_on,
        claimed_in=claimed_in,
        due_on=months_after(claimed_on, DUE_AFTER),
        recorded_by=by,
        source=source,
        is_illustrative=is_illustrative,
    )


def correct_promise_of_figures(
    promise: Benefit,
    *,
    own: list[Measurement],
    title: str,
    unit: str,
    baseline: Decimal,
    baseline_on: dt.date,
    claimed: Decimal,
    claimed_on: dt.date,
) -> bool:
    """Whether a promise that nobody has checked took other figures; the caller logs what they were.

    Its `own` measurements are taken out with it, and nobody else's. What somebody checked stands as it is.
    """
    promise = locked(promise)
    if promise.measurements.filter(checked_by__isnull=False).exists():
        return False
    promise.measurements.filter(pk__in=[each.pk for each in own]).delete()
    unit = unit_in_words(unit)
    if (promise.title, promise.unit) != (title, unit):
        promise.better = Benefit.Better.UNSAID
    promise.title, promise.unit = title, unit
    promise.baseline, promise.baseline_on = baseline, baseline_on
    promise.claimed, promise.claimed_on = claimed, claimed_on
    promise.due_on = months_after(claimed_on, DUE_AFTER)
    promise.save()
    return True


def take_out_promise_of_figures(promise: Benefit) -> bool:
    """Whether a promise that nobody has checked was deleted, with what was measured of it; the caller logs it."""
    promise = locked(promise)
    if promise.measurements.filter(checked_by__isnull=False).exists():
        return False
    try:
        promise.delete()
    except ProtectedError:  # a board speaks about it
        return False
    return True


def measure_figures(
    promise: Benefit,
    *,
    value: Decimal,
    measured_on: dt.date,
    n: int,
    by: User,
    n_words: str = "",
    better: str = "",
    source: str = "",
    is_illustrative: bool = False,
) -> Measurement:
    """Write down what a case study says was measured, not checked yet; called by its operations, which ask and log."""
    promise = locked(promise)
    if promise.measurements.filter(measured_on=measured_on).exists():
        raise Refused(f"What was measured on {day_in_words(measured_on)} stands here already.", field="measured_on")
    if better:
        say_which_way(promise, better)
    return Measurement.objects.create(
        promise=promise,
        value=value,
        measured_on=measured_on,
        n=n,
        n_words=n_words,
        reported_by=by,
        source=source,
        is_illustrative=is_illustrative,
    )
