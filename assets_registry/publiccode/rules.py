"""What is wrong with a file by the table of the standard, in words beside its keys."""

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from assets_registry.publiccode import kinds
from assets_registry.publiccode.standard import DEPENDS_ON_TYPE, TABLE, KeyRule
from assets_registry.publiccode.words import in_words
from core.words import series

_TRUTHS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
_HOLDERS = (dict, list)  # what is looked into; a word or number that fits needs no second look
_WHOLE_NUMBER = re.compile(r"0|-?[1-9][0-9]{0,14}")


class Unquoted(str):
    """A value that was written without quotes: where no rule says what it is, it may be a number or a truth value."""


@dataclass(frozen=True)
class Problem:
    """One key and what is wrong with it: “legal/license”, “licence is not an SPDX expression”."""

    key: str
    sentence: str
    line: int = 0  # of the file, where it is known

    @property
    def words(self) -> str:
        """What stands at the key, in words."""
        return in_words(self.key)


@dataclass
class _Node:
    """A row of the table with the rows below it."""

    row: KeyRule
    below: dict[str, "_Node"] = field(default_factory=dict)

    def under(self, key: str) -> "_Node | None":
        """The rule for a key of this section; of the description every key is a language."""
        if self is _ROOT and key.lower() == "it" and key in {"it", "IT"}:
            key = "IT"
        return self.below.get(key) or self.below.get("*")


def _tree() -> _Node:
    root = _Node(KeyRule("", kinds.a_section))
    for row in TABLE:
        node, *path, last = root, *row.path.split("/")
        for key in path:
            node = node.below[key]
        node.below[last] = _Node(row)
    return root


_ROOT = _tree()


def problems(data: dict[str, Any]) -> list[Problem]:
    """Everything that is wrong with a file, in the order of the standard."""
    return [Problem(key, sentence) for key, sentence in (*_section(data, _ROOT, ""), *_between_keys(data))]


def problems_in(data: dict[str, Any], keys: Iterable[str]) -> list[Problem]:
    """What is wrong with some sections of a file, and between its sections."""
    named = {"IT" if key == "it" else key for key in keys}
    some = _Node(_ROOT.row, {key: below for key, below in _ROOT.below.items() if key in named})
    return [Problem(key, sentence) for key, sentence in (*_section(data, some, ""), *_between_keys(data))]


def remarks(data: dict[str, Any]) -> list[Problem]:
    """What is allowed but worth a word: keys that the standard does not have, and those it has given up."""
    return [Problem(key, sentence) for key, sentence in _remarks(data, _ROOT, "")]


def settled(value: Any, node: _Node | None = _ROOT) -> Any:
    """A file with truth values where the standard has them; all other words stay words."""
    if isinstance(value, dict):
        return {key: settled(entry, node.under(key) if node else None) for key, entry in value.items()}
    if isinstance(value, list):
        below = node.under("-") if node else None
        return [settled(entry, below) for entry in value]
    if not isinstance(value, str):
        return value
    if node is None and isinstance(value, Unquoted):
        return int(value) if _WHOLE_NUMBER.fullmatch(value) else _TRUTHS.get(value.lower(), str(value))
    return _TRUTHS.get(value.lower(), str(value)) if node and node.row.kind is kinds.truth else str(value)


def _section(data: dict[str, Any], node: _Node, at: str) -> Iterator[tuple[str, str]]:
    for key, below in node.below.items():
        if key == "*":
            for name, value in data.items():
                yield from _language(name, at) or _value(value, below, at + name, name)
            continue
        value = data.get("it", data.get("IT")) if below.row.path == "IT" else data.get(key)
        if value is None and not below.row.must:
            continue
        if _is_missing(value):
            yield from _missing(value, below, at + key, key)
        elif isinstance(value, _HOLDERS) or below.row.kind(value):
            yield from _value(value, below, at + key, key)


def _is_missing(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _missing(value: Any, node: _Node, at: str, name: str) -> Iterator[tuple[str, str]]:
    if node.row.must and node.row.kind is kinds.a_section:
        yield from _section({}, node, f"{at}/")
    elif node.row.must:
        yield at, f"{_shown(name)} is missing" + (f": {node.row.hint}" if node.row.hint else "")
    elif value is not None and (wrong := node.row.kind(value)):
        yield at, f"{_shown(name)} {wrong}"


def _value(value: Any, node: _Node, at: str, name: str) -> Iterator[tuple[str, str]]:
    if wrong := node.row.kind(value):
        yield at, f"{_shown(name)} {wrong}"
    elif isinstance(value, dict):
        yield from _section(value, node, f"{at}/")
    elif isinstance(value, list):
        below = node.below["-"]
        for number, entry in enumerate(value, start=1):
            if not isinstance(entry, _HOLDERS) and not below.row.kind(entry):
                continue
            # Words that stand where a section should, such as a contact, may name somebody.
            is_quoted = isinstance(entry, str) and below.row.kind is not kinds.a_section
            called = f"“{entry[:40]}”" if is_quoted else f"entry {number}"
            yield from _value(entry, below, f"{at}/{number}", called)


def _language(name: str, at: str) -> list[tuple[str, str]]:
    wrong = kinds.language(name)
    return [(at + name[:40], f"“{name[:40]}” {wrong}")] if wrong else []


def _shown(name: str) -> str:
    return "licence" if name == "license" else name


def _between_keys(data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The rules that look at two keys."""
    maintenance = data.get("maintenance")
    kind = maintenance.get("type") if isinstance(maintenance, dict) else None
    for key, types, only in DEPENDS_ON_TYPE:
        there = bool(maintenance.get(key)) if isinstance(maintenance, dict) else False
        if kind in types and not there:
            yield f"maintenance/{key}", f"{key} is missing: the type is {kind}"
        if only and there and kind not in types:
            yield f"maintenance/{key}", f"{key} belongs there only if the type is {series(types, last='or')}"
    if "it" in data and "IT" in data:
        yield "it", "it stands there twice, as it and as IT"


def _remarks(value: Any, node: _Node, at: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, list) and "-" in node.below:
        for number, entry in enumerate(value, start=1):
            yield from _remarks(entry, node.below["-"], f"{at}{number}/")
    if not isinstance(value, dict):
        return
    for key, entry in value.items():
        if below := node.under(key):
            if below.row.old:
                yield at + key[:40], f"the standard has given this key up: {below.row.old}"
            yield from _remarks(entry, below, f"{at}{key[:40]}/")
        elif node is _ROOT and isinstance(entry, dict) and not kinds.country(key):
            yield key, "the standard has given up sections of a country’s own: use supports and organisation instead"
        else:
            near = difflib.get_close_matches(key[:60], node.below, n=1)
            meant = f"; perhaps {near[0]} was meant" if near else ""
            yield at + key[:40], f"this is not a key of the standard{meant}. It is kept and given back as it is"
        if node is _ROOT and key == "it":
            yield key, "small letters for a country are going out of use: write IT"
    yield from _small_letters(value, at) if at == "intendedAudience/" else ()


def _small_letters(audience: dict[str, Any], at: str) -> Iterator[tuple[str, str]]:
    for key in ("countries", "unsupportedCountries"):
        listed = audience.get(key)
        if isinstance(listed, list) and any(isinstance(each, str) and each.islower() for each in listed):
            yield at + key, "small letters for a country are going out of use: write GB, not gb"
