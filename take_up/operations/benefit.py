"""A promise is made, measured by one, checked by another, and explained where it was missed."""

import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.db.models import ProtectedError

from accounts.models import User
from accounts.permissions import holders_of
from accounts.roles import Role
from audit.operations import log_action
from core import clock
from core.errors import Refused
from core.months import months_after
from core.permissions import require
from core.schedules import do_each
from core.words import counted, day_in_words
from councils.queries import base_for, who_answers
from outbox.operations import queue_message
from projects.models import BusinessCase, Project
from take_up import emails, told
from take_up.guards import ONCE_ANSWERED
from take_up.models import (
    COUNCILS,
    DUE_AFTER,
    FOLLOW_UPS,
    YEARLY_SAVING,
    Adoption,
    Benefit,
    Measurement,
    TurnedDown,
    unit_in_words,
)
from take_up.permissions import (
    can_answer_for_promise,
    can_check_benefits,
    can_check_measurement,
    can_claim_for,
    can_measure_promise,
)
from take_up.queries.follow_ups import follow_ups

ASKED_FOR = dt.timedelta(days=30)  # so long after a follow-up's day a reminder of it may still be sent


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
    unit = unit_in_words(unit)
    if project is not None:
        _refuse_what_its_case_promises(unit, claimed_in)
    if claimed_on > clock.today():
        raise Refused("Give the day on which it was claimed.", field="claimed_on")
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
    promise = _locked(promise)
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
    promise = _locked(promise)
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
    promise = _locked(promise)
    if promise.measurements.filter(measured_on=measured_on).exists():
        raise Refused(f"What was measured on {day_in_words(measured_on)} stands here already.", field="measured_on")
    if better:
        _say_which_way(promise, better)
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
    promise = _locked(promise)
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
    _say_which_way(promise, better)
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


def _say_which_way(promise: Benefit, better: str) -> None:
    """Take which way is better of a promise that waits to be told; of any other it stands."""
    if not promise.asks_which_way:
        return
    if better not in Benefit.WAYS:
        raise Refused("Say which way is better.", field="better")
    promise.better = better
    promise.save(update_fields=["better"])


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
        queue_message(emails.promise_missed, promise, to=_who_answers(promise), key=f"measurement {measurement.pk}")
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


@transaction.atomic
def explain_promise(promise: Benefit, *, explanation: str, by: User) -> Benefit:
    """Say why a promise was missed. Said again, it replaces what was said before of the same measurement."""
    promise = _locked(promise)
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


def remind_of_follow_ups() -> int:
    """Write to those who answer for a promise once at 6, 12 and 24 months, where nothing was measured; of how many."""
    today = clock.today()
    latest = today - ASKED_FOR
    # The longest follow-up may begin with a launch after the promise was made.
    living = Benefit.objects.filter(claimed_on__gt=clock.LAST_DAY_OF_THE_RECORD, claimed_on__lte=today)
    # A published case study asks its council itself, so many months after it was published.
    living = living.exclude(origin=Benefit.Origin.CASE_STUDY)
    promises = living.select_related("project__lead_council", "adoption__council", "adoption__asset", "recorded_by")
    due = []
    for promise in promises.prefetch_related("measurements").order_by("pk").iterator(chunk_size=500):
        last = months_after(promise.followed_from, FOLLOW_UPS[-1])
        if months_after(promise.followed_from, FOLLOW_UPS[0]) > today or last < latest:
            continue
        asked = [each for each in follow_ups(promise, promise.measurements.all()) if each.is_asked]
        due += [(promise, each.months) for each in asked if each.day > latest]
    return do_each(_remind, due)


@transaction.atomic
def _remind(due: tuple[Benefit, int]) -> bool:
    promise, months = due
    queue_message(emails.promise_due, promise, to=_who_answers(promise), key=f"after {months} months", months=months)
    return True


def _who_answers(promise: Benefit) -> list[User]:
    """The leads of the council that promised, with whoever wrote it down; the secretariat where there is no lead."""
    author = promise.recorded_by
    is_told = promise.origin == Benefit.Origin.CASE_STUDY
    council = told.known().council_of(promise) if is_told else promise.council
    found = who_answers(council) if council else list(holders_of(Role.SECRETARIAT))
    return [*found, *([author] if author not in found and can_answer_for_promise(author, promise) else [])]


def _locked(promise: Benefit) -> Benefit:
    rows = Benefit.objects.select_for_update(of=("self",)).select_related(
        "project__lead_council", "adoption__council", "latest", "recorded_by"
    )
    return rows.get(pk=promise.pk)


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
    promise = _locked(measurement.promise)
    found = Measurement.objects.select_for_update(of=("self",)).filter(pk=measurement.pk).first()
    if found is None:
        raise Refused("It was turned down in the meantime.")
    found.promise = promise
    return promise, found
