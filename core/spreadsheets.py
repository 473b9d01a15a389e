"""A table as a spreadsheet (XLSX): numbers and days stay what they are, text stays text."""

import datetime as dt
import math
import re
from collections.abc import Iterator
from decimal import Decimal
from tempfile import TemporaryFile
from typing import Any

from django.conf import settings
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from core import clock
from core.tables import Table, is_formula

MOST_CHARACTERS = 32_767  # of a cell, counted in UTF-16
LONGEST_NAME = 31  # of a sheet
PART = 250_000  # bytes
_BOLD = Font(bold=True)
_NO_DAYS_UNTIL = 1900  # the last year whose days spreadsheets know wrongly, or not at all
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def parts_of(table: Table) -> Iterator[bytes]:
    """The workbook in parts. Its rows are written one by one to a temporary file, deleted once it has been sent."""
    book = Workbook(write_only=True)
    book.properties.creator = settings.SITE_NAME
    sheet = book.create_sheet(table.name[:LONGEST_NAME])
    for number, name in enumerate(table.columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = min(40, max(14, len(name) + 2))
    sheet.freeze_panes = f"A{len(table.head) + 2}"
    for line in table.head:
        sheet.append([_text(sheet, line)])
    sheet.append([_text(sheet, name, font=_BOLD) for name in table.columns])
    for row in table.rows:
        sheet.append([_cell(sheet, value) for value in row])
    with TemporaryFile() as file:
        book.save(file)
        file.seek(0)
        while part := file.read(PART):
            yield part


def _cell(sheet: Any, value: object) -> Any:
    """A cell with a number, a day, a moment in London, or else a text."""
    if value is None or isinstance(value, bool) or (isinstance(value, int | float | Decimal) and math.isfinite(value)):
        return value
    if isinstance(value, dt.datetime):
        value = value.astimezone(clock.LONDON).replace(tzinfo=None)
    if isinstance(value, dt.date) and value.year > _NO_DAYS_UNTIL:
        return value
    return _text(sheet, str(value))


def _text(sheet: Any, text: str, font: Font | None = None) -> Any:
    """A text cell that is never read as a formula, without characters that a spreadsheet cannot hold."""
    text = _NOT_IN_XML.sub("", text)
    if 2 * len(text) > MOST_CHARACTERS:
        text = text.encode("utf-16-le")[: 2 * MOST_CHARACTERS].decode("utf-16-le", "ignore")
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"  # openpyxl takes “=1+1” for a formula and “#N/A” for an error
    if is_formula(text):
        cell.quotePrefix = True  # it stays a text when the cell is edited, too
    if font:
        cell.font = font
    return cell
