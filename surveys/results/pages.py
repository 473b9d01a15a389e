"""What each page of the survey shows, as plain values for its template."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.text import capfirst

from accounts.models import User
from core.figures import PERCENT, Figure, Share
from core.words import counted
from design_system.lines import noted
from design_system.tables import SHOWN_FIRST
from surveys.fieldwork.models import Fieldwork
from surveys.fieldwork.permissions import can_run_surveys
from surveys.fieldwork.preparing import WHO_ANSWERED
from surveys.fieldwork.queries import runnings
from surveys.fieldwork.response import other_bodies_in_words
from surveys.release.printing import ReleasedFigure
from surveys.results.dots import sample, strip
from surveys.results.queries import ComparedLine, ComparedTable
from surveys.results.released import GROUPS as GROUPS_OF
from surveys.results.released import ReleasedBreakdown, ReleasedTable, groups_of, released_table
from surveys.results.story import (
    KeyFigure,
    changed,
    counts_in_words,
    counts_of,
    headline_of,
    key_figures,
    methods_of,
    plural_of,
    rounded_in_words,
    sentence_of,
    source_words,
)
from surveys.waves.models import PrintedCell, Wave, WaveNote
from surveys.waves.queries import ResponseLine, response_of

FEWEST = 10  # people: a survey run here gives a smaller group no column of its own
MOST_CHANGED = 5

RESPONSE = [
    "Councils",
    ("Answered, as printed", "numeric"),
    ("Share", "numeric"),
    ("Named in the list of 3.1", "numeric"),
    ("Share of those named", "numeric"),
]
ANSWERED = ["Councils", ("Answered", "numeric"), ("Share", "numeric")]
GROUPS = ["Councils", ("Answered", "numeric"), ("Share", "numeric"), "Figures of this group"]


def table_url(found: ComparedTable) -> str:
    return reverse("surveys:table", args=[found.wave.year, found.table.slug])


# One table ---------------------------------------------------------------------------------------------------------


def table_page(found: ComparedTable, *, by_change: bool = False, group: str = "") -> dict[str, Any]:
    """The context of a table's page; `by_change` puts the largest rise first, `group` is shown by itself."""
    released = released_table(found)
    lines = found.lines
    if by_change and found.has_before:
        lines = sorted(lines, key=lambda line: (line.change is None, not line.is_share, -(line.change or 0)))
    response = [] if released else response_of(found.wave)
    return {
        "found": found,
        "wave": found.wave,
        "year_before": found.year_before,
        "sentence": sentence_of(found),
        "shown": _shown(found),
        "key_figures": key_figures(found),
        "lines": [_drawn(line) for line in lines] if found.printed else [],
        "has_skills": any(row.skill_id for row in found.rows),
        "rounded": rounded_in_words(found.asked) if released else "",
        "counts": "" if released else counts_in_words(found),
        "by_change": by_change and found.has_before,
        "folded": max(0, len(lines) - SHOWN_FIRST) if len(lines) > SHOWN_FIRST + 1 else 0,
        "ring": sample("ring"),
        "dot": sample("dot"),
        "heading": f"All {counted(len(found.rows), found.table.row_noun, plural_of(found.table.row_noun))}",
        "crossed": None if released else _crossed(found),
        "others": _other_measures(found),
        "breakdowns": [_broken_down(found, each) for each in released.breakdowns] if released else [],
        "both": _both(found, released) if released else None,
        "choices": groups_of(released) if released else [],
        "one_group": _one_group(found, released, group) if released else None,
        "groups": [] if released else [_group(line) for line in response],
        "group_columns": GROUPS,
        "methods": methods_of(found, released.about if released else ()),
        "source": source_words(found),
        "url": table_url(found),
        "dictionary_url": reverse("surveys:dictionary", args=[found.wave.year, found.table.slug]),
        "calculator_url": _calculator(found),
    }


def _shown(found: ComparedTable) -> str:
    """What the figures are: “Share of those who answered: yes.”"""
    basis, words = found.headline.get_basis_display(), found.headline.words
    return (
        f"{basis}." if basis.lower() == words.lower() or basis.endswith(words.lower()) else f"{basis}: {words.lower()}."
    )


def _calculator(found: ComparedTable) -> str:
    """Where the savings go on to all councils; only their own table leads there."""
    if not any(not line.is_share for line in found.printed):
        return ""
    return reverse("surveys:extrapolation", args=[found.wave.year])


def _drawn(line: ComparedLine) -> dict[str, Any]:
    return {
        "line": line,
        "strip": strip(line.value_before, line.now.value) if line.is_share else "",
        "counts": counts_of(line),
        "has_figure_before": line.value_before is not None,
        "measure": "" if line.measure.is_headline else line.measure.words,
        "url": line.row.skill.get_absolute_url() if line.row.skill else "",
    }


def _crossed(found: ComparedTable) -> dict[str, Any] | None:
    """The figures by level, with its columns; None where the table has none."""
    measures = [each for each in found.measures if each.breakdown]
    return _grid(found, [found.headline, *measures]) if measures else None


def _other_measures(found: ComparedTable) -> dict[str, Any] | None:
    """The answers beside the headline, with their counts; None where there are none, or none of the same unit."""
    measures = [each for each in found.measures if not each.breakdown and each.unit == found.headline.unit]
    return _grid(found, measures) if len(measures) > 1 else None


def _grid(found: ComparedTable, measures: list) -> dict[str, Any] | None:
    by_measure = [{line.row.pk: line for line in found.of_measure(each)} for each in measures]
    rows = [
        [line.row.words, *(noted(of[line.row.pk].now_words, counts_of(of[line.row.pk])) for of in by_measure)]
        for line in found.lines
    ]
    columns = [capfirst(found.table.row_noun), *((each.words, "numeric") for each in measures)]
    return {"columns": columns, "rows": rows} if found.printed else None


def _group(line: ResponseLine) -> list[Any]:
    """How many of a type answered, and which of four it is that no figures of it stand here."""
    if not line.answered:
        state = noted(PrintedCell.State.NOBODY.label, f"0 of {line.councils}")
    elif line.words == "United Kingdom":
        state = noted("Our sum", "the report has no such line")
    else:
        few = "fewer than 10 answered: too few to be shown by themselves in any survey here"
        state = noted(PrintedCell.State.NOT_PRINTED.label, few if line.answered < FEWEST else "")
    return [line.words, f"{line.answered} of {line.councils}", line.share.with_unit, state]


# Of a wave that was run here --------------------------------------------------------------------------------------


def _broken_down(found: ComparedTable, breakdown: ReleasedBreakdown) -> dict[str, Any]:
    """A table by groups; a cell without a figure says which of four it is. Below it, why groups have no column."""
    return {
        "key": breakdown.key,
        "title": breakdown.title,
        "columns": [capfirst(found.table.row_noun), *((part.words, "numeric") for part in breakdown.parts)],
        "rows": [[row.words, *map(_figure, figures)] for row, figures in breakdown.lines] if breakdown.parts else [],
        "why": [*breakdown.why.values(), *breakdown.why_rows],
    }


def _both(found: ComparedTable, released: ReleasedTable) -> dict[str, Any] | None:
    """What people wrote, as shares of those who wrote and of all mentions; None of another table."""
    rows = [[row.words, _figure(people), _figure(mentions)] for row, people, mentions in released.both]
    columns = [capfirst(found.table.row_noun), ("Of those who wrote", "numeric"), ("Of all mentions", "numeric")]
    return {"columns": columns, "rows": rows} if rows else None


def _figure(figure: ReleasedFigure) -> Any:
    """48% with “about 20 of 40”; else the words of its state."""
    if figure.value is None:
        return PrintedCell.State(figure.state).label
    return noted(Figure(figure.value, unit=PERCENT).with_unit, figure.counts)


def _one_group(found: ComparedTable, released: ReleasedTable, group: str) -> dict[str, Any] | None:
    """The figures of one group, or in a sentence why it has none; None where no such group is asked for."""
    breakdown = next((each for each in released.breakdowns if group in GROUPS_OF[each.key]), None)
    if breakdown is None:
        return None
    words, at = GROUPS_OF[breakdown.key][group], breakdown.part_of(group)
    responded = released.responded(breakdown.key, group)
    return {
        "key": group,
        "words": words,
        "responded": counted(responded, "person", "people"),
        "is_empty": not responded,
        "why": breakdown.why.get(group, ""),
        "part": breakdown.parts[at].words if at is not None else "",
        "columns": [capfirst(found.table.row_noun), (breakdown.parts[at].words if at is not None else "", "numeric")],
        "rows": [[row.words, _figure(figures[at])] for row, figures in breakdown.lines] if at is not None else [],
    }


def _runs(found: Iterable[Fieldwork]) -> list[tuple[str, str, str]]:
    """Runnings of waves, with where each is run and how it stands."""
    return [
        (each.wave.title, reverse("surveys:running", args=[each.wave.year]), each.get_state_display()) for each in found
    ]


# One wave ----------------------------------------------------------------------------------------------------------


def wave_page(wave: Wave, tables: list[ComparedTable]) -> dict[str, Any]:
    """The context of a wave's page."""
    moved = [
        (line, found)
        for found in tables
        for line in found.printed
        if line.is_share and line.change is not None and found.table.slug != WHO_ANSWERED
    ]
    moved.sort(key=lambda pair: -(pair[0].change or 0))
    response = response_of(wave)
    year_before = next((found.year_before for found in tables if found.year_before), None)
    return {
        "wave": wave,
        "year_before": year_before,
        "key_figures": wave_figures(wave, tables, response),
        "sentence": _wave_sentence(moved, year_before),
        "changed_columns": [
            "Row", "Table", (str(year_before), "numeric"), (str(wave.year), "numeric"), ("Change, points", "numeric"),
        ],
        "rises": [_moved(*pair) for pair in moved[:MOST_CHANGED] if (pair[0].change or 0) > 0],
        "falls": [_moved(*pair) for pair in reversed(moved[-MOST_CHANGED:]) if (pair[0].change or 0) < 0],
        "all_moved": [_moved(*pair) for pair in moved],
        "tables": [(found.table.title, table_url(found), headline_of(found)) for found in tables],
        "response": [_answered(line) if wave.is_run_here else _both_bases(line) for line in response],
        "response_columns": ANSWERED if wave.is_run_here else RESPONSE,
        "other_bodies": other_bodies_in_words(wave.fieldwork.other_bodies or 0) if wave.is_run_here else "",
        "notes": list(WaveNote.objects.filter(wave=wave, table=None).values_list("words", flat=True)),
    }  # fmt: skip


def _moved(line: ComparedLine, found: ComparedTable) -> list[Any]:
    return [line.row.words, (found.table.title, table_url(found)), line.before_words, line.now_words, line.change_words]


def _wave_sentence(moved: list, year_before: int | None) -> str:
    if not moved:
        return "The first survey whose figures are held here: nothing stands before it."
    risen = sum((line.change or 0) > 0 for line, _ in moved)
    fallen = sum((line.change or 0) < 0 for line, _ in moved)
    alike = len(moved) - risen - fallen
    told = f"{risen} of {len(moved)} figures that stand in both years are higher than in {year_before}; {fallen} lower"
    return f"{told}; {alike} about the same." if alike else f"{told}."


def wave_figures(wave: Wave, tables: list[ComparedTable], response: list[ResponseLine]) -> list[KeyFigure]:
    """How many answered, the response of England, and three headlines: a first place, the largest rise and fall."""
    figures = []
    if wave.respondents:
        english = next((line for line in response if line.words == "English councils"), None)
        of = f"{english.answered} of {english.councils} English councils ({english.share.with_unit})" if english else ""
        note = of if wave.is_run_here or not of else f"{of}, as printed"
        figures.append(KeyFigure(str(wave.respondents), "people answered", note))
    first = max(
        ((found.printed[0], found) for found in tables if found.table.is_ranked and found.printed),
        key=lambda pair: pair[0].now.value or 0,
        default=None,
    )
    if first:
        line, found = first
        figures.append(KeyFigure(line.now_words, line.row.words, found.table.title, table_url(found)))
    moved = [(line, found) for found in tables if found.table.slug != WHO_ANSWERED for line in changed(found.printed)]
    if moved:
        for what, pick in (("The largest rise", max), ("The largest fall", min)):
            line, found = pick(moved, key=lambda pair: pair[0].change or 0)
            note = f"{what}: {line.before_words} in {found.year_before}, {line.now_words} in {wave.year}"
            figures.append(KeyFigure(line.change_words, f"points: {line.row.words}", note, table_url(found)))
    return figures


def _answered(line: ResponseLine) -> list[Any]:
    """A type's response in a wave run here: councils of which somebody answered."""
    return [line.words, f"{line.answered} of {line.councils}", line.share.with_unit]


def _both_bases(line: ResponseLine) -> list[Any]:
    """A type's response as printed and as named in the list; the sum for the whole country says that it is ours."""
    words = (
        noted(line.words, "our own sum: the report has no such line") if line.words == "United Kingdom" else line.words
    )
    named: Share = line.named_share
    return [
        words, f"{line.answered} of {line.councils}", line.share.with_unit, f"{line.named} of {line.councils}",
        named.with_unit,
    ]  # fmt: skip


# All waves ---------------------------------------------------------------------------------------------------------


def waves_page(found: dict[Wave, list[ComparedTable]], user: User | AnonymousUser) -> dict[str, Any]:
    """The context of the page of all waves, `found` the newest first; for who runs surveys those not published too."""
    newest = next((wave for wave in found if not wave.is_illustrative), next(iter(found), None))
    unpublished = runnings().exclude(wave__published_on__isnull=False).order_by("-wave__year")
    runs = list(unpublished) if can_run_surveys(user) else []
    return {
        "waves": [
            {
                "wave": wave,
                "url": reverse("surveys:wave", args=[wave.year]),
                "key_figures": wave_figures(wave, tables, response_of(wave) if wave is newest else []),
            }
            for wave, tables in found.items()
        ],
        "runs": _runs(each for each in runs if each.state != Fieldwork.State.VOID),
        "void": _runs(each for each in runs if each.state == Fieldwork.State.VOID),
        "made_up": next((wave.year for wave in found if newest and wave.year > newest.year), None),
        "year": newest.year if newest else None,
        "tables": [(each.table.title, table_url(each), headline_of(each)) for each in found[newest]] if newest else [],
    }
