"""A catalogue's JSON or a table as CSV, read into records as `bulk` reads them from a folder."""

import csv
import difflib
import io
import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from assets_registry.bulk import Record, UnreadableSource, catalogue_records
from assets_registry.publiccode import key_in_words
from assets_registry.publiccode.kinds import a_filled_list, a_list, code_addresses
from assets_registry.publiccode.standard import TABLE
from core.tables import Table
from core.words import counted

MOST_BYTES = 10 * 1024 * 1024
MOST_ENTRIES = 5_000
MOST_COLUMNS = 500
LIMITS = f"Up to {MOST_BYTES // 1024 // 1024} MB and {MOST_ENTRIES:,} entries, in UTF-8."
# The columns of the template: what the standard asks for, and what councils look for first.
COLUMNS = (
    "publiccodeYmlVersion",
    "name",
    "url",
    "softwareVersion",
    "releaseDate",
    "platforms",
    "developmentStatus",
    "softwareType",
    "description/en/shortDescription",
    "description/en/longDescription",
    "description/en/features",
    "legal/license",
    "maintenance/type",
    "maintenance/contacts/1/name",
    "maintenance/contractors/1/name",
    "maintenance/contractors/1/until",
    "localisation/localisationReady",
    "localisation/availableLanguages",
)
_RULES = {row.path: row for row in TABLE}
_LISTS = (a_list, a_filled_list, code_addresses)


def records_in(content: bytes, *, is_table: bool) -> list[Record]:
    """The entries of a file. Raises UnreadableSource, in words, for one that cannot be read at all."""
    if len(content) > MOST_BYTES:
        raise UnreadableSource(f"This file is too large. {LIMITS}")
    read = _rows(content) if is_table else catalogue_records(content, "This file")
    records = list(islice(read, MOST_ENTRIES + 1))
    if not records:
        raise UnreadableSource("This file has no entries.")
    if len(records) > MOST_ENTRIES:
        raise UnreadableSource(f"This file has more than {MOST_ENTRIES:,} entries. Send it in parts.")
    return records


def template() -> Table:
    """The empty table with the columns that most entries need."""
    return Table(name="assets-to-upload", title="Assets to upload: one row for each", columns=COLUMNS, rows=())


def columns_in_words() -> list[tuple[str, str, str]]:
    """Each column of the template: its key, what it means, and what may stand there."""
    found = []
    for column in COLUMNS:
        rule = _RULES[_path_of(column)]
        hint = rule.hint or ("as 2026-11-22" if column.endswith(("until", "releaseDate")) else "")
        several = "several with semicolons between them" if _is_list(column) else ""
        found.append((column, key_in_words(column).partition(" (")[0], "; ".join(filter(None, (hint, several)))))
    return found


def _rows(content: bytes) -> Iterator[Record]:
    """Each row of a table as a publiccode.yml, whose keys are the columns. Lines above the columns begin with a #."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise UnreadableSource("This is not text in UTF-8. Save the table as “CSV UTF-8”.") from problem
    head = next((line for line in io.StringIO(text) if line.strip() and not _is_remark(line)), "")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if head.count(";") > head.count(",") else ",")
    columns: list[str] = []
    before = number = 0
    try:
        for cells in reader:
            line, before = before + 1, reader.line_num
            if not any(map(str.strip, cells)) or (not columns and _is_remark(cells[0])):
                continue
            if not columns:
                columns = _checked(cells)
                continue
            number += 1
            yield Record(f"row {number}", _as_file(columns, cells), line, _fault_of(columns, cells))
    except csv.Error as problem:
        said = "has a cell that is too long for a table. Perhaps a quotation mark is not closed."
        raise UnreadableSource(f"Line {reader.line_num} of this file {said}") from problem


def _fault_of(columns: list[str], cells: list[str]) -> str:
    """Why a row is not taken: a cell stands beside its columns, so that others may stand in the wrong one."""
    if not any(map(str.strip, cells[len(columns) :])):
        return ""
    return (
        f"This row has {len(cells)} cells and the table {counted(len(columns), 'column')}. Perhaps a comma or a "
        "semicolon stands in a cell without quotation marks."
    )


def _is_remark(line: str) -> bool:
    return line.lstrip('"').startswith("#")


def _checked(cells: list[str]) -> list[str]:
    """The names of the columns, each a key of the standard."""
    columns = [cell.strip() for cell in cells]
    if len(columns) > MOST_COLUMNS:
        raise UnreadableSource(f"This table has more than {MOST_COLUMNS} columns.")
    for column in filter(None, columns):
        if _path_of(column) not in _RULES:
            near = difflib.get_close_matches(column[:60], COLUMNS, n=1)
            meant = f" Perhaps {near[0]} was meant." if near else ""
            raise UnreadableSource(f"“{column[:60]}” is no key of publiccode.yml.{meant}")
    if twice := next((column for column in columns if column and columns.count(column) > 1), ""):
        raise UnreadableSource(f"The column {twice} stands there twice.")
    if "url" not in columns:
        raise UnreadableSource("There is no column url, the address of the repository.")
    return columns


def _path_of(column: str) -> str:
    """The path of a column as the table of the standard writes it."""
    path = re.sub(r"(?<=/)\d{1,3}(?=/|$)", "-", column)
    return re.sub(r"^description/[^/]{1,40}", "description/*", path)


def _is_list(column: str) -> bool:
    return _RULES[_path_of(column)].kind in _LISTS


def _as_file(columns: list[str], cells: list[str]) -> bytes:
    """A row as JSON, which every reader of YAML reads. Empty cells say nothing."""
    data: dict[str, Any] = {}
    for column, cell in zip(columns, cells, strict=False):
        if column and (words := cell.strip()):
            value = [part for each in re.split(r"[;\n]", words) if (part := each.strip())]
            _put(data, column.split("/"), value if _is_list(column) else words)
    return json.dumps(_with_lists(data), ensure_ascii=False).encode("utf-8", "surrogatepass")


def _put(data: dict[str, Any], path: list[str], value: Any) -> None:
    *sections, last = path
    for section in sections:
        below = data.setdefault(section, {})
        if not isinstance(below, dict):
            return  # a list was given whole, and in parts
        data = below
    data.setdefault(last, value)


def _with_lists(value: Any) -> Any:
    """The same with a list for each section whose keys are numbers."""
    if not isinstance(value, dict):
        return value
    below = {key: _with_lists(entry) for key, entry in value.items()}
    if below and all(map(str.isdecimal, below)):
        return [below[key] for key in sorted(below, key=int)]
    return below
