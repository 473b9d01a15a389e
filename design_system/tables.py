"""HTML of a table's rows without templates, since a page has hundreds of cells.

Every element has its role, since browsers drop table semantics once the style sheet draws rows as cards; a cell
carries the words of its column, which are printed beside it there.
"""

import re
from collections.abc import Sequence
from typing import Any

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from design_system.lines import link, words

NUMERIC = "numeric"
# On a phone a table of many columns begins with so many of its rows.
SHOWN_FIRST = 6
MANY_COLUMNS = 4
_HYPHENATED = re.compile(r"\b\w{1,8}-\w{1,8}\b")


def heads_of(columns: Sequence[Any]) -> list[tuple[str, bool]]:
    """Each column's words, and whether it is numeric; a column is words or `(words, "numeric")`."""
    given = (column if isinstance(column, tuple | list) else (column, "") for column in columns)
    return [(str(text), kind == NUMERIC) for text, kind in given]


def head(heads: list[tuple[str, bool]]) -> SafeString:
    """The row of column names."""
    cells = "".join(
        f'<th scope="col" role="columnheader" class="{_class("header", is_numeric)}">{_unbroken(text)}</th>'
        for text, is_numeric in heads
    )
    return mark_safe(f'<tr role="row" class="govuk-table__row">{cells}</tr>')  # noqa: S308 - names are escaped


def _unbroken(text: str) -> str:
    """The words of a column, of which a short one with a hyphen, as take-up, stays on one line."""
    escaped = conditional_escape(text)
    return escaped if "<" in escaped else _HYPHENATED.sub(r'<span class="lda-table__whole">\g<0></span>', escaped)


def body(heads: list[tuple[str, bool]], rows: Sequence[Sequence[Any]]) -> SafeString:
    """The body rows; the first cell is the row's header, the others carry their column's words."""
    return mark_safe("\n".join(_row(heads, row) for row in rows))  # noqa: S308 - every cell is escaped


def rows_to_unfold(heads: list[tuple[str, bool]], rows: Sequence[Any]) -> int:
    """How many rows are folded behind a button on a phone: 0 where cards are short, and never 1."""
    others = len(rows) - SHOWN_FIRST
    return others if len(heads) >= MANY_COLUMNS and others > 1 else 0


def _row(heads: list[tuple[str, bool]], row: Sequence[Any]) -> str:
    cells = []
    for number, (cell, (column, is_numeric)) in enumerate(zip(row, heads, strict=True)):
        # A name needs no words of its column, a number that heads its row does.
        label = f' data-label="{conditional_escape(column)}"' if number or is_numeric else ""
        if number:
            cells.append(f'<td role="cell" class="{_class("cell", is_numeric)}"{label}>{_content(cell)}</td>')
        else:
            kind = _class("header", is_numeric)
            cells.append(f'<th scope="row" role="rowheader" class="{kind}"{label}>{_content(cell)}</th>')
    return f'<tr role="row" class="govuk-table__row">{"".join(cells)}</tr>'


def _class(part: str, is_numeric: bool) -> str:
    whole = f"govuk-table__{part}"
    return f"{whole} {whole}--numeric" if is_numeric else whole


def _content(cell: Any) -> SafeString:
    """The content of a cell, given as a value or `(value, address)`."""
    value, url = cell if isinstance(cell, tuple | list) else (cell, "")
    return link(value, url) if url else words(value)
