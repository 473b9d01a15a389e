"""The figures of a frozen release as the tables print them: a value for a row and a measure, not computed anew."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from questions.models import Question
from questions.queries import asked
from surveys.disclosure import compute_release
from surveys.disclosure.release import WHY_NO_BREAKDOWN
from surveys.disclosure.rounding import to_nearest, whole_percent
from surveys.disclosure.values import (
    MULTIPLE,
    NOBODY,
    NOT_ASKED,
    PRINTED,
    TOTAL,
    WITHHELD,
    YES,
    FrozenRelease,
    OpenedAnswers,
    PlannedQuestion,
    PlannedRow,
    PrintedColumn,
    TablePlan,
)
from surveys.fieldwork.models import Fieldwork
from surveys.fieldwork.sealed import LEVEL
from surveys.fieldwork.tables import NOT_IN_WAVE, asked_tables, questions_behind
from surveys.release.frozen import Frozen, frozen_of, release_of
from surveys.release.plan import AGREEING, DISAGREEING, row_key
from surveys.release.queries import mentions_of, top_three_tables
from surveys.waves.facts import about
from surveys.waves.models import AskedRow, Basis, Measure, PrintedCell, ResultsRow, ResultsTable

State = PrintedCell.State
CODED = "coded"  # in what is frozen: the tables of what people wrote, computed anew with each coding until published
WRITTEN = "written"  # in what is frozen: by question, whether what people wrote to it may be printed
STATES = {PRINTED: State.PRINTED, WITHHELD: State.WITHHELD, NOBODY: State.NOBODY, NOT_ASKED: State.NOT_ASKED}
MARKS = {"agree": AGREEING, "disagree": DISAGREEING}
WHY_MERGED = "Counted together with the answers beside it, so that no figure tells of a few."
WHY_TOLD = "Another answer is left out of what is published. Beside all others this figure would tell it."
WHY_MENTIONS = "One answer is withheld of those who responded. All shares of mentions together would tell it."
OR = "-or-"  # between two choices, in the key of a measure that adds up their printed shares


@dataclass(frozen=True)
class ReleasedFigure:
    """A share in whole per cent with its rounded count and base, or a mean; else the state that says why not."""

    state: str = State.NOT_PRINTED
    value: int | None = None
    count: int | None = None
    base: int | None = None
    reason: str = ""

    @property
    def counts(self) -> str:
        """“about 45 of 95”, “mean of about 40”; nothing without counts."""
        return about(self.count, self.base, self.value) if self.base and self.value is not None else ""


def figure_in(column: PrintedColumn | None, choices: Iterable[str]) -> ReleasedFigure:
    """What a column prints of the category that holds just these choices; of a mean, the mean."""
    if column is None:
        return ReleasedFigure()
    if column.state != PRINTED:
        return ReleasedFigure(STATES[column.state], reason=column.reason)
    if column.mean is not None:
        return ReleasedFigure(State.PRINTED, column.mean, base=column.base)
    cell = next((each for each in column.cells if {*each.category.choices} == {*choices}), None)
    if cell is None and any({*choices} < {*each.category.choices} for each in column.cells):
        return ReleasedFigure(State.WITHHELD, reason=WHY_MERGED)
    if cell is None or cell.percent is None:
        return ReleasedFigure(base=column.base)
    return ReleasedFigure(State.PRINTED, cell.percent, cell.count, column.base)


def _added_up(figures: Sequence[ReleasedFigure]) -> ReleasedFigure:
    """Printed shares of one base added up, and so their counts: no more is told than each of them tells."""
    value, [base, *others] = sum(each.value or 0 for each in figures), {each.base for each in figures}
    if others or not base:
        return ReleasedFigure(State.PRINTED, value)
    # Two counts to the nearest 5 may come to more than their base to the nearest 5.
    return ReleasedFigure(State.PRINTED, value, min(base, sum(each.count or 0 for each in figures)), base)


class TableReader:
    """Reads the figures of one table out of a release, whose plan breaks it down `by` so much."""

    def __init__(
        self, slug: str, rows: Sequence[str], questions: Mapping[str, Question], frozen: Frozen, *, by: Collection[str]
    ) -> None:
        self.slug, self.by = slug, by
        self.behind = {each.key: each for each in questions_behind(slug, rows, questions)}
        self.release: FrozenRelease = release_of(frozen)
        self.frozen = frozen
        self.coded: Mapping[str, Mapping] = frozen.get(CODED, {})

    def figure(self, row: str, measure: Measure, *, breakdown: str = TOTAL, part: str = TOTAL) -> ReleasedFigure:
        """The figure of a row; of a measure that is itself of a level, that of its level."""
        if measure.breakdown and breakdown == TOTAL:
            breakdown, part = measure.breakdown, measure.key.removeprefix(f"{measure.breakdown}-")
        if self.slug in self.coded:
            return self.coded_figure(row, measure.basis)
        if not self.behind:
            return self._of_levels(row)
        margin = self.margin(row, measure)
        if measure.basis == Basis.SUM:
            both = [self._at(margin, (each,), breakdown, part) for each in measure.key.split(OR)]
            return next((each for each in both if each.value is None), None) or _added_up(both)
        return self._at(margin, self._choices(row, measure), breakdown, part)

    def coded_figure(self, row: str, basis: str) -> ReleasedFigure:
        """What was coded to a row: its share of those who wrote, or of all that they wrote."""
        return _of_coded(self.coded[self.slug], row, basis)

    def _at(self, margin: str, choices: Iterable[str], breakdown: str, part: str) -> ReleasedFigure:
        column = self.release.column(margin, breakdown, part)
        if column is None and breakdown in self.by and self.release.column(margin) is not None:
            return self._without_column(margin, breakdown, part)
        return figure_in(column, choices)

    def _without_column(self, margin: str, breakdown: str, part: str) -> ReleasedFigure:
        """Why a part has no column though the plan has the breakdown: its group was merged or left out, or all were."""
        own = self.release.why_no_column.get((breakdown, part))
        if own and not self.release.response[breakdown].get(part):
            return ReleasedFigure(State.NOBODY, reason=own)
        why = own or self.release.why_no_breakdown.get((margin, breakdown), WHY_NO_BREAKDOWN)
        return ReleasedFigure(State.WITHHELD, reason=why)

    def margin(self, row: str, measure: Measure) -> str:
        """The key in the release under which a row is counted; none where the row has no such measure."""
        main = self.behind.get(self.slug)
        is_choice = main is not None and row in dict(main.choices)
        if measure.basis == Basis.MEAN:
            waiting = (key for key, each in self.behind.items() if each.shown_if == self.slug)
            return "" if is_choice else row if row in self.behind else next(waiting, "")
        if main is not None and main.rows:
            return row_key(self.slug, row)
        return row_key(self.slug) if is_choice else ""

    def figure_beside(self, row: str, measure: Measure, left_out: set[str]) -> ReleasedFigure:
        """The figure of a row, unless it would tell that of a row that is left out."""
        if self.would_be_told(row, measure, left_out):
            return ReleasedFigure(reason=WHY_TOLD)
        return self.figure(row, measure)

    def would_be_told(self, row: str, measure: Measure, left_out: set[str]) -> bool:
        """Whether a row's figure would tell that of a row that is left out: what is left of all is what it was.

        So it is among the choices of one question and among mentions, where all of them make up the whole.
        """
        if self.slug in self.coded:
            return measure.basis == Basis.MENTIONS and bool(left_out)
        if not self.behind:
            return bool(left_out)  # of those who answered, by level
        main = self.behind.get(self.slug)
        if main is None or main.kind == Question.Kind.SEVERAL:
            return False
        choices = {key for key, _ in main.choices}
        return row in choices and bool(choices & left_out)

    def _choices(self, row: str, measure: Measure) -> tuple[str, ...]:
        main = self.behind.get(self.slug)
        if main is not None and row in dict(main.choices):
            return (row,)
        # A measure by level is of those who said yes.
        return MARKS.get(measure.key) or ((YES,) if measure.breakdown else (measure.key,))

    def _of_levels(self, row: str) -> ReleasedFigure:
        """Who answered by level. It is no answer of anybody: how many responded of each group is always printed."""
        by_level = self.release.response[LEVEL]
        everybody, number = sum(by_level.values()), by_level.get(row.removeprefix(f"{LEVEL}-"))
        if number is None or not everybody:
            return ReleasedFigure()
        return ReleasedFigure(State.PRINTED, whole_percent(number, of=everybody), number, everybody)


# What people wrote --------------------------------------------------------------------------------------------------


def _of_coded(coded: Mapping, row: str, basis: str) -> ReleasedFigure:
    of_people = release_of(coded["release"]).column(f"{coded['slug']}:{row}")
    figure = figure_in(of_people, (YES,))
    if basis != Basis.MENTIONS or figure.state != State.PRINTED:
        return figure
    if coded["mentions"] is None:
        return ReleasedFigure(State.WITHHELD, reason=WHY_MENTIONS)
    percent, count = coded["mentions"][row]
    return ReleasedFigure(State.PRINTED, percent, count, coded["mentions_base"])


def coded_tables(fieldwork: Fieldwork, frozen: Frozen) -> dict[str, Frozen]:
    """What was coded of each table of the plan for which somebody wrote something, by its slug."""
    slugs = (asked.table.slug for asked in top_three_tables(fieldwork))
    may = {slug: is_printable(frozen, slug) for slug in slugs}
    return {slug: found for slug in may if (found := coded_table(fieldwork, slug, is_printable=may[slug])) is not None}


def is_printable(frozen: Frozen, slug: str) -> bool:
    """Whether what people wrote to a question came from enough organisations, as was counted at the close."""
    return bool(frozen.get(WRITTEN, {}).get(slug))


def coded_table(fieldwork: Fieldwork, slug: str, *, is_printable: bool) -> Frozen | None:
    """What was coded of a top three: shares of those who wrote something, and of mentions. None where nobody wrote.

    No organisation is known of what was written. Where they were enough, each answer counts as of one of its own; else
    all count as of one, of which nothing is printed. Nothing is broken down.
    """
    by_answer: dict[object, set[str]] = {}
    mentions: Counter[str] = Counter()
    for answer, row in mentions_of(fieldwork, slug).values_list("answer_id", "row__key"):
        coded = by_answer.setdefault(answer, set())
        if row:
            coded.add(row)
            mentions[row] += 1
    if not by_answer:
        return None
    keys = tuple(
        AskedRow.objects.filter(wave=fieldwork.wave_id, row__table__slug=slug)
        .exclude(continuity__in=NOT_IN_WAVE)
        .values_list("row__key", flat=True)
    )
    plan = TablePlan((PlannedQuestion(slug, (PlannedRow(slug, keys, MULTIPLE),)),), ())
    people = [
        OpenedAnswers(str(at if is_printable else 0), {}, {slug: frozenset(each)})
        for at, each in enumerate(by_answer.values())
    ]
    everything, release = mentions.total(), compute_release(plan, people)
    # All mentions are shared among the rows: where one is withheld, the others would tell it.
    is_whole = all(each.state == PRINTED for each in release.columns)
    return {
        "slug": slug,
        "release": frozen_of(release),
        "mentions": {
            key: [whole_percent(mentions[key], of=everything) if everything else 0, to_nearest(mentions[key])]
            for key in keys
        }
        if is_whole
        else None,
        "mentions_base": to_nearest(everything),
    }


# The cells that pages and files read --------------------------------------------------------------------------------


def cells_of(fieldwork: Fieldwork, frozen: Frozen) -> Iterator[PrintedCell]:
    """A cell for each row and measure of each table that the wave asks for."""
    wave = fieldwork.wave
    questions = {question.key: question for question in asked(wave.questions)}
    states = {each.row_id: each for each in AskedRow.objects.filter(wave=wave)}
    slugs = asked_tables(wave)
    for table in ResultsTable.objects.filter(slug__in=slugs).prefetch_related("rows", "measures"):
        rows = [row for row in table.rows.all() if row.pk in states]
        by = fieldwork.plan.get(table.slug, ())
        reader = TableReader(table.slug, [row.key for row in rows], questions, frozen, by=by)
        is_planned = table.slug in fieldwork.plan
        left_out = left_out_of(rows, states)
        for row in rows:
            for measure in table.measures.all():
                figure = _allowed(reader, row, measure, states[row.pk], is_planned=is_planned, left_out=left_out)
                yield _cell(fieldwork, row, measure, figure)


def _allowed(
    reader: TableReader, row: ResultsRow, measure: Measure, state: AskedRow, *, is_planned: bool, left_out: set[str]
) -> ReleasedFigure:
    if state.continuity in NOT_IN_WAVE:
        return ReleasedFigure(State.NOT_ASKED)
    if not is_planned or not state.is_published:
        return ReleasedFigure()
    return reader.figure_beside(row.key, measure, left_out)


def left_out_of(rows: Sequence[ResultsRow], states: Mapping[int, AskedRow]) -> set[str]:
    """The keys of the rows of a table that are left out of publication, though the wave asked them."""
    return {
        row.key
        for row in rows
        if (state := states.get(row.pk)) and not state.is_published and state.continuity not in NOT_IN_WAVE
    }


def _cell(fieldwork: Fieldwork, row: ResultsRow, measure: Measure, figure: ReleasedFigure) -> PrintedCell:
    base = figure.base or None if figure.value is not None else None
    return PrintedCell(
        wave=fieldwork.wave,
        row=row,
        measure=measure,
        state=figure.state,
        value=figure.value,
        places=0,
        numerator=figure.count if base else None,
        denominator=base,
    )
