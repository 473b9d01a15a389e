"""A place in a file of a survey: what stands there, checked, with a sentence for each fault."""

import datetime as dt
import json
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.errors import Refused
from core.words import series

MOST_SHOWN = 30  # faults
KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class Faults(Refused):
    """Everything that is wrong in a file, each with its place."""

    def __init__(self, found: list[str]) -> None:
        more = f"\n… and {len(found) - MOST_SHOWN} more." if len(found) > MOST_SHOWN else ""
        super().__init__("\n".join(found[:MOST_SHOWN]) + more)
        self.found = found


@dataclass
class FilePlace:
    """A place in a file, its value, and where faults are noted."""

    file: str
    path: str
    value: Any
    faults: list[str]

    def wrong(self, sentence: str) -> None:
        self.faults.append(f"{self.file}, {self.path or 'the whole file'}: {sentence}")

    def under(self, key: str | int, default: Any = None) -> "FilePlace":
        """The place of an entry; its value is `default` where there is none."""
        value = default
        if isinstance(self.value, dict):
            value = self.value.get(key, default)
        elif isinstance(self.value, list) and isinstance(key, int):
            value = self.value[key]
        path = f"{self.path}[{key}]" if isinstance(key, int) else f"{self.path}.{key}".lstrip(".")
        return FilePlace(self.file, path, value, self.faults)

    def names(self, *known: str) -> None:
        """Note entries that nobody reads, which are likely misspelt."""
        if isinstance(self.value, dict) and (strange := sorted(self.value.keys() - {*known, "about"})):
            self.wrong(f"{series(strange)} is not known here. Known are {series(known)}.")

    def text(self, most: int = 300, *, is_needed: bool = True) -> str:
        if self.value in (None, "") and not is_needed:
            return ""
        if not isinstance(self.value, str) or not 0 < len(self.value.strip()) <= most:
            self.wrong(f"needs words of at most {most} characters.")
            return ""
        return self.value.strip()

    def key(self) -> str:
        words = self.text(60)
        if words and not KEY.fullmatch(words):
            self.wrong(f"{words!r} is no key. Write small letters, digits and hyphens.")
        return words

    def number(self, *, least: int = 0, most: int = 1_000_000, is_needed: bool = True) -> int | None:
        if self.value is None and not is_needed:
            return None
        if type(self.value) is not int or not least <= self.value <= most:
            self.wrong(f"needs a whole number from {least} to {most:,}.")
            return least
        return self.value

    def day(self) -> dt.date | None:
        if self.value is None:
            return None
        try:
            return dt.date.fromisoformat(self.value)
        except (TypeError, ValueError):
            self.wrong(f"{self.value!r} is no date. Write it as 2014-12-31.")
            return None

    def one_of(self, known: Collection[str], default: str = "") -> str:
        value = self.value if self.value is not None else default
        if not isinstance(value, str) or value not in known:
            self.wrong(f"{value!r} is none of {series(sorted(known))}.")
            return str(next(iter(known)))
        return str(value)

    def flag(self) -> bool:
        if self.value not in (None, True, False):
            self.wrong("is true or false.")
        return bool(self.value)

    def entries(self) -> Iterator["FilePlace"]:
        """The places of a list, or of what a dictionary holds."""
        if self.value is None:
            return
        if not isinstance(self.value, (list, dict)):
            self.wrong("is neither a list nor a dictionary.")
            return
        for key in self.value if isinstance(self.value, dict) else range(len(self.value)):
            yield self.under(key)

    def words(self) -> list[str]:
        return [each.text(150) for each in self.entries()]

    @property
    def last(self) -> str:
        return self.path.rpartition(".")[2]


def read(path: Path) -> FilePlace:
    """The contents of a JSON file; Refused where it cannot be read."""
    try:
        return FilePlace(path.name, "", json.loads(path.read_text(encoding="utf-8")), [])
    except (OSError, UnicodeDecodeError) as problem:
        raise Refused(f"{path} cannot be read: {problem}.") from problem
    except json.JSONDecodeError as problem:
        raise Refused(f"{path.name}, line {problem.lineno}: this is no JSON: {problem.msg}.") from problem
