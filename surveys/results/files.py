"""A table of results as a file, and the dictionary that says what each of its columns means."""

from core.tables import MADE_UP, Table
from surveys.results.queries import ComparedTable
from surveys.results.story import source_words

DICTIONARY = (
    ("Year", "The year of the survey."),
    ("Table", "The key of the table, the same in every year."),
    ("Row key", "The key of the row, the same in every year."),
    ("Row", "The words of the row."),
    ("Measure key", "The key of the column of figures, such as yes or level-1."),
    ("Measure", "What the figure is, in words."),
    ("Unit", "% for shares and means of percentages, £ for pounds."),
    ("Basis", "What the figure is a share or a mean of: those who answered, all mentions, or the numbers given."),
    ("State", "Printed; or why there is no figure: Not printed, Withheld, Nobody answered, Not asked."),
    ("Value", "The figure with the decimals of the report; empty where the state is not Printed."),
    ("Numerator", "How many gave that answer, where it could be recovered; else empty."),
    ("Denominator", "Of how many, where it could be recovered; else empty."),
    ("Year before", "The survey before this one; empty for the first."),
    ("State before", "As State, of the year before."),
    ("Value before", "As Value, of the year before."),
    ("Change", "Value less value before; empty where either is."),
    ("Change unit", "points for shares, £ for sums of money. Never per cent."),
    ("Rank", "By size among the rows; 14= where several share it. Empty where rows have no order."),
    ("Rank before", "As Rank, in the year before."),
    ("Row is", "How the row stands to the year before: asked as before, changed, new, or not asked."),
    ("Why", "Why a row is left out, or what changed."),
    ("Source", "The report and the section that prints the figure."),
    ("As at", "The day on which the survey closed; empty where it is not known."),
    (MADE_UP, "Whether the row is made up. None is."),
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
    rows = []
    for measure in found.measures:
        for line in found.of_measure(measure):
            now, before, state = line.now, line.before, found.row_states.get(line.row.pk)
            rows.append([
                wave.year, found.table.slug, line.row.key, line.row.words, measure.key, measure.words, measure.unit,
                measure.get_basis_display(), now.words_of_state, now.value, now.numerator, now.denominator,
                found.year_before, before.words_of_state if before else "", line.value_before, line.change,
                "" if line.change is None else "points" if line.is_share else "£", line.rank, line.rank_before,
                state.get_continuity_display() if state else found.asked.get_continuity_display(), line.reason,
                source, wave.closed_on, "no",
            ])  # fmt: skip
    return rows


def dictionary_of(found: ComparedTable) -> Table:
    """What each column of the table’s file means."""
    return Table(
        name=f"survey-{found.wave.year}-{found.table.slug}-dictionary",
        title=f"Data dictionary of {found.table.title}: annual survey, {found.wave.year}",
        columns=["Column", "Means"],
        rows=DICTIONARY,
    )
