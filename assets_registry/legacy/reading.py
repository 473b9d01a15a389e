"""Reading a list of legacy assets from a CSV file."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from accounts.models import User
from assets_registry.legacy.operations import enter_legacy_asset
from assets_registry.models import Asset
from core.answering import refused_or
from core.errors import Refused
from core.numbers import whole_number
from core.text import clean_line, has_hidden_marks
from councils.lists import council_named
from councils.models import Organisation

COLUMNS = ("name", "owner", "kind", "summary", "address", "source", "year")
MOST_BYTES = 10 * 1024 * 1024
_KINDS = {str(words).lower(): value for value, words in Asset.Kind.choices}


@dataclass
class LegacyImport:
    """What an import came to: the names that it added, how many stood already, and what was wrong, by line."""

    added: list[str] = field(default_factory=list)
    known: int = 0
    bad: list[tuple[int, str]] = field(default_factory=list)


def import_legacy(path: Path, *, by: User) -> LegacyImport:
    """Enter the rows of a file one by one; a bad row is reported with its line, and the others go in."""
    done = LegacyImport()
    for line, row in _rows(path):
        entered, refusal = refused_or(_enter, row, by=by)
        if refusal:
            done.bad.append((line, refusal))
        elif entered:
            done.added.append(entered.name)
        else:
            done.known += 1
    return done


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row with the number of its line; raises Refused for a file that is no such table."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Refused(f"{path} has more than {MOST_BYTES // 1024 // 1024} MB.")
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        raise Refused(f"{path} cannot be read: {problem}.") from problem
    if "\0" in text:
        raise Refused(f"{path} is no text: it holds a NUL.")
    reader = csv.DictReader(text.splitlines(keepends=True))
    try:
        if missing := [each for each in COLUMNS if each not in (reader.fieldnames or ())]:
            raise Refused(f"{path} has no column {', '.join(missing)}.")
        for row in reader:
            yield reader.line_num, {column: clean_line(row[column] or "") for column in COLUMNS}
    except csv.Error as problem:
        raise Refused(f"Line {reader.line_num} of {path} is no line of a table: {problem}.") from problem


def _enter(row: dict[str, str], *, by: User) -> Asset | None:
    year = whole_number(row["year"], most=9999)
    if row["year"] and year is None:
        raise Refused(f"“{row['year'][:40]}” is no year.", field="year")
    if any(has_hidden_marks(value) for value in row.values()):
        raise Refused("It holds marks that cannot be seen.")
    return enter_legacy_asset(
        by=by,
        owner=_owner(row["owner"]),
        name=row["name"],
        kind=_KINDS.get(row["kind"].lower(), row["kind"]),
        summary=row["summary"],
        address=row["address"],
        source=row["source"],
        year=year,
    )


def _owner(name: str) -> Organisation:
    owner = council_named(name) or _body_named(name)
    if owner is None:
        raise Refused(f"No organisation is called “{name[:80]}”.", field="owner")
    return owner


def _body_named(name: str) -> Organisation | None:
    found = list(Organisation.objects.filter(name__iexact=name)[:2])
    return found[0] if len(found) == 1 else None
