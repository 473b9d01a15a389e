"""A table of one wave beside the wave before, row by row, with ranks and changes; and the same over a whole wave."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import QuerySet

from core.figures import PERCENT, POUNDS, Figure
from core.words import plain
from surveys.waves.facts import RankInTable, change_in_points, ranks, relative_change
from surveys.waves.models import (
    AskedRow,
    AskedTable,
    Continuity,
    Measure,
    PrintedCell,
    ResultsRow,
    ResultsTable,
    Wave,
    WaveNote,
)
from surveys.waves.permissions import shown_waves
from surveys.waves.queries import PrintedValue, values_in, values_of

TableFigures = dict[tuple[str, str], PrintedValue]
State = PrintedCell.State


def said(value: Decimal, measure: Measure, places: int = 1) -> str:
    """A figure as it is printed: 86.0%, £1,401,316."""
    return Figure(value, unit=measure.unit, places=places).with_unit


def signed(number: Decimal, places: int = 1) -> str:
    """A change with its sign: +17.1, −12.4, 0.0."""
    return f"{'+' if number > 0 else ''}{plain(number, places)}"


def _with_sign(figure: Figure) -> str:
    return f"{'+' if figure.value and figure.value > 0 else ''}{figure.with_unit}"


@dataclass(frozen=True)
class ComparedLine:
    """One row of a table: its figure now and a wave before, its ranks, and how it stands to that wave."""

    row: ResultsRow
    measure: Measure
    now: PrintedValue
    before: PrintedValue | None
    rank: RankInTable | None = None
    rank_before: RankInTable | None = None
    continuity: str = ""
    reason: str = ""
    is_rounded: bool = False  # its counts, to the nearest 5

    @property
    def is_share(self) -> bool:
        return self.measure.unit == Measure.Unit.PERCENT

    @property
    def value_before(self) -> Decimal | None:
        return self.before.value if self.before else None

    @property
    def change(self) -> Decimal | None:
        """Of a share in points, in whole ones where either is whole; of a sum in pounds; None for a row that is new."""
        change = change_in_points(self.value_before, self.now.value)
        return change.quantize(Decimal(1), ROUND_HALF_UP) if change is not None and self.is_in_whole_points else change

    @property
    def is_in_whole_points(self) -> bool:
        """Whether a share stands in whole per cent in one of the two waves, so that tenths of a point say nothing."""
        return self.is_share and self.before is not None and 0 in (self.now.places, self.before.places)

    @property
    def now_words(self) -> str:
        return words_of(self.now, self.measure)

    @property
    def before_words(self) -> str:
        return words_of(self.before, self.measure) if self.before else str(State.NOT_PRINTED.label)

    @property
    def change_words(self) -> str:
        """+13.3, or of money both the difference and the relative change; “new” where nothing stood before."""
        if self.change is None:
            return "new" if self.continuity == Continuity.NEW else ""
        if self.is_share:
            return signed(self.change, 0 if self.is_in_whole_points else 1)
        relative = relative_change(self.value_before, self.now.value)
        more = _with_sign(Figure(self.change, unit=POUNDS, places=0))
        return more if relative is None else f"{more} ({_with_sign(Figure(relative, unit=PERCENT, places=1))})"

    @property
    def rank_note(self) -> str:
        """“same”, or “was 4”; nothing where it had no rank."""
        if self.rank is None or self.rank_before is None:
            return ""
        return "same" if self.rank.number == self.rank_before.number else f"was {self.rank_before.number}"


def words_of(value: PrintedValue, measure: Measure) -> str:
    """The figure with its unit, or the words of the state that says why there is none."""
    return value.words_of_state if value.value is None else said(value.value, measure, value.places)


@dataclass(frozen=True)
class ComparedTable:
    """A table of one wave with all that its page and its file say."""

    asked: AskedTable
    asked_before: AskedTable | None
    measures: list[Measure]
    rows: list[ResultsRow]
    values: TableFigures
    values_before: TableFigures
    row_states: dict[int, AskedRow] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    @property
    def wave(self) -> Wave:
        return self.asked.wave

    @property
    def table(self) -> ResultsTable:
        return self.asked.table

    @property
    def year_before(self) -> int | None:
        return self.asked_before.wave.year if self.asked_before else None

    @property
    def years(self) -> str:
        """“2014 beside 2013”; “2014” where nothing stands beside it."""
        return f"{self.wave.year} beside {self.year_before}" if self.has_before else str(self.wave.year)

    @property
    def headline(self) -> Measure:
        return next((each for each in self.measures if each.is_headline), self.measures[0])

    def value(self, row: ResultsRow, measure: Measure) -> PrintedValue:
        return self.values.get((row.key, measure.key)) or PrintedValue(None, state_without(self.asked))

    def value_before(self, row: ResultsRow, measure: Measure) -> PrintedValue | None:
        if self.asked_before is None:
            return None
        return self.values_before.get((row.key, measure.key)) or PrintedValue(None, state_without(self.asked_before))

    def of_measure(self, measure: Measure) -> list[ComparedLine]:
        """Each row's figure of one measure, in the order of the questionnaire."""
        counted = [row for row in self.rows if self.table.is_ranked and not row.is_rest]
        now = ranks({row.key: self.value(row, measure).value for row in counted})
        before = ranks({row.key: each.value for row in counted if (each := self.value_before(row, measure))})
        return [self._line(row, measure, now.get(row.key), before.get(row.key)) for row in self.rows]

    def _line(
        self, row: ResultsRow, measure: Measure, now: RankInTable | None, before: RankInTable | None
    ) -> ComparedLine:
        state = self.row_states.get(row.pk)
        continuity = state.continuity if state else ""
        if self.asked.continuity == Continuity.NEW:
            continuity = Continuity.NEW
        return ComparedLine(
            row,
            measure,
            self.value(row, measure),
            self.value_before(row, measure),
            now,
            before,
            continuity,
            state.reason if state else "",
            self.asked.base == AskedTable.Base.ROUNDED,
        )

    @property
    def lines(self) -> list[ComparedLine]:
        """Each row by its main figure: the headline, or the first that is printed of a row without it."""
        by_row = {line.row.pk: line for line in self.of_measure(self.headline)}
        for measure in self.measures:
            for line in self.of_measure(measure):
                stands = by_row[line.row.pk]
                if stands.now.value is None and stands.value_before is None and line.now.value is not None:
                    by_row[line.row.pk] = line
        lines = list(by_row.values())
        if self.table.is_ranked:
            lines.sort(key=lambda line: (line.row.is_rest, -(line.now.value or Decimal(-1)), line.row.position))
        return lines

    @property
    def printed(self) -> list[ComparedLine]:
        return [line for line in self.lines if line.now.value is not None]

    @property
    def has_before(self) -> bool:
        return any(line.value_before is not None for line in self.lines)

    @property
    def has_whole_points(self) -> bool:
        """Whether some change is told in whole points."""
        return any(line.change is not None and line.is_in_whole_points for line in self.lines)


def state_without(asked: AskedTable) -> str:
    """Why a wave has no figure where none is held: it did not ask, or its report prints none."""
    return State.NOT_PRINTED if may_be_printed(asked) else State.NOT_ASKED


def may_be_printed(asked: AskedTable) -> bool:
    """Whether a wave asked this, or its source does not say that it did not."""
    return asked.continuity not in (Continuity.NOT_ASKED, Continuity.DROPPED)


def compared_table(year: int, slug: str) -> ComparedTable | None:
    """The table of a wave beside the wave before; None where there is no such wave or table."""
    asked = {each.wave.year: each for each in _shown().filter(table__slug=slug, wave__year__lte=year)}
    if year not in asked:
        return None
    now, before = asked[year], asked.get(max((each for each in asked if each < year), default=0))
    held = values_in([each.wave for each in (now, before) if each and may_be_printed(each)], now.table)
    notes = WaveNote.objects.filter(wave=now.wave, table=now.table).values_list("words", flat=True)
    return ComparedTable(
        now,
        before,
        list(Measure.objects.filter(table=now.table)),
        list(_rows().filter(table=now.table)),
        held.get(now.wave_id, {}),
        held.get(before.wave_id, {}) if before else {},
        {each.row_id: each for each in AskedRow.objects.filter(wave=now.wave, row__table=now.table)},
        list(notes),
    )


def compared_waves(years: Sequence[int] = ()) -> dict[Wave, list[ComparedTable]]:
    """Each wave, the newest first, with its tables beside the wave before, in few queries whatever their number.

    With `years` those waves alone. How each row was asked stays unread: that is for the page of a table.
    """
    asked = list(_shown())
    if years:
        asked = [each for each in asked if each.wave.year in {*years, *(_year_before(year, asked) for year in years)}]
    measures, rows, values = _by_table(Measure.objects.all()), _by_table(_rows()), _all_values(asked)
    at = {(each.wave.year, each.table_id): each for each in asked}
    found: dict[Wave, list[ComparedTable]] = {}
    for each in sorted(asked, key=lambda each: -each.wave.year):  # stable: tables keep their order
        if years and each.wave.year not in years:
            continue
        before = at.get((_year_before(each.wave.year, asked), each.table_id))
        of_before = values.get(before.pk, {}) if before else {}
        found.setdefault(each.wave, []).append(
            ComparedTable(
                each, before, measures[each.table_id], rows[each.table_id], values.get(each.pk, {}), of_before
            )
        )
    return found


def _year_before(year: int, asked: list[AskedTable]) -> int:
    """The year of the wave before; 0, which no wave has, for the first."""
    return max((each.wave.year for each in asked if each.wave.year < year), default=0)


def _shown() -> QuerySet[AskedTable]:
    """What the waves ask that readers see. Of a wave that is run here nothing, before it is published."""
    return AskedTable.objects.filter(shown_waves("wave__")).select_related("wave", "table", "wave__fieldwork")


def _rows() -> QuerySet[ResultsRow]:
    return ResultsRow.objects.select_related("skill")


def _by_table(found: QuerySet[Any]) -> dict[int, list[Any]]:
    grouped: dict[int, list[Any]] = {}
    for each in found:
        grouped.setdefault(each.table_id, []).append(each)
    return grouped


def _all_values(asked: list[AskedTable]) -> dict[int, TableFigures]:
    """The figures of each asked table; those that are held elsewhere, as the skills' are, are read by themselves."""
    place = {(each.wave_id, each.table_id): each.pk for each in asked}
    found: dict[int, TableFigures] = {}
    cells = PrintedCell.objects.filter(wave__in={each.wave_id for each in asked}).select_related("row", "measure")
    for cell in cells:
        figures = found.setdefault(place[cell.wave_id, cell.row.table_id], {})
        figures[cell.row.key, cell.measure.key] = PrintedValue(
            cell.exact, cell.state, cell.places, cell.numerator, cell.denominator
        )
    for each in asked:
        if may_be_printed(each) and each.pk not in found and each.wave.closed_on:
            found[each.pk] = values_of(each.wave, each.table)
    return found
