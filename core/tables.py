"""Tables as files: CSV, JSON or a spreadsheet (XLSX), with a head that says what it is, and no cell that is a formula.

Rows are read and written in chunks. What fits in one is sent whole, so that it may be cached; more is streamed.
"""

import csv
import datetime as dt
import io
import json
import re
import unicodedata
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Any

from asgiref.sync import sync_to_async
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from core import clock
from core.filters import not_understood
from core.origin import made_up
from core.text import clean_line

PERSONAL = "Personal data: not to be passed on or published. No licence is given."
LICENCE = "Open Government Licence v3.0"
MADE_UP = "Illustrative"  # the one column that says so, in every file
CHUNK = 1000  # rows


@dataclass(frozen=True, kw_only=True)
class Table:
    """Rows with the names of their columns, and what their file says above them."""

    name: str  # of the file
    title: str
    columns: Sequence[str]
    rows: Iterable[Sequence[object]]
    filters: str = "none"
    is_personal: bool = False  # its rows name people, for those alone who may read the page

    @property
    def head(self) -> list[str]:
        """The lines above the columns: title, filters, moment, licence."""
        moment = f"As at: {clock.now().astimezone(clock.LONDON):%Y-%m-%d %H:%M %Z}"
        return [self.title, f"Filters: {self.filters}", moment, PERSONAL if self.is_personal else f"Licence: {LICENCE}"]


def wants_table(request: HttpRequest) -> bool:
    """Whether the request asks for a file, by a `format` that exists."""
    return request.GET.get("format") in _FORMATS


def format_not_understood(query: Mapping[str, str]) -> list[str]:
    """The `format` of an address, in words, where there is no such format."""
    form = query.get("format", "")
    return [not_understood("format", form)] if clean_line(form) and form not in _FORMATS else []


def table_response(request: HttpRequest, table: Table, *, form: str = "") -> HttpResponseBase:
    """`table` as the download that the request asks for, or in the format named `form`."""
    name = form or request.GET["format"]
    written = _FORMATS[name]
    parts = written.parts(table)
    start = list(islice(parts, 2))
    headers = {"Content-Disposition": f'attachment; filename="{table.name}.{name}"'}
    if len(start) == 1:
        return HttpResponse(start[0], content_type=written.content_type, headers=headers)
    return _Streamed(_resumed(start, parts), content_type=written.content_type, headers=headers)


def chunks_of(rows: QuerySet) -> Iterator[list[Any]]:
    """All of `rows` in chunks, each with its prefetches."""
    read = rows.iterator(chunk_size=CHUNK)
    while chunk := list(islice(read, CHUNK)):
        yield chunk


def made_up_cell(*records: Any) -> str:
    """The cell of the column `MADE_UP` for a row made from `records`: yes, in part, no."""
    said = {made_up(record) for record in records}
    if not said - {""}:
        return "no"
    return "yes" if said == {"illustrative"} else "in part"


_SIGNS = frozenset("=+-@＝＋－＠；;|%")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_FILLERS = "\u115f\u1160\u2800\u3164\uffa0"  # letters and a symbol that are drawn as nothing


def is_formula(text: str) -> bool:
    """Whether a spreadsheet could read a text as a formula. Plain numbers below 0 are none."""
    first = next((letter for letter in text if not _is_unseen(letter)), "")
    return first in _SIGNS and not _NUMBER.fullmatch(text)


def _is_unseen(letter: str) -> bool:
    """Whether nothing is seen of a character that begins a text: a control, a format, a space, a mark, a filler."""
    category = unicodedata.category(letter)
    return category[0] in "CZ" or category == "Mn" or letter in _FILLERS


def csv_cell(value: object) -> str:
    """A cell as text that no spreadsheet reads as a formula."""
    if isinstance(value, dt.datetime):
        value = value.astimezone(clock.LONDON).isoformat(timespec="seconds")
    text = "" if value is None else str(value).replace("\0", "")
    return f"'{text}" if is_formula(text) else text


def _csv(table: Table) -> Iterator[bytes]:
    """The CSV in parts, one for each chunk of rows; the lines of its head begin with `#`."""
    page = io.StringIO()
    writer = csv.writer(page)
    page.write("\ufeff")
    writer.writerows([f"# {line}"] for line in table.head)
    writer.writerow(map(csv_cell, table.columns))
    rows = iter(table.rows)
    while True:
        chunk = [[csv_cell(value) for value in row] for row in islice(rows, CHUNK)]
        writer.writerows(chunk)
        if page.tell():
            yield page.getvalue().encode()
        if len(chunk) < CHUNK:
            return
        page.seek(0)
        page.truncate()


def written_as_csv(table: Table) -> bytes:
    """A short table as the CSV that it would be downloaded as, to go into another file."""
    return b"".join(_csv(table))


def _json(table: Table) -> Iterator[bytes]:
    """The rows as JSON objects by the names of the columns, below what the head says; a part for each chunk."""
    text, between = json.dumps({"about": table.head}, ensure_ascii=False)[:-1] + ', "rows": [\n', ""
    rows = iter(table.rows)
    while True:
        chunk = [dict(zip(table.columns, map(_plain_value, row), strict=True)) for row in islice(rows, CHUNK)]
        is_last = len(chunk) < CHUNK
        text += between * bool(chunk) + ",\n".join(json.dumps(each, ensure_ascii=False) for each in chunk)
        yield (text + "\n]}\n" * is_last).encode()
        if is_last:
            return
        text, between = "", ",\n"


def _plain_value(value: object) -> object:
    """A value as JSON has it: numbers and yes or no as they are, an empty cell as null, all else as text."""
    if value is None or value == "":
        return None
    if isinstance(value, Decimal):
        return float(value)
    return value if isinstance(value, bool | int | float) else str(value)


def _xlsx(table: Table) -> Iterator[bytes]:
    from core import spreadsheets  # a third of a second, which neither a start nor any other page need wait

    return spreadsheets.parts_of(table)


@dataclass(frozen=True)
class _Format:
    content_type: str
    parts: Callable[[Table], Iterator[bytes]]


_FORMATS = {
    "csv": _Format("text/csv; charset=utf-8", _csv),
    "json": _Format("application/json", _json),
    "xlsx": _Format("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _xlsx),
}


class _Streamed(StreamingHttpResponse):
    """A streamed response. Over ASGI each part is made in the request's own thread, with its database connection."""

    async def __aiter__(self) -> AsyncIterator[bytes]:
        parts = iter(self)
        read = sync_to_async(lambda: next(parts, None))
        while (part := await read()) is not None:
            yield part


def _resumed(start: list[bytes], parts: Iterator[bytes]) -> Iterator[bytes]:
    """All parts, those already read first; closing it closes the generator of the rest."""
    yield from start
    yield from parts
