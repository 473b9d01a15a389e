"""Rows of figures as people or programs give them, read into numbers: one reader for forms, files and programs.

Reading finds all that is wrong, each fault with its row, its column, what was typed and a sentence.
"""

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from core.errors import Refused
from core.figures import Share
from core.numbers import whole_number
from core.tables import is_formula
from core.text import clean_line
from core.words import counted, plain, series
from councils.kinds import KINDS_OF_TIER, many_in_words, provides
from councils.models import Organisation, Service
from kpis.indicators.models import CHANNELS, MOST
from kpis.indicators.quarters import has_ended, last_day, quarter_in_words, quarter_read
from kpis.indicators.worked_out import NUMBERS, TAKE_UP

COLUMNS = ("service", "quarter", *NUMBERS, "for_comparison_only", "reason")
NEEDED = COLUMNS[:2]
SEEN = "seen"  # of a row of the form: the version that its page showed; no column of a file
LONGEST_REASON = 200
EARLIEST = dt.date(2000, 1, 1)  # the first quarter
MOST_COST = Decimal("9999999999.99")
_NONE = {"", "-", "–", "not collected", "n/a", "na"}
_YES = {
    "yes": True,
    "y": True,
    "true": True,
    "1": True,
    "on": True,
    "no": False,
    "n": False,
    "false": False,
    "0": False,
}
LABELS = {
    "council": "Council",
    "service": "Service",
    "quarter": "Quarter",
    "cost": "Cost in pounds",
    "completed": "Finished in all channels",
    "completed_web": "Finished on the web",
    "completed_phone": "Finished by phone",
    "completed_face_to_face": "Finished face to face",
    "completed_post": "Finished by post",
    "started_web": "Begun on the web",
    "ratings": "People who rated it",
    "satisfied": "Of them satisfied",
    "for_comparison_only": "For comparison only",
    "reason": "Why it is corrected",
}


@dataclass(frozen=True)
class FiguresFault:
    """One thing that is wrong: in which row and column, what was typed there, and a sentence."""

    row: int
    column: str
    typed: str
    sentence: str

    @property
    def cells(self) -> list[Any]:
        return [self.row, LABELS[self.column], self.typed[:60] or "Nothing", self.sentence]


class FiguresRefused(Refused):
    """Rows were refused: none of them is kept. `faults` says what is wrong with each."""

    def __init__(self, faults: Sequence[FiguresFault]) -> None:
        rows = len({each.row for each in faults})
        super().__init__(
            f"{counted(rows, 'row has', 'rows have')} something wrong. Nothing was saved; correct it and send it again."
        )
        self.faults = list(faults)


@dataclass
class GivenFigures:
    """A row that could be read."""

    row: int
    council: Organisation
    service: Service
    quarter: dt.date
    numbers: dict[str, Any]
    for_comparison_only: bool | None = None  # None: as in the version that stands, else no
    reason: str = ""
    seen: int | None = None  # the version that was shown to whoever gives this, 0 for none; None where none is shown
    is_wrong: bool = False  # something in it is a fault, so its numbers are not whole
    unless_corrected: FiguresFault | None = None  # what is wrong with it where it begins a return, and corrects none

    @property
    def key(self) -> tuple[int, int, dt.date]:
        return self.council.pk, self.service.pk, self.quarter


class ServiceNames:
    """The services by what people call them: name, address, or number in the LGSL."""

    def __init__(self) -> None:
        self._by_name: dict[str, Service] = {}
        for each in Service.objects.all():
            self._by_name |= dict.fromkeys((each.name.casefold(), each.slug, str(each.lgsl)), each)

    def named(self, typed: str) -> Service | None:
        return self._by_name.get(typed.casefold())


@dataclass
class _Row:
    """A row while it is read, with what is wrong in it."""

    number: int
    cells: Mapping[str, str]
    faults: list[FiguresFault] = field(default_factory=list)

    def cell(self, column: str) -> str:
        return clean_line(str(self.cells.get(column) or ""))

    def wrong(self, column: str, sentence: str) -> None:
        self.faults.append(FiguresFault(self.number, column, self.cell(column), sentence))

    def is_wrong_in(self, *columns: str) -> bool:
        return any(fault.column in columns for fault in self.faults)


def read_figures(
    council: Organisation | None,
    rows: Iterable[tuple[int, Mapping[str, str]]],
    *,
    councils: Mapping[str, Organisation] | None = None,
    services: ServiceNames | None = None,
) -> tuple[list[GivenFigures], list[FiguresFault]]:
    """The numbered rows of which council, service and quarter could be read, and everything that is wrong in any.

    A row with a fault is among them, marked, so that what stands beside it is told in the same round.
    Rows are of `council`; without it each names one of `councils` by its address. A row without numbers and without a
    reason says nothing and is passed over, as of a template that was filled in part; but not one that `stands`, as of
    a form that showed numbers which somebody has taken out.
    """
    services = services or ServiceNames()
    found: list[GivenFigures] = []
    faults: list[FiguresFault] = []
    first: dict[tuple[int, int, dt.date], int] = {}
    for number, cells in rows:
        row = _Row(number, cells)
        if not any(row.cell(name) for name in (*NUMBERS, "reason", "stands")):
            if row.cell("for_comparison_only"):
                row.wrong("for_comparison_only", "Give its numbers too: this alone changes nothing.")
                faults += row.faults
            continue
        given = _given(row, council or (councils or {}).get(row.cell("council")), services)
        if given and given.key in first:
            same = f"{given.service}, {quarter_in_words(given.quarter)}"
            row.wrong("quarter", f"{same}, stands in row {first[given.key]} too.")
        elif given:
            first[given.key] = number
        if given:
            given.is_wrong = bool(row.faults)
            found.append(given)
        faults += row.faults
    return found, faults


def _given(row: _Row, council: Organisation | None, services: ServiceNames) -> GivenFigures | None:
    if council is None:
        row.wrong("council", "No council of the directory has this address.")
    service, quarter = _service(row, services), _quarter(row, council)
    numbers = {name: _cost(row) if name == "cost" else _count(row, name) for name in NUMBERS}
    _check_channels(row, numbers)
    _check_ratings(row, numbers)
    mark = row.cell("for_comparison_only").casefold()
    is_for_comparison = _YES.get(mark)
    if mark and is_for_comparison is None:
        row.wrong("for_comparison_only", "Write yes or no.")
    reason = row.cell("reason")
    if len(reason) > LONGEST_REASON:
        row.wrong("reason", f"Keep it to {LONGEST_REASON} characters.")
    if is_formula(reason):
        row.wrong("reason", "It begins as a formula does. Write it in words.")
    if council is None or service is None or quarter is None:
        return None
    seen = whole_number(row.cell(SEEN))
    strange = _not_provided(row, council, service)
    return GivenFigures(
        row.number, council, service, quarter, numbers, is_for_comparison, reason, seen, unless_corrected=strange
    )


def _service(row: _Row, services: ServiceNames) -> Service | None:
    service = services.named(row.cell("service"))
    if service is None:
        row.wrong("service", "No service has this name, address or LGSL number. All of them stand at /services/.")
    return service


def _not_provided(row: _Row, council: Organisation, service: Service) -> FiguresFault | None:
    """That councils of its kind do not provide a service, which keeps nobody from correcting what was returned."""
    if provides(council.kind, service.providing_tier):
        return None
    councils = many_in_words(council.kind)
    who = series(many_in_words(kind) for kind in KINDS_OF_TIER[service.providing_tier])
    said = f"{councils[0].upper()}{councils[1:]} do not provide it: {who} do."
    said += " What was returned before can be corrected."
    return FiguresFault(row.number, "service", row.cell("service"), said)


def _quarter(row: _Row, council: Organisation | None) -> dt.date | None:
    quarter = quarter_read(row.cell("quarter"))
    if quarter is None:
        row.wrong("quarter", "Write the quarter as 2014-q4, or as the day on which it began.")
    elif quarter < EARLIEST:
        row.wrong("quarter", f"Figures are kept from {EARLIEST.year} on.")
        return None
    elif not has_ended(quarter):
        row.wrong("quarter", f"{quarter_in_words(quarter)} is not over. Return it once it is.")
        return None
    elif council and council.ends_on and council.ends_on < quarter:
        row.wrong("quarter", f"{council} had ended by then.")
    elif council and council.starts_on and council.starts_on > last_day(quarter):
        row.wrong("quarter", f"{council} did not exist yet.")
    return quarter


def _cost(row: _Row) -> Decimal | None:
    return _number(row, "cost", MOST_COST, r"£?([0-9]{1,3}(,[0-9]{3})+|[0-9]{1,30})(\.[0-9]{1,2})?", "7622 or 7,622.50")


def _count(row: _Row, name: str) -> int | None:
    number = _number(row, name, Decimal(MOST), r"([0-9]{1,3}(,[0-9]{3})+|[0-9]{1,30})", "1850 or 1,850")
    return None if number is None else int(number)


def _number(row: _Row, name: str, most: Decimal, pattern: str, like: str) -> Decimal | None:
    """The number of a cell; None where it was not collected, or with a fault."""
    typed = row.cell(name)
    if typed.casefold() in _NONE:
        return None
    if re.fullmatch(pattern, typed, re.ASCII):
        number = Decimal(re.sub("[£,]", "", typed))
        if number <= most:
            return number
        row.wrong(name, f"This is too large. The most is {plain(most)}.")
    elif re.fullmatch(r"[-−–]\s*£?[0-9][0-9,.]*", typed):
        row.wrong(name, "It cannot be below 0. Leave it empty where it was not collected.")
    elif is_formula(typed):
        row.wrong(name, "This is a formula. Give the number that it comes to.")
    elif re.fullmatch(r"[0-9.,]+\s*%", typed):
        row.wrong(name, "Give the number itself, not a percentage: that is worked out.")
    elif re.fullmatch(r"£?[0-9.,]+\s*(k|m|bn|thousand|million)", typed.casefold()):
        row.wrong(name, "Write the number out, such as 1,200,000 and not 1.2m.")
    elif name != "cost" and re.fullmatch(r"[0-9,]+\.[0-9]+", typed):
        row.wrong(name, "Give a whole number.")
    else:
        row.wrong(name, f"Write it in figures, such as {like}. Leave it empty where it was not collected.")
    return None


def _check_channels(row: _Row, numbers: dict[str, Any]) -> None:
    """What the numbers of the channels have to do with one another; `completed` is filled in where the channels say it.

    A number that could not be read is compared with nothing.
    """
    channels = [numbers[name] for name in CHANNELS]
    if None not in channels:
        if sum(channels) > MOST:
            row.wrong("completed", f"The four channels come to more than {plain(MOST)}.")
        elif numbers["completed"] is None and not row.is_wrong_in("completed"):
            numbers["completed"] = sum(channels)
        elif numbers["completed"] not in (None, sum(channels)):
            row.wrong("completed", f"The four channels come to {plain(sum(channels))}. Both have to be the same.")
            return
    completed, web, faults = numbers["completed"], numbers["completed_web"], len(row.faults)
    for name in CHANNELS:
        if completed is None or numbers[name] is None or numbers[name] <= completed:
            continue
        if name == "completed_web" and completed:
            share = Share(web, completed, places=0).with_unit
            sentence = f"That is a {TAKE_UP.name.lower()} of {share}: no more can finish on the web than in all."
        else:
            sentence = f"That is more than the {plain(completed)} finished in all channels."
        row.wrong(name, sentence)
    known = [number for number in channels if number is not None]
    if completed is not None and len(row.faults) == faults and sum(known) > completed:
        row.wrong("completed", f"The channels alone come to {plain(sum(known))}.")


def _check_ratings(row: _Row, numbers: dict[str, Any]) -> None:
    """Both are given, or neither, and no more are satisfied than rated it; asked only where both could be read."""
    ratings, satisfied = numbers["ratings"], numbers["satisfied"]
    if row.is_wrong_in("ratings", "satisfied"):
        return
    if (ratings is None) != (satisfied is None):
        missing, other = ("ratings", "satisfied") if ratings is None else ("satisfied", "ratings")
        row.wrong(missing, f"Give this too: “{LABELS[other].lower()}” alone says nothing.")
    elif satisfied is not None and satisfied > ratings:
        row.wrong("satisfied", f"That is more than the {plain(ratings)} who rated it.")
