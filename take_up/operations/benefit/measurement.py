"""What came of a promise is measured by one and checked by another."""

import datetime as dt
from decimal import Decimal

from django.db import transaction

from accounts.models import User
from audit.operations import log_action
from core import clock
from core.errors import Refused
from core.permissions import require
from core.words import counted, day_in_words
from outbox.operations import queue_message
from take_up import emails
from take_up.guards import ONCE_ANSWERED
from take_up.models import COUNCILS, Benefit, Measurement, TurnedDown
from take_up.operations.benefit.shared import locked, say_which_way, who_answers_for
from take_up.permissions import can_check_benefits, can_check_measurement, can_measure_promise


@transaction.atomic
def report_measurement(
    promise: Benefit,
    *,
    value: Decimal,
    measured_on: dt.date,
    n: int,
    n_words: str,
    by: User,
    value_words: str = "",
    better: str = "",
    source: str = "",
    is_illustrative: bool = False,
) -> Measurement:
    """Write down what was measured, on how many and when. It counts once somebody else has checked it."""
    promise = locked(promise)
    require(
        can_measure_promise(by, promise),
        "Only those who promised it for their project or council, analysts and the secretariat say what was measured.",
    )
    n_words = COUNCILS if n_words.strip().casefold() in {"council", COUNCILS} else n_words
    if n < 1:
        raise Refused("Say on how many it was measured.", field="n")
    if n_words == COUNCILS and promise.scope is not None and n > promise.scope:
        raise Refused(
            f"It was promised for {counted(promise.scope, 'council')}, so it cannot be measured on more.", field="n"
        )
    if not promise.claimed_on <= measured_on <= clock.today():
        raise Refused("The result comes after the promise, and not in the future.", field="measured_on")
    if promise.origin == Benefit.Origin.CASE_STUDY and measured_on == promise.claimed_on:
        day = day_in_words(measured_on)
        raise Refused(f"Of {day} is what the case study claims. Give what was measured after it.", field="measured_on")
    if promise.measurements.filter(measured_on=measured_on).exists():
        raise Refused(f"What was measured on {day_in_words(measured_on)} stands here already.", field="measured_on")
    say_which_way(promise, better)
    measurement = Measurement.objects.create(
        promise=promise,
        value=value,
        value_words=value_words,
        n=n,
        n_words=n_words,
        measured_on=measured_on,
        reported_by=by,
        source=source,
        is_illustrative=is_illustrative,
    )
    log_action("take_up.measurement_reported", by=by, about=promise, result=str(value), n=n, better=promise.better)
    return measurement


@transaction.atomic
def check_measurement(measurement: Measurement, *, by: User) -> Measurement:
    """Confirm that it was measured so. Whether the promise is kept follows from its last checked measurement.

    What a case study first gave of itself stays its claim, also once it is checked, until somebody measures again.
    """
    promise, measurement = _to_check(measurement, by=by)
    if measurement.is_checked:
        raise Refused("Somebody has checked it already.")
    before = promise.state
    measurement.checked_by, measurement.checked_at = by, clock.now()
    measurement.save()
    checked = promise.measurements.filter(checked_by__isnull=False).order_by("measured_on")
    promise.latest = next((each for each in reversed(checked) if promise.is_tested_by(each)), None)
    promise.save(update_fields=["latest"])
    log_action(
        "assets_registry.benefit_checked",
        by=by,
        about=promise,
        before=before,
        state=promise.state,
        result=str(measurement.value),
        n=measurement.n,
    )
    if promise.waits_for_explanation:
        queue_message(emails.promise_missed, promise, to=who_answers_for(promise), key=f"measurement {measurement.pk}")
    ONCE_ANSWERED.ask(promise)
    return measurement


@transaction.atomic
def turn_down_measurement(measurement: Measurement, *, by: User, because: str = "") -> TurnedDown:
    """Take out a reported measurement that does not hold, keep the reason, and mail it to whoever reported it.

    One that was checked stays.
    """
    promise, measurement = _to_check(measurement, by=by)
    if measurement.is_checked:
        raise Refused("It was checked, so it stands.")
    if not because.strip():
        raise Refused("Say why it does not hold: whoever reported it waits for your words.", field="because")
    names = ("value", "value_words", "n", "n_words", "measured_on", "reported_by")
    kept = {name: getattr(measurement, name) for name in names}
    turned_down = TurnedDown.objects.create(promise=promise, **kept, because=because, by=by)
    log_action("take_up.measurement_turned_down", by=by, about=promise, result=str(measurement.value), n=measurement.n)
    measurement.delete()
    if promise.origin == Benefit.Origin.CASE_STUDY and not any(map(promise.is_tested_by, promise.measurements.all())):
        promise.better = Benefit.Better.UNSAID  # who reports next is asked again
        promise.save(update_fields=["better"])
    queue_message(emails.measurement_turned_down, turned_down, to=turned_down.reported_by)
    return turned_down


def _to_check(measurement: Measurement, *, by: User) -> tuple[Benefit, Measurement]:
    """The promise and a measurement of it, locked, for one who may check it."""
    promise, measurement = _both_locked(measurement)
    require(can_check_benefits(by), "Only analysts and the secretariat check what was measured.")
    require(
        can_check_measurement(by, measurement), "Somebody else has to check what you promised, or measured yourself."
    )
    return promise, measurement


def _both_locked(measurement: Measurement) -> tuple[Benefit, Measurement]:
    """The promise and then the measurement, locked in this order by all who change either."""
    promise = locked(measurement.promise)
    found = Measurement.objects.select_for_update(of=("self",)).filter(pk=measurement.pk).first()
    if found is None:
        raise Refused("It was turned down in the meantime.")
    found.promise = promise
    return promise, found
