"""A release as the lines of its file: every figure that is printed, and nothing else. Pages print the same."""

from collections.abc import Iterator

from surveys.disclosure.values import SEPARATOR, TOTAL, FrozenRelease, PrintedColumn

RESPONSE = "response"
HEADINGS = ("margin", "breakdown", "part", "groups", "choices", "percent", "count", "base", "mean", "state", "reason")
PrintedLine = dict[str, str]


def lines(release: FrozenRelease) -> list[PrintedLine]:
    """The responses by group, then a line for each cell; a mean has one line of its own."""
    return [*_responses(release), *(line for column in release.columns for line in _cells(column))]


def _responses(release: FrozenRelease) -> Iterator[PrintedLine]:
    for breakdown, groups in release.response.items():
        for group, responded in groups.items():
            yield _line(margin=RESPONSE, breakdown=breakdown, part=group, groups=group, base=str(responded))
    for (breakdown, group), why in release.why_no_column.items():
        yield _line(margin=RESPONSE, breakdown=breakdown, part=group, groups=group, reason=why)


def _cells(column: PrintedColumn) -> Iterator[PrintedLine]:
    place = {
        "margin": column.margin,
        "breakdown": column.breakdown,
        "part": column.part,
        "groups": TOTAL if column.breakdown == TOTAL else SEPARATOR.join(column.groups),
        "base": _number(column.base),
        "reason": column.reason,
    }
    if not column.cells:
        yield _line(**place, mean=_number(column.mean), state=column.state)
    for cell in column.cells:
        choices = SEPARATOR.join(cell.category.choices)
        figures = {"percent": _number(cell.percent), "count": _number(cell.count)}
        yield _line(**place, **figures, choices=choices, state=cell.state)


def _line(**filled: str) -> PrintedLine:
    return dict.fromkeys(HEADINGS, "") | filled


def _number(number: int | None) -> str:
    return "" if number is None else str(number)
