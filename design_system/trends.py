"""A trend: a small line chart of one number over a few moments, to stand below the number itself."""

from collections.abc import Sequence
from itertools import pairwise

from design_system import svg
from design_system.charts import Chart, Number, Say, plainly

_TOP, _BOTTOM = 22, 74  # pixels: the highest number, and 0
_END = 74  # per cent of the width at which the line ends: the last number stands behind it


def trend(
    name: str,
    points: Sequence[tuple[str, Number]],
    *,
    title: str,
    of: str,
    counts: str,
    say: Say = plainly,
) -> Chart:
    """A line from the first of the points to the last, drawn from 0, with a gap where a number is not known.

    The first number stands above its mark and the last, whose mark is filled, behind it. All are said in words.
    """
    known = [place for place, (_, value) in enumerate(points) if value is not None]
    if len(known) < 2:
        return Chart(name=name, title=title)
    most = max(points[place][1] for place in known) or 1
    places = [
        None
        if value is None
        else (2 + (_END - 2) * place / (len(points) - 1), _BOTTOM - (_BOTTOM - _TOP) * float(value) / float(most))
        for place, (_, value) in enumerate(points)
    ]
    drawn = [svg.rule(_BOTTOM, kind="lda-chart__grid")]
    drawn += [svg.line(start, end, 0) for start, end in pairwise(places) if start and end]
    drawn += [svg.mark(*place, 0) for place in places if place]
    (first, before), (last, now) = (points[known[0]], points[known[-1]])
    (x, y), (end, end_y) = places[known[0]], places[known[-1]]  # type: ignore[misc]  # both are known
    drawn.append(svg.text(say(before), x=max(0, x - 2), y=y - 9, kind="lda-chart__small"))
    drawn.append(svg.circle(end, end_y, 6, "lda-chart__fill"))
    drawn.append(svg.text(say(now), x=end, y=end_y + 5, dx=10, kind="lda-chart__number"))
    said = [f"{label}: {'not known' if value is None else say(value)}" for label, value in points]
    return Chart(
        name=name,
        title=title,
        description=f"From {first}, {say(before)}, to {last}, {say(now)}. {'; '.join(said)}.",
        height=_BOTTOM + 4,
        drawing=svg.joined(drawn),
        columns=[of, (counts, "numeric")],
        rows=[[label, "not known" if value is None else say(value)] for label, value in points],
    )
