"""A table of results as a file, and the dictionary that says what each of its columns means."""

from collections.abc import Iterator, Sequence

from core.tables import MADE_UP, Table
from surveys.release.printing import ReleasedFigure
from surveys.results.queries import ComparedTable
from surveys.results.released import GROUPS, ReleasedTable, released_table
from surveys.results.story import source_words, what_counts_are
from surveys.waves.models import Basis, PrintedCell

State = PrintedCell.State

DICTIONARY = (
    ("Year", "The year of the survey."),
    ("Table", "The key of the table, the same in every year."),
    ("Row key", "The key of the row, the same in every year."),
    ("Row", "The words of the row."),
    ("Measure key", "The key of the column of figures: yes, level-1; of a group in a survey run here level:1."),
    ("Measure", "What the figure is, in words."),
    ("Unit", "% for shares and means of percentages, £ for pounds."),
    ("Basis", "What the figure is a share or a mean of: those who answered, all mentions, or the numbers given."),
    ("State", "Printed; or why there is no figure: Not printed, Withheld, Nobody answered, Not asked."),
    ("Value", "The figure with the decimals of the report; empty where the state is not Printed."),
    (
        "Numerator",
        "How many gave that answer, where it is known; in a survey run here to the nearest 5, exact of who responded.",
    ),
    ("Denominator", "Of how many, where it is known; in a survey run here to the nearest 5, exact of who responded."),
    (
        "Counts",
        "What numerator and denominator are: printed, rounded, recovered from the shares, or none, since the source "
        "gives none. A mean has a denominator alone.",
    ),
    ("Year before", "The survey before this one; empty for the first."),
    ("State before", "As State, of the year before."),
    ("Value before", "As Value, of the year before."),
    (
        "Change",
        "Value less value before, in whole points where either survey prints whole per cent; empty where either is.",
    ),
    ("Change unit", "points for shares, £ for sums of money. Never per cent."),
    ("Rank", "By size among the rows; 14= where several share it. Empty where rows have no order."),
    ("Rank before", "As Rank, in the year before."),
    ("Row is", "How the row stands to the year before: asked as before, changed, new, or not asked."),
    ("Why", "Why a row is left out or withheld, why a group has no column, or what changed."),
    ("Source", "The report and the section that prints the figure, or the survey run here."),
    ("As at", "The day on which the survey closed; empty where it is not known."),
    (MADE_UP, "Whether the row is made up, as of a survey that shows how the portal works."),
)  # fmt: skip


def file_of(found: ComparedTable) -> Table:
    """Every figure of a table, those by level too, beside the wave before."""
    return Table(
        name=f"survey-{found.wave.year}-{found.table.slug}",
        title=f"{found.table.title}: annual survey, {found.wave.year}",
        columns=[name for name, _ in DICTIONARY],
        rows=_rows(found),
        filters=f"year: {found.wave.year}; source: {source_words(found)}",
    )


def _rows(found: ComparedTable) -> list[list[object]]:
    source, wave = source_words(found), found.wave
    base, released = str(found.asked.get_base_display()), released_table(found)
    reasons = released.reasons if released else {}
    rows = []
    for measure in found.measures:
        for line in found.of_measure(measure):
            now, before, state = line.now, line.before, found.row_states.get(line.row.pk)
            rows.append([
                wave.year, found.table.slug, line.row.key, line.row.words, measure.key, measure.words, measure.unit,
                measure.get_basis_display(), now.words_of_state, now.value, now.numerator, now.denominator,
                what_counts_are(line, base), found.year_before, before.words_of_state if before else "",
                line.value_before, line.change,
                "" if line.change is None else "points" if line.is_share else "£", line.rank, line.rank_before,
                state.get_continuity_display() if state else found.asked.get_continuity_display(),
                line.reason or reasons.get((line.row.key, measure.key), ""),
                source, wave.closed_on, "yes" if wave.is_illustrative else "no",
            ])  # fmt: skip
    return rows if released is None else [*rows, *_by_groups(found, released)]


def _by_groups(found: ComparedTable, released: ReleasedTable) -> Iterator[list[object]]:
    """The figures by groups as their page prints them, then each group without a column, and why."""
    wave, measure, base = found.wave, released.measure, str(found.asked.get_base_display())
    end = [source_words(found), wave.closed_on, "yes" if wave.is_illustrative else "no"]
    for row, of_people, of_mentions in released.both:
        for basis, figure in ((Basis.RESPONDENTS, of_people), (Basis.MENTIONS, of_mentions)):
            yield _group_line(
                [wave.year, found.table.slug, row.key, row.words, f"of-{basis}"],
                [basis.label, measure.unit, basis.label],
                _said(figure, base),
                figure.reason,
                end,
            )
    for breakdown in released.breakdowns:
        for row, figures in breakdown.lines:
            for part, figure in zip(breakdown.parts, figures, strict=True):
                yield _group_line(
                    [wave.year, found.table.slug, row.key, row.words, f"{breakdown.key}:{part.key}"],
                    [f"{measure.words}: {part.words}", measure.unit, measure.get_basis_display()],
                    _said(figure, base),
                    figure.reason,
                    end,
                )
        for group, why in breakdown.why.items():
            words = GROUPS[breakdown.key][group]
            yield _group_line(
                [wave.year, found.table.slug, "", "", f"{breakdown.key}:{group}"],
                [f"{measure.words}: {words}", measure.unit, measure.get_basis_display()],
                [State.WITHHELD.label if released.responded(breakdown.key, group) else State.NOBODY.label],
                why,
                end,
            )


def _said(figure: ReleasedFigure, base: str) -> list[object]:
    has_counts = figure.value is not None and figure.base
    return [State(figure.state).label, figure.value, figure.count, figure.base, base if has_counts else ""]


def _group_line(
    place: Sequence[object], measure: Sequence[object], said: Sequence[object], why: str, end: Sequence[object]
) -> list[object]:
    """A line of the file without a year before and without a rank."""
    begun = [*place, *measure, *said]
    before_why = [""] * (len(DICTIONARY) - len(begun) - len(end) - 1)
    return [*begun, *before_why, why, *end]


def dictionary_of(found: ComparedTable) -> Table:
    """What each column of the table’s file means."""
    return Table(
        name=f"survey-{found.wave.year}-{found.table.slug}-dictionary",
        title=f"Data dictionary of {found.table.title}: annual survey, {found.wave.year}",
        columns=["Column", "Means"],
        rows=DICTIONARY,
    )
