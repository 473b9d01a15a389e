"""Tables that people send as CSV: decoded, their columns checked, and read line by line."""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence

from django.core.exceptions import ValidationError

from core.text import clean_line
from core.words import series

NOT_READ = "This file cannot be read as a table. Save it as “CSV UTF-8”, with the columns in its first line."
NOT_A_TABLE = (
    "This is no CSV: a spreadsheet, a picture or another kind of file. Save the sheet as “CSV UTF-8”, and send that."
)
UTF_16 = "This file is saved as “Unicode text” (UTF-16). Save it as “CSV UTF-8”, and send that."
UTF_8 = ("utf-8-sig",)
_OTHER_KINDS = (b"PK", b"\xd0\xcf", b"\x89PNG", b"\xff\xd8", b"%PDF")  # spreadsheets new and old, pictures, PDF
OR_WINDOWS = (*UTF_8, "cp1252")  # what older spreadsheets save; it has all letters of Latin-1


def lines_of(
    content: bytes,
    *,
    columns: Sequence[str],
    needed: Sequence[str],
    most: int,
    encodings: Sequence[str] = UTF_8,
    whole: bool = False,
) -> Iterator[tuple[int, dict[str, str]]]:
    """The number of each line below the columns, with what it says by column. Lines above them begin with a #.

    Raises ValidationError for what is no table, for columns that are missing, doubled or unknown, after `most` lines
    below the columns, and at the end where lines had more cells than there are columns: their numbers have moved. With
    `whole` they may not have fewer either, which would hide a number that moved.
    The first of `encodings` in which the file makes sense is taken.
    """
    text = _decoded(content, encodings)
    head = next((line for line in text.splitlines() if line.strip() and not line.lstrip('"').startswith("#")), "")
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=";" if head.count(";") > head.count(",") else ",", strict=True
    )
    names: list[str] = []
    found, moved = 0, []
    try:
        for cells in reader:
            if not any(map(str.strip, cells)) or (not names and cells[0].startswith("#")):
                continue
            if not names:
                names = _names(cells, columns, needed)
                continue
            found += 1
            if found > most:
                raise ValidationError(f"This file has more than {most:,} lines. Send it in parts.")
            if len(cells) > len(names) or (whole and len(cells) < len(names)):
                moved.append(reader.line_num)
                continue
            yield reader.line_num, {name: clean_line(cell) for name, cell in zip(names, cells, strict=False) if name}
    except csv.Error:
        raise ValidationError(NOT_READ) from None
    if moved:
        raise ValidationError(_moved(moved))


def _moved(lines: Sequence[int]) -> str:
    which = series([f"{line:,}" for line in lines], most=5)
    said = f"Line {which} has" if len(lines) == 1 else f"Lines {which} have"
    return (
        f"{said} more or fewer cells than there are columns. Write numbers without commas, 1850, or in quotation marks."
    )


def _decoded(content: bytes, encodings: Sequence[str]) -> str:
    start = content[:200]
    if start.startswith(_OTHER_KINDS):
        raise ValidationError(NOT_A_TABLE)
    if start[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) or b"\0" in start:
        raise ValidationError(UTF_16)
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ValidationError(NOT_READ)


def _names(cells: Sequence[str], columns: Sequence[str], needed: Sequence[str]) -> list[str]:
    """The names of the columns; those that nobody reads are refused, as they are likely misspelt."""
    names = [cell.strip().lower() for cell in cells]
    known = f"The columns are {series(columns)}."
    if missing := [name for name in needed if name not in names]:
        raise ValidationError(f"There is no column {series(missing)}. {known}")
    if doubled := [name for name, times in Counter(names).items() if name and times > 1]:
        raise ValidationError(f"The column {series(doubled)} stands there twice. Take one of them out.")
    if strange := [name for name in names if name and name not in columns]:
        raise ValidationError(f"No column is called {series(strange, most=3)}. {known}")
    return names
