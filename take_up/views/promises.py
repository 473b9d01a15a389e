"""The ledger of promises, one promise, and what is reported, checked and explained of it."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from accounts.models import AnyUser
from core.answering import answered, posted, pressed, turned_back
from core.errors import Refused
from core.figures import Figure
from core.filters import narrowed
from core.listing import listed
from core.numbers import HIGHEST_KEY
from core.permissions import allow, anyone, require, signed_in
from core.tables import wants_table
from core.words import counted, day_in_words, month_in_words
from design_system import charts, lines
from take_up import operations, told
from take_up.forms import ExplanationForm, MeasurementForm, TurnDownForm
from take_up.lists import LEDGER, whose
from take_up.models import COUNCILS, Benefit, Measurement, TurnedDown
from take_up.permissions import (
    can_answer_for_promise,
    can_check_measurement,
    can_measure_promise,
    visible_benefits,
)
from take_up.queries import Claimed, Confirmed, sums_of_all
from take_up.queries.benefits import BenefitSums, base_as_at, bases_in_words
from take_up.queries.follow_ups import PromiseFollowUp, follow_ups
from take_up.queries.promises import COLOURS
from take_up.queries.promises import promise as line_of

_READ = (
    "latest", "project__lead_council", "adoption__asset", "adoption__council", "business_case__project", "recorded_by",
)  # fmt: skip

OWN_CLAIM = "It is what the case study claims of itself, and counts as confirmed once a later figure is checked."


@allow(anyone)
def promises(request: HttpRequest) -> HttpResponseBase:
    """The ledger: every promise that the reader may see, with what was claimed beside what was confirmed."""
    if wants_table(request):
        return listed(request, LEDGER, "")
    asked = LEDGER.read(request.GET)
    money = sums_of_all(narrowed(visible_benefits(request.user), LEDGER.fields, asked.chosen))
    figures = _figures(money) if money.claimed.n else []
    return listed(
        request, LEDGER, "take_up/promises.html", figures=figures, in_part=_in_part(money.unit, money.in_part)
    )


def _figures(money: BenefitSums) -> list[tuple[str, str, str]]:
    """Each sum with its words, and with its n, base and day as a note; what is not yet due only where something is."""

    def number(total: Any) -> str:
        return Figure(total, unit=money.unit).number

    shown = [
        (number(money.claimed.total), "claimed a year", _note_of(money.claimed)),
        (number(money.confirmed.total), "confirmed a year", _note_of_measured(money.confirmed, "kept")),
        (number(money.not_checked.total), "not checked", _note_of(money.not_checked)),
    ]
    not_yet = (number(money.not_yet.total), "not yet due", _note_of(money.not_yet))
    return [*shown, not_yet] if money.not_yet.n else shown


def _in_part(unit: str, in_part: Confirmed) -> str:
    """The sum of what was measured and keeps no promise, which is not confirmed; empty where there is none."""
    if not in_part.n:
        return ""
    total = Figure(in_part.total, unit=unit).with_unit
    return f"Measured in part, and so not confirmed: {total}, {_note_of_measured(in_part, 'checked and not kept')}."


def _note_of(claimed: Claimed) -> str:
    if not claimed.n:
        return "no promise"
    of_its_day = f", {'each ' if claimed.n > 1 else ''}for the councils of its day"
    bases = f"{of_its_day}: {bases_in_words(claimed.bases)}" if claimed.bases else ""
    return f"in {counted(claimed.n, 'promise')}{bases}; as at {day_in_words(claimed.as_at)}"


def _note_of_measured(measured: Confirmed, words: str) -> str:
    promises = f"{measured.n} of {counted(measured.of, 'promise')} {words}"
    if not measured.n:
        return promises
    return f"{promises}, measured at {measured.on}; as at {day_in_words(measured.as_at)}"


@allow(anyone)
def promise(request: HttpRequest, key: int) -> HttpResponse:
    """One promise with its measurements over time, its follow-ups and its explanation."""
    user, record = request.user, _promise(request, key)
    measured = list(record.measurements.select_related("reported_by", "checked_by", "explained_by"))
    for each in measured:
        each.promise = record
    line, waiting = line_of(record), [each for each in measured if not each.is_checked]
    context = {
        "record": record,
        "line": line,
        "whose": whose(record),
        "facts": _facts(record),
        "figures": _figures_of(record, line),
        "can_measure": can_measure_promise(user, record),
        "can_explain": record.missed_on is not None and can_answer_for_promise(user, record),
        "waiting": [
            (each, _said(record, each), _unchecked(record, each), can_check_measurement(user, each)) for each in waiting
        ],
        "turned_down": [(each, _said(record, each)) for each in _turned_down(record, user)],
        "may_check_one": any(can_check_measurement(user, each) for each in waiting),
        "follow_ups": [_follow_up(record, each) for each in follow_ups(record, measured)],
        "explained": [each for each in reversed(measured) if each.explanation],
        "chart": _chart(record, [each for each in measured if each.is_checked]),
        "columns": ["Measured on", ("Result", "numeric"), "On what", "Checked"],
        "rows": [_row(record, each) for each in reversed(measured)],
    }
    return render(request, "take_up/promise.html", context)


def _turned_down(record: Benefit, user: AnyUser) -> QuerySet[TurnedDown]:
    """What was turned down of a promise, for those who may measure it and for whoever reported it."""
    found = record.turned_down.select_related("by", "reported_by")
    if can_measure_promise(user, record):
        return found
    return found.filter(reported_by=user) if user.is_authenticated else found.none()


def _facts(record: Benefit) -> list[tuple]:
    case = record.business_case
    about: Any = record.about
    return [
        ("Of", whose(record), about.get_absolute_url()) if about else ("Of", record.claimed_in),
        ("Promised in", record.claimed_in, case.get_absolute_url()) if case else ("Promised in", record.claimed_in),
        ("On", day_in_words(record.claimed_on)),
        ("For", base_as_at(record)),
        ("Due", day_in_words(record.due_on)),
    ]


def _figures_of(record: Benefit, line: Any) -> list[tuple[str, str, str]]:
    shown = []
    if record.baseline is not None:
        on = f"as at {day_in_words(record.baseline_on)}" if record.baseline_on else ""
        shown.append((line.before, "before", on))
    said = "claimed" if record.origin == Benefit.Origin.CASE_STUDY else "promised"
    shown.append((line.promised, f"{said}, {record.unit}", record.get_better_display().lower()))
    return [*shown, (line.measured, "measured and checked", line.base)] if record.latest else shown


def _said(record: Benefit, each: Measurement | TurnedDown) -> str:
    return each.value_words or Figure(each.value, unit=record.unit).with_unit


def _unchecked(record: Benefit, each: Measurement) -> str:
    """Why a figure does not count yet, and who verified it for the case study that gives it."""
    is_told = record.origin == Benefit.Origin.CASE_STUDY
    verifier = told.known().verifier_of(each) if is_told else ""
    if verifier:
        counts = (
            "once the Alliance has checked it too" if record.is_tested_by(each) else "as what the case study claims"
        )
        return f"It was verified for its case study by {verifier}. Here it counts {counts}."
    return "Nobody has checked it here yet, so it does not count."


def _follow_up(record: Benefit, each: PromiseFollowUp) -> tuple[str, dt.date, Any, str]:
    tag = lines.tag(each.state_words, COLOURS[each.state])
    said = f"{_said(record, each.measured)}, {day_in_words(each.measured.measured_on)}" if each.measured else ""
    return each.label, each.day, tag, said


def _row(record: Benefit, each: Measurement) -> list[Any]:
    return [
        lines.noted(day_in_words(each.measured_on), lines.origin(each)),
        _said(record, each),
        f"{each.n:,} {each.n_words}".strip(),
        lines.noted(_checked(each), "" if record.is_tested_by(each) else OWN_CLAIM),
    ]


def _checked(each: Measurement) -> str:
    return day_in_words(each.checked_at) if each.checked_at else lines.tag("Not checked", "violet")


def _chart(record: Benefit, checked: list[Measurement]) -> charts.Chart | None:
    """What was measured over time beside what was promised; None before there are two days to draw."""
    known = [(each.measured_on, each.value) for each in checked]
    if record.baseline is not None:
        known.insert(0, (record.baseline_on or record.claimed_on, record.baseline))
    if len(known) < 2:
        return None
    return charts.lines(
        "measured",
        [month_in_words(day, in_short=True) for day, _ in known],
        [("Measured", [value for _, value in known]), ("Promised", [record.claimed] * len(known))],
        title=f"{record.title}, over time",
        of="In",
        say=lambda value: Figure(value, unit=record.unit).number,
    )


@allow(signed_in)
def measure(request: SignedInRequest, key: int) -> HttpResponse:
    """Report what was measured."""
    record = _promise(request, key)
    require(
        can_measure_promise(request.user, record),
        "Only those who promised it for their project or council, analysts and the secretariat say what was measured.",
    )
    form = MeasurementForm(posted(request), promise=record, initial={"n_words": COUNCILS} if record.scope else None)
    said = "Written down. It counts once somebody else has checked it."
    if done := answered(request, form, operations.report_measurement, record, said=said, to=record):
        return done
    return render(request, "take_up/measure.html", {"form": form, "record": record, "lede": _claim_in_words(record)})


@allow(signed_in)
def explain(request: SignedInRequest, key: int) -> HttpResponse:
    """Say why a promise was missed."""
    record = _promise(request, key)
    require(
        can_answer_for_promise(request.user, record),
        "Only those who promised it for their project or council explain this.",
    )
    if away := turned_back(request, _refuse_what_was_kept, record, to=record):
        return away
    latest = record.latest
    form = ExplanationForm(posted(request), initial={"explanation": latest.explanation if latest else ""})
    if done := answered(request, form, operations.explain_promise, record, said="Thank you.", to=record):
        return done
    line = line_of(record)
    lede = f"{_claim_in_words(record)} Measured: {line.measured} ({line.base})."
    return render(request, "take_up/explain.html", {"form": form, "record": record, "lede": lede})


def _refuse_what_was_kept(record: Benefit) -> None:
    if record.missed_on is None:
        raise Refused("It was not missed, so there is nothing to explain.")


@allow(signed_in)
@require_POST
def check_measurement(request: SignedInRequest, key: int) -> HttpResponse:
    measurement = _measurement(request, key)
    to = measurement.promise
    said = "Checked. It counts from now." if to.is_tested_by(measurement) else f"Checked. {OWN_CLAIM}"
    return pressed(request, operations.check_measurement, measurement, said=said, to=to)


@allow(signed_in)
def turn_down_measurement(request: SignedInRequest, key: int) -> HttpResponse:
    """Say why a measurement does not hold."""
    measurement = _measurement(request, key)
    record = measurement.promise
    require(can_check_measurement(request.user, measurement), "Somebody else than who measured it turns it down.")
    form = TurnDownForm(posted(request))
    said = "Turned down. Whoever reported it is mailed your reason."
    if done := answered(request, form, operations.turn_down_measurement, measurement, said=said, to=record):
        return done
    number = f"{measurement.n:,} {measurement.n_words}".strip()
    lede = f"{_said(record, measurement)}, measured on {day_in_words(measurement.measured_on)} at {number}."
    return render(request, "take_up/turn_down.html", {"form": form, "record": record, "lede": lede})


def _promise(request: HttpRequest, key: int) -> Benefit:
    rows: QuerySet[Benefit] = visible_benefits(request.user).select_related(*_READ)
    return get_object_or_404(rows, pk=min(key, HIGHEST_KEY))


def _measurement(request: SignedInRequest, key: int) -> Measurement:
    rows = Measurement.objects.filter(promise__in=visible_benefits(request.user)).select_related(
        *(f"promise__{name}" for name in _READ)
    )
    return get_object_or_404(rows, pk=min(key, HIGHEST_KEY))


def _claim_in_words(record: Benefit) -> str:
    start = "" if record.baseline is None else f", from {Figure(record.baseline, unit=record.unit).number}"
    promised = Figure(record.claimed, unit=record.unit).with_unit + start
    return f"Promised in “{record.claimed_in}”, {day_in_words(record.claimed_on)}: {promised}."
