"""The publiccode.yml files of a folder, a zip or a catalogue, one after the other; nothing is unpacked to disk."""

import json
import os
import stat
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assets_registry.publiccode import MOST_BYTES

MOST_RECORDS = 100_000
MOST_CATALOGUE = 200 * 1024 * 1024
_ENDINGS = (".yml", ".yaml")


class UnreadableSource(Exception):
    """A folder, zip or catalogue cannot be read at all, in words for whoever named it."""


@dataclass(frozen=True)
class Record:
    """One file, by the name it has in its source. Of a long one the first 64 KB and a byte, so that it is refused."""

    name: str
    content: bytes
    line: int = 0  # of a table, where it is a row of one
    fault: str = ""  # of the row: what it holds is not imported


def records_of(source: Path) -> tuple[int, Iterator[Record]]:
    """How many files a source has, and each of them in the order of the names; of a catalogue in its own order."""
    if _is_catalogue(source):
        items = _items(source)
        return len(items), _records(items)
    names = _names(source)
    return len(names), _of_folder(source, names) if source.is_dir() else _of_archive(source, names)


def _of_folder(source: Path, names: list[str]) -> Iterator[Record]:
    for name in names:
        with (source / name).open("rb") as file:
            yield Record(name, file.read(MOST_BYTES + 1))


def _of_archive(source: Path, names: list[str]) -> Iterator[Record]:
    with _opened(source) as archive:
        for name in names:
            yield Record(name, _member(archive, name))


def _is_catalogue(source: Path) -> bool:
    return source.suffix.lower() == ".json" and source.is_file()


def _names(source: Path) -> list[str]:
    if source.is_dir():
        names = list(_files_below(source))
    else:
        with _opened(source) as archive:
            names = [name for name in archive.namelist() if name.lower().endswith(_ENDINGS)]
    if len(names) > MOST_RECORDS:
        raise UnreadableSource(f"{source.name} has more than {MOST_RECORDS:,} files.")
    return sorted(names)


def _files_below(source: Path) -> Iterator[str]:
    """The files of a folder that may be read, each by its path below it; no links."""
    for folder, _, names in os.walk(source):
        for name in names:
            path = Path(folder, name)
            if path.suffix.lower() in _ENDINGS and stat.S_ISREG(path.lstat().st_mode):
                yield path.relative_to(source).as_posix()


def _opened(source: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(source)
    except (OSError, zipfile.BadZipFile) as problem:
        raise UnreadableSource(f"{source} is neither a folder, nor a zip, nor a catalogue’s JSON.") from problem


def _member(archive: zipfile.ZipFile, name: str) -> bytes:
    """The first bytes of a member, whatever length the archive says or has. Nothing where it is damaged or locked."""
    try:
        with archive.open(name) as file:
            return file.read(MOST_BYTES + 1)
    except (OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, ValueError):
        return b""


def _items(source: Path) -> list[Any]:
    """The entries of a catalogue in the shape of the API of Developers Italia: `{"data": [{"publiccodeYml": "…"}]}`."""
    if source.stat().st_size > MOST_CATALOGUE:
        raise UnreadableSource(f"{source.name} is larger than 200 MB. Ask the catalogue for it in parts.")
    return _listed(source.read_bytes(), source.name)


def catalogue_records(content: bytes, called: str) -> Iterator[Record]:
    """Each entry of a catalogue’s JSON; `called` is what a sentence calls the file."""
    return _records(_listed(content, called))


def _listed(content: bytes, called: str) -> list[Any]:
    try:
        read = json.loads(content)
    except (ValueError, RecursionError) as problem:
        raise UnreadableSource(f"{called} is not JSON.") from problem
    items = read.get("data") if isinstance(read, dict) else read
    if not isinstance(items, list) or len(items) > MOST_RECORDS:
        raise UnreadableSource(f"{called} has no list of entries named “data”, or more than {MOST_RECORDS:,}.")
    return items


def _records(items: list[Any]) -> Iterator[Record]:
    for number, item in enumerate(items, start=1):
        text = item.get("publiccodeYml") if isinstance(item, dict) else None
        text = text[: MOST_BYTES + 1] if isinstance(text, str) else ""
        yield Record(f"entry {number}", text.encode("utf-8", "surrogatepass"))
