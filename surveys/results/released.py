"""What the page and the file of a table print of a wave that was run here: its breakdowns, and why a group has none."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils import timezone

from core.words import counted, day_in_words, series
from questions.queries import asked
from surveys.disclosure.release import WHY_WITHHELD
from surveys.disclosure.values import WITHHELD, FrozenRelease, PrintedPart
from surveys.fieldwork.sealed import COUNCIL_TYPE
from surveys.fieldwork.tables import BREAKDOWNS
from surveys.release.models import CodingRule, SurveyRelease
from surveys.release.plan import BY_LEVEL, BY_TYPE
from surveys.release.printing import WHY_TOLD, ReleasedFigure, TableReader, is_printable, left_out_of
from surveys.results.queries import ComparedTable
from surveys.waves.models import Basis, Measure, PrintedCell, ResultsRow

State = PrintedCell.State
GROUPS = {each.key: each.groups for each in (BY_LEVEL, BY_TYPE)}


@dataclass(frozen=True)
class ReleasedBreakdown:
    """The columns of one breakdown, with the figure of each row, and in sentences why groups or rows have none."""

    key: str
    parts: tuple[PrintedPart, ...]
    lines: list[tuple[ResultsRow, list[ReleasedFigure]]]
    why: dict[str, str]  # by group
    why_rows: list[str] = field(default_factory=list)

    @property
    def title(self) -> str:
        return f"By {BREAKDOWNS[self.key]}"

    def part_of(self, group: str) -> int | None:
        """At which column a group stands, alone or with others; None where it has none."""
        return next((at for at, part in enumerate(self.parts) if group in part.groups), None)


@dataclass(frozen=True)
class ReleasedTable:
    """A table of a wave that was run here, beside what its cells hold."""

    release: FrozenRelease
    measure: Measure
    breakdowns: list[ReleasedBreakdown]
    response: dict[str, dict[str, int]]
    both: list[tuple[ResultsRow, ReleasedFigure, ReleasedFigure]]  # of those who wrote, and of what they wrote
    about: list[tuple[str, str]]  # what the methods say beside what they say of every table
    reasons: dict[tuple[str, str], str]  # why cells hold no figure, by the keys of row and measure

    def responded(self, breakdown: str, group: str) -> int:
        """How many people of a group responded."""
        return self.response[breakdown].get(group, 0)

    def breakdown(self, key: str) -> ReleasedBreakdown | None:
        return next((each for each in self.breakdowns if each.key == key), None)


def released_table(found: ComparedTable) -> ReleasedTable | None:
    """What is released of a table beside its cells; None of a wave that was not run here."""
    if not found.wave.is_run_here:
        return None
    row = SurveyRelease.objects.select_related("fieldwork").get(fieldwork__wave=found.wave)
    slug = found.table.slug
    questions = {question.key: question for question in asked(found.wave.questions_id)}
    rows = [each for each in found.rows if each.pk in found.row_states and found.row_states[each.pk].is_published]
    by = row.fieldwork.plan.get(slug, [])
    reader = TableReader(slug, [each.key for each in rows], questions, row.frozen, by=by)
    left_out = left_out_of(found.rows, found.row_states)
    shares = [
        each
        for each in rows
        if not _is_mean(each, found) and not reader.would_be_told(each.key, found.headline, left_out)
    ]
    breakdowns = [_breakdown(reader, found.headline, key, shares) for key in by]
    reasons = _reasons(found, reader, rows, left_out)
    about = [*_about(found, row, reader, slug), *_rule(found, reader, slug)]
    if WHY_TOLD in reasons.values():
        about.append(("Figures not printed", WHY_TOLD))
    both = [
        (
            each,
            reader.coded_figure(each.key, Basis.RESPONDENTS),
            ReleasedFigure(reason=WHY_TOLD) if left_out else reader.coded_figure(each.key, Basis.MENTIONS),
        )
        for each in rows
        if slug in reader.coded
    ]
    return ReleasedTable(reader.release, found.headline, breakdowns, row.frozen["response"], both, about, reasons)


def _reasons(
    found: ComparedTable, reader: TableReader, rows: list[ResultsRow], left_out: set[str]
) -> dict[tuple[str, str], str]:
    """Why cells of the table hold no figure, by the keys of row and measure."""
    return {
        (row.key, measure.key): why
        for row in rows
        for measure in found.measures
        if found.value(row, measure).value is None and (why := reader.figure_beside(row.key, measure, left_out).reason)
    }


def _is_mean(row: ResultsRow, found: ComparedTable) -> bool:
    """Whether a row holds no share: a mean has no breakdown."""
    return found.value(row, found.headline).value is None and any(
        found.value(row, each).value is not None for each in found.measures if each.basis == Basis.MEAN
    )


def _breakdown(reader: TableReader, measure: Measure, key: str, rows: list[ResultsRow]) -> ReleasedBreakdown:
    release = reader.release
    parts = release.parts.get(key, ())
    lines = [(row, [reader.figure(row.key, measure, breakdown=key, part=part.key) for part in parts]) for row in rows]
    without = [
        (row.words, why)
        for row in rows
        if (why := release.why_no_breakdown.get((reader.margin(row.key, measure), key)))
    ]
    why_rows = [f"{words}: {why[0].lower()}{why[1:]}" for words, why in without]
    why = {group: why for (breakdown, group), why in release.why_no_column.items() if breakdown == key}
    return ReleasedBreakdown(key, parts, lines, why, [*dict.fromkeys(why_rows)])


def _about(found: ComparedTable, row: SurveyRelease, reader: TableReader, slug: str) -> Iterator[tuple[str, str]]:
    """How it was released, and the base of what is no share."""
    by_type = row.frozen["response"][COUNCIL_TYPE]
    groups = [f"{words} {by_type[key]}" for key, words in BY_TYPE.groups.items() if by_type.get(key)]
    yield "Who responded", f"{series(groups)} people. Each could answer for themselves, several of one organisation."
    means = [column for key in reader.behind if (column := reader.release.column(key)) and column.mean is not None]
    for column in means:
        people = counted(column.base or 0, "person", "people")
        question = reader.behind[column.margin]
        yield "Base of a mean", f"About {people} gave a figure to “{question.words}”; the others did not."
    held = [each for each in reader.release.columns if each.margin.partition(".")[0] in reader.behind]
    kept = sum(each.state == WITHHELD for each in held)
    if held:
        yield "Columns withheld", f"{kept} of {len(held)}, over all rows of this table."
    if row.confirmed_at:
        day = day_in_words(timezone.localdate(row.confirmed_at))
        yield "Published by", f"Two analysts: one proposed it, another confirmed it on {day}."


def _rule(found: ComparedTable, reader: TableReader, slug: str) -> Iterator[tuple[str, str]]:
    """By which rule what people wrote was coded, and its two bases."""
    if slug not in reader.coded:
        return
    rule = CodingRule.objects.filter(asked=found.asked).values_list("words", flat=True).first()
    if not is_printable(reader.frozen, slug):
        yield "Nothing of this table is printed", WHY_WITHHELD
    yield "Coding", f"People wrote up to three answers in their own words. {rule or ''}".strip()
    yield (
        "Not broken down",
        "What people write is opened apart from their other answers, so nobody knows of whom it is.",
    )


def groups_of(released: ReleasedTable) -> list[tuple[str, str]]:
    """The groups one can ask for, with their words."""
    return [(key, words) for each in released.breakdowns for key, words in GROUPS[each.key].items()]
