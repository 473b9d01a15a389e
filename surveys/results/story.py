"""What a table or a wave tells in words and large figures, all made from its printed figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.words import series, spelled
from surveys.results.queries import ComparedLine, ComparedTable, said
from surveys.waves.facts import about, above_half, lead_over_second, sum_of_rounded
from surveys.waves.models import AskedTable, Basis


@dataclass(frozen=True)
class KeyFigure:
    """A large figure with what it is of, its base or its comparison, and where it leads."""

    number: str
    label: str
    note: str = ""
    url: str = ""


def changed(lines: list[ComparedLine]) -> list[ComparedLine]:
    """The shares that stand in both waves, the largest rise first, the largest fall last."""
    both = [line for line in lines if line.is_share and line.change is not None]
    return sorted(both, key=lambda line: -(line.change or Decimal()))


def sentence_of(found: ComparedTable) -> str:
    """One plain sentence of two about the table, from its figures alone."""
    lines = found.printed
    if not lines:
        return ""
    if not found.table.is_ranked or len(lines) < 2:
        told = series([f"“{_short(line)}” {line.now_words}{_in_year_before(found, line)}" for line in lines[:3]])
        return f"{told}."
    first, second = lines[0], lines[1]
    ahead = lead_over_second(line.now.value for line in lines)
    told = f"“{_short(first)}” comes first at {first.now_words}, {ahead} points ahead of “{_short(second)}”."
    both = changed(lines)
    if not both:
        return told
    risen = sum((line.change or 0) > 0 for line in both)
    noun = plural_of(found.table.row_noun)
    rest = f"{_number(risen)} of {len(both)} {noun} stand higher than in {found.year_before}"
    half = above_half(line.now.value for line in lines)
    return f"{told} {rest}; {spelled(half)} {'is' if half == 1 else 'are'} above a half."


def plural_of(noun: str) -> str:
    """The plural of what a row is: barriers, priorities, departments or agencies."""
    return series((f"{each[:-1]}ies" if each.endswith("y") else f"{each}s" for each in noun.split(" or ")), last="or")


def _number(number: int) -> str:
    return spelled(number).capitalize()


def _short(line: ComparedLine) -> str:
    words = line.row.words.rstrip("?.")
    return words if len(words) <= 80 else f"{words[:79].rstrip()}…"


def _in_year_before(found: ComparedTable, line: ComparedLine) -> str:
    return "" if line.value_before is None else f" ({line.before_words} in {found.year_before})"


def key_figures(found: ComparedTable) -> list[KeyFigure]:
    """Up to three large figures of a table."""
    lines = found.printed
    if not found.table.is_ranked:
        return [KeyFigure(line.now_words, _short(line), _against(found, line)) for line in lines[:3]]
    if len(lines) < 2:
        return []
    both = changed(lines)
    figures = [KeyFigure(lines[0].now_words, _short(lines[0]), _of_first(found, lines))]
    if both:
        rise, fall = both[0], both[-1]
        if (rise.change or 0) > 0:
            figures.append(_of_change(found, rise, "The largest rise"))
        if (fall.change or 0) < 0:
            figures.append(_of_change(found, fall, "The largest fall"))
    if len(figures) < 3 and lines[0].measure.basis == Basis.MENTIONS:
        three = [line.now.value for line in lines[:3] if line.now.value is not None]
        note = f"{series([_short(line) for line in lines[:3]])}; rounded shares added up"
        figures.append(KeyFigure(said(sum_of_rounded(*three), lines[0].measure), "the first three together", note))
    bases = {line.now.denominator for line in lines}
    if len(figures) < 3 and len(bases) == 1 and None not in bases:
        what = "mentions" if lines[0].measure.basis == Basis.MENTIONS else "people answered this"
        figures.append(KeyFigure(str(bases.pop()), what, found.asked.base_words))
    elif len(figures) < 3:
        half = above_half(line.now.value for line in lines)
        figures.append(KeyFigure(f"{half} of {len(lines)}", f"{plural_of(found.table.row_noun)} above a half"))
    return figures[:3]


def _against(found: ComparedTable, line: ComparedLine) -> str:
    counts = counts_of(line)
    if line.value_before is None:
        return counts
    unit = " points" if line.is_share else ""
    told = f"{line.before_words} in {found.year_before}: {line.change_words}{unit}"
    return f"{told}. {counts}" if counts else told


def counts_of(line: ComparedLine) -> str:
    """45 of 94, or “about 45 of 95” where counts are rounded; empty where the base is not known."""
    now = line.now
    if not now.denominator:
        return ""
    if line.is_rounded:
        return about(now.numerator, now.denominator, now.value)
    return f"mean of {now.denominator}" if now.numerator is None else f"{now.numerator} of {now.denominator}"


def what_counts_are(line: ComparedLine, base: str) -> str:
    """What is known of the counts of a figure, by what is of its table’s `base`; empty where no figure stands."""
    if line.now.value is None:
        return ""
    if line.now.denominator is None:
        return NO_COUNTS
    if line.now.numerator is None:
        return f"{base}; a mean has no numerator"
    return f"{base}; the counts of both shares" if line.measure.basis == Basis.SUM else base


NO_COUNTS = "None: the source gives no numerator and no denominator, and none can be recovered"


def counts_in_words(found: ComparedTable) -> str:
    """Which figures of a table of a report stand without counts, said once; empty where all have them."""
    without = [line for line in found.printed if not line.now.denominator]
    if not without:
        return ""
    if len(without) < len(found.printed):
        return "Where no counts stand beside a figure, the report prints none."
    return "The report prints neither how many gave an answer nor of how many, and neither can be recovered."


def _of_first(found: ComparedTable, lines: list[ComparedLine]) -> str:
    first = lines[0]
    counts = f"{counts_of(first)}. " if counts_of(first) else ""
    if first.value_before is None:
        return f"{counts}First of {len(lines)}."
    place = (
        f"First in {found.year_before} too"
        if first.rank_note == "same"
        else f"Number {first.rank_before} in {found.year_before}"
    )
    return f"{counts}{place}, when it was {first.before_words}."


def _of_change(found: ComparedTable, line: ComparedLine, what: str) -> KeyFigure:
    note = f"{what}, from {line.before_words} in {found.year_before} to {line.now_words}."
    return KeyFigure(line.change_words, f"points: {_short(line)}", note)


def headline_of(found: ComparedTable) -> str:
    """The table’s first figure with its words; else which of four it is that nothing stands there."""
    if not found.printed:
        return "No figure is printed" if found.wave.is_run_here else str(found.asked.get_continuity_display())
    line = found.printed[0]
    return f"{_short(line)}: {line.now_words}{_in_year_before(found, line)}"


# How it was worked out --------------------------------------------------------------------------------------


def source_words(found: ComparedTable) -> str:
    """The report, its section, and its licence."""
    section = f", section {found.asked.section}" if found.asked.section else ""
    return f"{found.wave.source}{section}. {found.wave.licence}."


AS_PRINTED = [
    ("Rounding", "As printed in the report. Nothing is rounded anew."),
    ("Withheld", "Nothing: these figures were published before. Where none stands, it says why."),
]
HOW_RELEASED = [
    (
        "Rounding",
        "Shares are whole per cent of the counts as they are; counts of answers and their bases are to the nearest 5,"
        " so that a share may differ from what the rounded counts give. A mean of money has two significant figures."
        " How many people responded, of each level and of each type of council, is printed as it is.",
    ),
    (
        "Withheld",
        "Nothing is printed on fewer than ten people or five organisations, where one organisation gave more than two"
        " fifths, or where all of fewer than thirty said the same; and what else could be worked out from the rest.",
    ),
    (
        "Organisations",
        "Each answer counts for the organisation, and the type of council, as at the day the survey closed. A council"
        " that had ended counts with the one that carries on its work, one founded in advance with the one whose work"
        " it will carry on; where there is no such one, as another organisation.",
    ),
]


RESPONSE_RELEASED = [
    ("Rounding", "Shares are whole per cent. How many people responded is printed as it is: nobody’s answer is in it."),
    ("Withheld", "Nothing: how many responded is always printed."),
]


def rounded_in_words(asked: AskedTable) -> str:
    """Which counts of a table of a wave run here are rounded, and which are exact."""
    if asked.base == AskedTable.Base.PRINTED:
        return "These counts are exact: they say who responded, not what anybody answered."
    return (
        "Counts of answers and their bases are rounded to the nearest 5, shares are of the counts before that; how "
        "many people responded is exact."
    )


def methods_of(found: ComparedTable, about: Sequence[tuple[str, str]] = ()) -> list[tuple[str, str]]:
    """How the table was worked out, each with its name; `about` is what its release says of it."""
    asked, wave, year = found.asked, found.wave, found.wave.year
    told = []
    if asked.words:
        scale = f" Answers to choose from: {series(asked.scale, last='or')}." if asked.scale else ""
        told.append((f"Question {asked.number}", f"“{asked.words}”{scale} Shown: {asked.shown}"))
    else:
        told.append(("Question", f"Its exact words of {year} are not held here. {asked.shown}".strip()))
    people = f"{wave.respondents} people answered the survey in {year}. " if wave.respondents else ""
    told.append(("Who answered", f"{people}{asked.base_words}"))
    told.append(("Basis", f"{found.headline.get_basis_display()}. {asked.get_base_display()}."))
    if found.asked_before:
        how = f"{asked.get_continuity_display()}. {asked.continuity_words}".strip()
        told.append((f"Beside {found.year_before}", f"{how} {found.asked_before.base_words}".strip()))
    if found.has_before:
        money = " A sum of money has its change in pounds, and in per cent of the sum before."
        whole = " In whole points where one of the two surveys prints whole per cent." if found.has_whole_points else ""
        points = (
            f"{year} less {found.year_before}, in percentage points, worked out from the two printed figures.{whole}"
        )
        told.append(("Change", points + (money if any(not line.is_share for line in found.lines) else "")))
    if found.table.is_ranked:
        told.append(("Rank", "By size of the printed figure. Equal figures share a rank, as in 14=."))
    of_response = wave.is_run_here and asked.base == AskedTable.Base.PRINTED
    told += RESPONSE_RELEASED if of_response else HOW_RELEASED if wave.is_run_here else AS_PRINTED
    told += about
    told.append(("Left out", _left_out(found)))
    told.append(("Source", source_words(found)))
    return told


def _left_out(found: ComparedTable) -> str:
    left = [f"“{line.row.words}”: {line.reason}" for line in found.lines if line.reason and line.now.value is None]
    return " ".join(left) or ("No row." if found.wave.is_run_here else "No row of the report’s table.")
