"""Charts as server-drawn SVG, each with its title, a description and the same numbers as a table.

Places and lengths are shares of the width, so that a chart fits a phone and its letters keep their size. Colours come
from the style sheet; a number, a pattern or a shape always says the same as the colour.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil
from textwrap import wrap
from typing import Any

from django.utils.safestring import SafeString

from design_system import svg

Number = Any  # int, float, Decimal, or None where it is not known
Say = Callable[[Number], str]
NOT_KNOWN = "not known"
NOTHING = SafeString()
_ROOM, _LEAST_ROOM = 80, 20  # per cent of the width that bars and lines may take: their numbers stand behind them
_LINE, _MARKED_LINES = 16, 4  # pixels of a line of what happened, and how many there are at most
_LABEL = 32  # letters of a label on one line of a phone
_LABELS = 28  # per cent for the labels of a matrix's rows


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A drawing with its title, its description in words, and its numbers as a table."""

    name: str  # unique among the charts of the page
    title: str
    description: str = ""
    height: int = 0
    drawing: SafeString = NOTHING
    above: SafeString = NOTHING  # what stands above the drawing in its columns
    key: Sequence[tuple[SafeString, str]] = ()
    columns: Sequence[Any] = ()
    rows: Sequence[Sequence[Any]] = ()

    @property
    def is_empty(self) -> bool:
        return not self.drawing


def plainly(value: Number) -> str:
    """A number with thousands separators: 1,838."""
    return f"{value:,}"


def bars(
    name: str,
    rows: Sequence[tuple[str, Number]],
    *,
    title: str,
    of: str,
    counts: str,
    say: Say = plainly,
    outlined: Collection[str] = (),
) -> Chart:
    """A bar chart: a bar below each label, its number behind it. `of` and `counts` name the table's columns.

    Bars with an `outlined` label are drawn without filling: they stand there to show the size of the others.
    """
    most = _most(value for _, value in rows)
    longest = max((len(say(value)) for _, value in rows if value is not None), default=0)
    room = max(_LEAST_ROOM, min(_ROOM, 100 - svg.LETTER * longest))
    drawn, y = [], 0
    for label, value in rows:
        share = _share(value, most, room)
        for line in wrap(label, _LABEL, max_lines=2, placeholder="…"):
            drawn.append(svg.text(line, y=y + 15))
            y += 18
        drawn.append(svg.rect(0, y + 4, share, 16, f"lda-chart__{'outline' if label in outlined else 'fill'}"))
        drawn.append(svg.text(_said(value, say), x=share, y=y + 17, dx=6, kind="lda-chart__number", most=20))
        y += 26
    return _single(name, rows, drawn, title=title, of=of, counts=counts, say=say, height=y)


def columns(
    name: str, rows: Sequence[tuple[str, Number]], *, title: str, of: str, counts: str, say: Say = plainly
) -> Chart:
    """A column chart, for a few short labels in an order of their own, such as months."""
    most, slot, drawn = _most(value for _, value in rows), 100 / max(1, len(rows)), []
    # On a phone only the last of many numbers has the room.
    kind = "lda-chart__number" + (" lda-chart__wide" if len(rows) > svg.FEW else "")
    for place, (label, value) in enumerate(rows):
        tall, middle = 2 * _share(value, most, room=100), slot * (place + 0.5)
        drawn.append(svg.rect(slot * (place + 0.065), 24 + 200 - tall, slot * 0.87, tall, "lda-chart__fill"))
        drawn.append(svg.text(_said(value, say), x=middle, y=24 + 194 - tall, anchor="middle", kind=kind))
        drawn.append(svg.text(label, x=middle, y=244, anchor="middle", kind="lda-chart__small", most=12))
    if len(rows) > svg.FEW:
        last = _said(rows[-1][1], say)
        drawn.append(svg.text(last, x=100, y=218 - tall, anchor="end", kind="lda-chart__number lda-chart__narrow"))
    drawn.append(svg.rule(224))
    return _single(name, rows, drawn, title=title, of=of, counts=counts, say=say, height=252)


def stacked_bars(
    name: str,
    series: Sequence[str],
    rows: Sequence[tuple[str, Sequence[Number]]],
    *,
    title: str,
    of: str,
    say: Say = plainly,
) -> Chart:
    """A stacked bar chart: each part has the pattern of its series and, where there is room, its number.

    A bar of which a part is not known shows the others; how much they are together is not known either.
    """
    parts = [value for _, values in rows for value in values]
    _most(parts)  # refuses a part below 0
    totals = [None if None in values else sum(values) for _, values in rows]
    most = max((sum(value or 0 for value in values) for _, values in rows), default=0)
    drawn = [svg.patterns(name)]
    for place, ((label, values), total) in enumerate(zip(rows, totals, strict=True)):
        y, x = 48 * place, 0.0
        drawn.append(svg.text(label, y=y + 15))
        for number, value in enumerate(values):
            wide = _share(value, most)
            drawn.append(svg.part(name, number, x, y + 22, wide, 20))
            said = _said(value, say)
            if wide > 2 + 3 * len(said):  # so much of a phone do letters need
                kind = f"lda-chart__on lda-chart__on--{number % svg.PATTERNS}"
                drawn.append(svg.text(said, x=x + wide / 2, y=y + 37, anchor="middle", kind=kind))
            x += wide
        drawn.append(svg.text(_said(total, say), x=x, y=y + 37, dx=6, kind="lda-chart__number"))
    return Chart(
        name=name,
        title=title,
        description=_extremes([(label, total) for (label, _), total in zip(rows, totals, strict=True)], say),
        height=48 * len(rows),
        drawing=_drawing(drawn, parts),
        key=[(svg.swatch(name, number), each) for number, each in enumerate(series)],
        columns=[of, *((each, "numeric") for each in series), ("Together", "numeric")],
        rows=[
            [label, *(_said(value, say) for value in values), _said(total, say)]
            for (label, values), total in zip(rows, totals, strict=True)
        ],
    )


def lines(
    name: str,
    labels: Sequence[str],
    series: Sequence[tuple[str, Sequence[Number]]],
    *,
    title: str,
    of: str,
    say: Say = plainly,
    happened: Sequence[str] = (),
) -> Chart:
    """A line chart: each series has its own dash and mark, its last number at its end, a gap where none is known.

    `happened` has words for each label, empty for most: an upright line in the drawing, and a column of the table.
    """
    known = [value for _, values in series for value in values if value is not None]
    if not known:
        return Chart(name=name, title=title)
    least, most = min(0, *known), max(0, *known)
    span = most - least or 1
    xs = [2 + (_ROOM - 4) * place / max(1, len(labels) - 1) for place in range(len(labels))]
    marked = [(x, words) for x, words in zip(xs, happened, strict=False) if words]
    top = 24 + _LINE * min(_MARKED_LINES, len(marked))  # what happened stands above the lines, so that it hides none
    bottom, ends = top + 180, []
    drawn = [svg.rule(top, to=_ROOM, kind="lda-chart__grid"), svg.rule(bottom, to=_ROOM)]
    drawn += [
        svg.text(say(most), y=top - 6, kind="lda-chart__small"),
        svg.text(say(least), y=bottom - 6, kind="lda-chart__small"),
    ]
    drawn += _along(labels, xs, bottom + 20)
    for place, (x, words) in enumerate(marked):
        y, is_late = 12 + _LINE * (place % _MARKED_LINES), x > _ROOM / 2
        drawn.append(svg.upright(x, y - 10, bottom))
        drawn.append(
            svg.text(
                words, x=x, y=y, dx=-4 if is_late else 4, anchor="end" if is_late else "start", kind="lda-chart__small"
            )
        )
    for number, (_, values) in enumerate(series):
        places = [
            None if value is None else (x, bottom - 180 * float(value - least) / float(span))
            for x, value in zip(xs, values, strict=True)
        ]
        points = [place for place in places if place]
        drawn += [svg.line(start, end, number) for start, end in pairwise(places) if start and end]
        drawn += [svg.mark(x, y, number) for x, y in points]
        if points:
            ends.append((*points[-1], say([value for value in values if value is not None][-1])))
    drawn += [svg.text(said, x=x, y=y, dx=10, kind="lda-chart__number") for x, y, said in _apart(ends)]
    last = "; ".join(f"{each}: {_said(values[-1], say)}" for each, values in series if values)
    return Chart(
        name=name,
        title=title,
        description=f"From {labels[0]} to {labels[-1]}. At the end {last}.",
        height=bottom + 28,
        drawing=svg.joined(drawn),
        key=[(svg.line_sample(number), each) for number, (each, _) in enumerate(series)] if len(series) > 1 else (),
        columns=[of, *((each, "numeric") for each, _ in series), *(["What happened"] if happened else [])],
        rows=[
            [label, *(_said(values[place], say) for _, values in series), *happened[place : place + 1]]
            for place, label in enumerate(labels)
        ],
    )


def dot_strip(
    name: str,
    rows: Sequence[tuple[str, Sequence[tuple[str, Number]]]],
    *,
    title: str,
    of: str,
    who: str,
    counts: str,
    marked: str = "",
    say: Say = plainly,
    scale: tuple[Number, Number] | None = None,
    middle: tuple[str, Number] | None = None,
) -> Chart:
    """A dot strip for each label, with a dot for each name and number; `marked` is the name shown as a diamond.

    All strips have the `scale`; without one it goes from the least number to the most. `middle` is an upright line
    through them with its words and number below.
    """
    known = [value for _, points in rows for _, value in points if value is not None]
    known += [middle[1]] if middle else []
    if not known:
        return Chart(name=name, title=title)
    least, most = scale or (min(known), max(known))
    drawn, y, top = [], 0, 0
    for label, points in rows:
        placed, layers = _placed(points, least, most)
        drawn.append(svg.text(label, y=y + 15))
        words_at = y + (33 if any(each == marked for each, *_ in placed) else 15)
        top = top or words_at + 9
        y = words_at + 29 + 9 * layers  # so that the highest mark stands below the words
        drawn.append(svg.rule(y - 6))
        for each, value, x, layer in placed:
            if each == marked:
                drawn.append(svg.beside(f"◆ {each}: {say(value)}", x, words_at))
                drawn.append(svg.mark(x, y - 12 - 9 * layer, 2, "lda-chart__marked"))
            else:
                drawn.append(svg.mark(x, y - 12 - 9 * layer, 0))
    drawn.append(svg.text(say(least), y=y + 12, kind="lda-chart__small"))
    drawn.append(svg.text(say(most), x=100, y=y + 12, anchor="end", kind="lda-chart__small"))
    if middle:
        x = 2 + 96 * float(middle[1] - least) / float(most - least or 1)
        drawn.append(svg.upright(x, top, y, "lda-chart__rule"))
        words = f"{middle[0]}: {say(middle[1])}"
        y += 20
        drawn.append(svg.beside(f"| {words}", x, y + 12))
    of_all = [(each, value) for _, points in rows for each, value in points]
    return Chart(
        name=name,
        title=title,
        description=_extremes(of_all, say),
        height=y + 20,
        drawing=svg.joined(drawn),
        columns=[of, who, (counts, "numeric")],
        rows=[[label, each, _said(value, say)] for label, points in rows for each, value in points],
    )


def matrix(
    name: str,
    heads: Sequence[str],
    rows: Sequence[tuple[str, Sequence[Number]]],
    *,
    title: str,
    of: str,
    say: Say = plainly,
) -> Chart:
    """A matrix, such as regions by kinds: each cell has its number, and is darker the higher that is."""
    most = _most(value for _, values in rows for value in values)
    slot, drawn = (100 - _LABELS) / max(1, len(heads)), []
    for place, (label, values) in enumerate(rows):
        y = 34 * place
        drawn.append(svg.wrapped(label, x=0, y=y + 21, width=15))
        for number, value in enumerate(values):
            depth = 0 if not value or not most else 1 + min(3, int(4 * float(value) / float(most)))
            drawn.append(
                svg.rect(_LABELS + slot * number, y + 1, slot, 32, f"lda-chart__cell lda-chart__cell--{depth}")
            )
            kind = f"lda-chart__in-cell lda-chart__in-cell--{depth}"
            said = "–" if value is None else say(value)
            drawn.append(svg.text(said, x=_LABELS + slot * (number + 0.5), y=y + 22, anchor="middle", kind=kind))
    flat = [(f"{head}, {label}", value) for label, values in rows for head, value in zip(heads, values, strict=True)]
    return Chart(
        name=name,
        title=title,
        description=_extremes(flat, say),
        height=34 * len(rows),
        drawing=_drawing(drawn, [value for _, values in rows for value in values]),
        above=svg.heads(heads, slot, begin=_LABELS),
        columns=[of, *((head, "numeric") for head in heads)],
        rows=[[label, *(_said(value, say) for value in values)] for label, values in rows],
    )


# What they share ------------------------------------------------------------------------------------------


def _single(
    name: str,
    rows: Sequence[tuple[str, Number]],
    drawn: list[SafeString],
    *,
    title: str,
    of: str,
    counts: str,
    say: Say,
    height: int,
) -> Chart:
    """A chart of one number for each label."""
    return Chart(
        name=name,
        title=title,
        description=_extremes(rows, say),
        height=height,
        drawing=_drawing(drawn, [value for _, value in rows]),
        columns=[of, (counts, "numeric")],
        rows=[[label, _said(value, say)] for label, value in rows],
    )


def _drawing(drawn: list[SafeString], values: Iterable[Number]) -> SafeString:
    """The drawing; nothing where no number is known."""
    return svg.joined(drawn) if any(value is not None for value in values) else NOTHING


def _extremes(rows: Sequence[tuple[str, Number]], say: Say) -> str:
    """The highest and the lowest number in words, for the description."""
    known = [row for row in rows if row[1] is not None]
    if not known:
        return ""
    high, low = max(known, key=lambda row: row[1]), min(known, key=lambda row: row[1])
    lowest = "" if high[1] == low[1] else f" Lowest: {low[0]}, {say(low[1])}."
    return f"Highest: {high[0]}, {say(high[1])}.{lowest}"


def _most(values: Iterable[Number]) -> Number:
    known = [value for value in values if value is not None]
    if any(value < 0 for value in known):
        raise ValueError("A bar begins at 0: negative numbers need a line chart.")
    return max(known, default=0)


def _share(value: Number, most: Number, room: float = _ROOM) -> float:
    return room * float(value) / float(most) if value and most else 0.0


def _said(value: Number, say: Say) -> str:
    return NOT_KNOWN if value is None else say(value)


def _placed(points: Sequence[tuple[str, Number]], least: Number, most: Number) -> tuple[list[tuple], int]:
    """Each dot with its position, nearly equal ones stacked; and the height of the highest stack."""
    here: Counter[int] = Counter()
    placed = []
    for each, value in points:
        if value is not None:
            x = 2 + 96 * float(value - least) / float(most - least or 1)
            placed.append((each, value, x, here[round(x / 3)]))
            here[round(x / 3)] += 1
    return placed, max(0, *here.values(), 1) - 1


def _along(labels: Sequence[str], xs: Sequence[float], y: float) -> list[SafeString]:
    """The labels below a line chart, fewer of long ones; on a phone the first, a middle one and the last."""
    last = len(labels) - 1
    step = ceil(len(labels) / (12 if max(map(len, labels), default=0) <= 4 else 8))
    shown = [place for place in range(0, last, step) if place == 0 or last - place >= step] + [last]
    always = {0, shown[len(shown) // 2], last}
    drawn = []
    for place in shown:
        kind = "lda-chart__small" + ("" if place in always else " lda-chart__wide")
        # The first begins at the edge, since half of it would stand outside.
        x, anchor = (xs[place], "middle") if place else (0, "start")
        drawn.append(svg.text(labels[place], x=x, y=y, anchor=anchor, most=12, kind=kind))
    return drawn


def _apart(ends: list[tuple[float, float, str]]) -> list[tuple[float, float, str]]:
    """The words at the ends of lines, moved apart so that none overlap."""
    moved: list[tuple[float, float, str]] = []
    for x, y, said in sorted(ends, key=lambda end: end[1]):
        moved.append((x, max(y + 5, moved[-1][1] + 16) if moved else y + 5, said))
    return moved
