"""What a section of a pack is made of: rows of cells, as they are frozen and shown."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from core.origin import made_up

PackState = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class PackCell:
    """A cell: its words, a note below them, an address, and which section of the pack it is about."""

    text: str
    note: str = ""
    url: str = ""
    strong: bool = False
    goes_to: str = ""


@dataclass(frozen=True)
class PackRow:
    """A row of a section; `made_up` says whether its record is, `sha256` is that of the document it names."""

    cells: tuple[PackCell, ...]
    made_up: str = ""
    sha256: str = ""


@dataclass(frozen=True)
class PackPart:
    """A second table of a section, under its own heading."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[PackRow, ...]


@dataclass(frozen=True)
class PackSection:
    """A section: `name` is its anchor, `note` a sentence about its rows, `summary` what the agenda says of it.

    `shape` is "table", or "figures" for large numbers: rows of the number, its label and its base. A section without
    rows shows `empty`.
    """

    name: str
    title: str
    columns: tuple[str, ...] = ()
    rows: tuple[PackRow, ...] = ()
    note: str = ""
    empty: str = ""
    lede: str = ""
    summary: str = ""
    shape: str = "table"
    parts: tuple[PackPart, ...] = ()


@dataclass(frozen=True)
class Since:
    """What a pack is compared with: the day and the state of the last one.

    Without an earlier pack it is the day of the last meeting, and the state is None.
    """

    day: dt.date | None = None
    state: PackState | None = None
    words: str = ""
    missed: tuple[int, ...] | None = None  # the keys of the missed promises that the last pack knew
    found: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)  # what one section read for others


@dataclass
class PackRows:
    """PackRows as they are gathered."""

    rows: list[PackRow] = field(default_factory=list)

    def add(self, *cells: PackCell | str, of: Any = None, sha256: str = "") -> None:
        """Add a row made from the record `of`."""
        said = tuple(cell if isinstance(cell, PackCell) else PackCell(cell) for cell in cells)
        self.rows.append(PackRow(said, made_up(of), sha256))


def rows_of(pairs: Sequence[Sequence[str]]) -> tuple[PackRow, ...]:
    """PackRows of plain words; the first cell of each heads its row."""
    return tuple(PackRow(tuple(PackCell(str(words)) for words in pair)) for pair in pairs)


def frozen(section: PackSection) -> dict[str, Any]:
    """The section as JSON: what is empty is left out, and what all its rows have in common is said once."""
    shared = {row.made_up for row in section.rows}
    once = shared.pop() if len(shared) == 1 else ""
    note = section.note if section.rows or not section.empty else section.empty
    said = {
        "name": section.name,
        "title": section.title,
        "shape": section.shape,
        "lede": section.lede,
        "columns": list(section.columns),
        "rows": [_row(row, once) for row in section.rows],
        "note": " ".join(filter(None, (note, f"{once.capitalize()}." if once else ""))),
        "parts": [
            {"title": part.title, "columns": list(part.columns), "rows": [_row(row, "") for row in part.rows]}
            for part in section.parts
        ],
    }
    return {name: value for name, value in said.items() if value}


def _row(row: PackRow, once: str) -> dict[str, Any]:
    cells = [{name: value for name, value in vars(cell).items() if value or name == "text"} for cell in row.cells]
    said = {"cells": cells, "made_up": "" if once else row.made_up, "sha256": row.sha256}
    return {name: value for name, value in said.items() if value}
