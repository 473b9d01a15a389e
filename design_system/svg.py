"""SVG elements of charts. Horizontal lengths are per cent of the width, vertical ones pixels."""

from collections.abc import Iterable, Sequence
from textwrap import wrap

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

LETTER = 3.4  # per cent of a phone's width for a letter of a number
FEW = 6  # labels side by side that there is room for
PATTERNS = 6  # different fillings; a seventh series begins again
_SHAPES = ("M-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0 -9 0z", "M-4-4h8v8h-8z", "M0-7l7 7-7 7-7-7z", "M0-6l6 10h-12z")
# What is drawn over the colour of a series: stripes, dots, a grid. The first has its colour alone.
_OVER = (
    "",
    "M-2 2l4-4M0 8l8-8M6 10l4-4",
    "M2 2h1.6v1.6h-1.6zM6 6h1.6v1.6h-1.6z",
    "M0 2h8",
    "M-2 6l4 4M0 0l8 8M6-2l4 4",
    "M2 0v8M0 2h8",
)


def _across(place: float) -> str:
    return f"{place:.2f}%"


def _down(place: float) -> str:
    return f"{place:.1f}"


def joined(parts: Iterable[SafeString]) -> SafeString:
    """Join elements into one string."""
    return mark_safe("".join(parts))  # noqa: S308 - each is made below, by format_html


def text(
    words: str, *, x: float = 0, y: float, dx: int = 0, anchor: str = "start", kind: str = "", most: int = 44
) -> SafeString:
    """Text on one line, cut where it is too long for a phone; the table has it in full."""
    cut = words if len(words) <= most else words[: most - 1].rstrip() + "…"
    return format_html(
        '<text x="{}" y="{}" dx="{}" text-anchor="{}" class="{}">{}</text>', _across(x), _down(y), dx, anchor, kind, cut
    )


def beside(words: str, x: float, y: float) -> SafeString:
    """A number's words that begin or end at its mark, wherever a phone has room for them; else at the nearer edge."""
    cut = words if len(words) <= 24 else f"{words[:23].rstrip()}…"
    wide = LETTER * len(cut)
    at, anchor = (0.0, "start") if x < 50 else (100.0, "end")
    if x + wide <= 100:
        at, anchor = x, "start"
    elif x >= wide:
        at, anchor = x, "end"
    return text(cut, x=at, y=y, anchor=anchor, kind="lda-chart__number")


def wrapped(words: str, *, x: float, y: float, width: int, most_lines: int = 2, anchor: str = "start") -> SafeString:
    """Text on up to `most_lines` lines of `width` letters, centred on `y`."""
    lines = wrap(words, width, max_lines=most_lines, placeholder="…") or [""]
    first = y - 7 * (len(lines) - 1)
    return joined(
        text(line, x=x, y=first + 14 * place, anchor=anchor, kind="lda-chart__small", most=width)
        for place, line in enumerate(lines)
    )


def rect(x: float, y: float, width: float, height: float, kind: str, fill: str = "") -> SafeString:
    filled = format_html(' fill="{}"', fill) if fill else ""
    return format_html(
        '<rect x="{}" y="{}" width="{}" height="{}" class="{}"{}/>',
        _across(x), _down(y), _across(width), _down(height), kind, filled,
    )  # fmt: skip


def rule(y: float, *, to: float = 100, kind: str = "lda-chart__rule") -> SafeString:
    """A horizontal line from the left edge."""
    return format_html('<line x1="0" x2="{0}" y1="{1}" y2="{1}" class="{2}"/>', _across(to), _down(y), kind)


def upright(x: float, top: float, bottom: float, kind: str = "lda-chart__grid") -> SafeString:
    """A vertical line."""
    return format_html(
        '<line x1="{0}" x2="{0}" y1="{1}" y2="{2}" class="{3}"/>', _across(x), _down(top), _down(bottom), kind
    )


def between(start: float, end: float, y: float, kind: str) -> SafeString:
    """A horizontal line from one place to another."""
    return format_html(
        '<line x1="{0}" x2="{1}" y1="{2}" y2="{2}" class="{3}"/>', _across(start), _across(end), _down(y), kind
    )


def circle(x: float, y: float, radius: int, kind: str) -> SafeString:
    """A circle, such as a dot or a ring on a scale."""
    return format_html('<circle cx="{}" cy="{}" r="{}" class="{}"/>', _across(x), _down(y), radius, kind)


def line(start: tuple[float, float], end: tuple[float, float], number: int) -> SafeString:
    """A segment of a series' line, with the dash of that series."""
    return format_html(
        '<line x1="{}" y1="{}" x2="{}" y2="{}" class="lda-chart__line lda-chart__line--{}"/>',
        _across(start[0]),
        _down(start[1]),
        _across(end[0]),
        _down(end[1]),
        number % len(_SHAPES),
    )


def mark(x: float, y: float, number: int, kind: str = "lda-chart__mark") -> SafeString:
    """A point of a series, with the shape of that series."""
    return format_html(
        '<svg x="{}" y="{}" overflow="visible"><path d="{}" class="{}"/></svg>',
        _across(x), _down(y), _SHAPES[number % len(_SHAPES)], kind,
    )  # fmt: skip


def patterns(name: str) -> SafeString:
    """The fill patterns of a stacked bar chart; `name` keeps their ids unique on the page."""
    return joined(
        format_html(
            '<pattern id="{}-over-{}" width="8" height="8" patternUnits="userSpaceOnUse">'
            '<path d="{}" class="lda-chart__over lda-chart__over--{}"/></pattern>',
            name, number, drawn, number,
        )
        for number, drawn in enumerate(_OVER)
    )  # fmt: skip


def part(name: str, number: int, x: float, y: float, width: float, height: float) -> SafeString:
    """A part of a stacked bar, in the colour and pattern of its series."""
    pattern = number % PATTERNS
    colour = rect(x, y, width, height, f"lda-chart__part lda-chart__part--{pattern}")
    return joined([colour, rect(x, y, width, height, "lda-chart__pattern", f"url(#{name}-over-{pattern})")])


def swatch(name: str, number: int) -> SafeString:
    """A sample of a series' fill, for the key."""
    return _sample(joined([part(name, number, 0, 0, 100, 16)]))


def line_sample(number: int) -> SafeString:
    """A sample of a series' line, for the key."""
    return _sample(joined([line((0, 8), (100, 8), number), mark(50, 8, number)]))


def _sample(drawn: SafeString) -> SafeString:
    return format_html('<svg class="lda-chart__sample" aria-hidden="true" focusable="false">{}</svg>', drawn)


def heads(words: Sequence[str], slot: float, *, begin: float) -> SafeString:
    """The column names of a matrix: vertical on a phone or where there are many, else horizontal."""
    upright = joined(
        format_html(
            '<svg x="{}" y="128" overflow="visible"><g transform="rotate(-90)">{}</g></svg>',
            _across(begin + slot * (place + 0.5)),
            text(each, y=4, kind="lda-chart__small", most=20),
        )
        for place, each in enumerate(words)
    )
    kind = "lda-chart lda-chart__heads" + (" lda-chart__narrow" if len(words) <= FEW else "")
    drawn = [_frame(upright, kind, 132)]
    if len(words) <= FEW:
        lying = joined(
            wrapped(each, x=begin + slot * (place + 0.5), y=20, width=14, anchor="middle")
            for place, each in enumerate(words)
        )
        drawn.append(_frame(lying, "lda-chart lda-chart__heads lda-chart__wide", 40))
    return joined(drawn)


def _frame(drawn: SafeString, kind: str, height: int) -> SafeString:
    return format_html(
        '<svg class="{}" width="100%" height="{}" aria-hidden="true" focusable="false">{}</svg>', kind, height, drawn
    )
