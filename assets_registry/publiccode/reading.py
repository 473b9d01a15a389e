"""A stranger's YAML as plain lists, mappings and words, built from the parser's events under strict limits.

No object is built by the YAML library: no tags, no aliases, no merge keys, no guessing at dates or `1.10`.
The parser is asked for one event after the other, so that the limits stop it before it has gone deep: what builds
nodes or objects of 30 KB of opening brackets ends its process.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import yaml

from assets_registry.publiccode.lines import lines_of
from assets_registry.publiccode.rules import Unquoted, settled
from core.text import without_direction_marks

MOST_BYTES = 64 * 1024
MOST_DEPTH = 20
MOST_NODES = 5_000
TOO_LONG = "This is longer than 64 KB. A publiccode.yml is a few pages."

# Written in C where the library has it, which is far quicker.
_PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# Halves of signs written as JSON does, which the parser in C refuses.
_HALVES = re.compile(r"\\u[dD][89a-fA-F]")
# Controls but for line feed and tab, and halves of signs.
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_ENDS = {yaml.SequenceEndEvent, yaml.MappingEndEvent}
_NODES = {yaml.ScalarEvent, yaml.SequenceStartEvent, yaml.MappingStartEvent}
_NOTHING = {"", "~", "null", "Null", "NULL"}


class Unreadable(Exception):
    """The text cannot be read, in words for the person who pasted it."""


@dataclass(frozen=True)
class Contents:
    """What a text says, and which of its parts are no data and are not kept."""

    data: dict[str, Any]
    dropped: list[str]
    text: str = ""

    @cached_property
    def lines(self) -> dict[str, int]:
        """The line in which a key or an entry begins, by its path; looked for where something is wrong."""
        return lines_of(_events(self.text), _seen)

    def line_of(self, key: str) -> int:
        """The line of a key, such as “platforms/2”; where it is missing, that of the section it belongs to; else 0."""
        while key and key not in self.lines:
            key = key.rpartition("/")[0]
        return self.lines.get(key, 0)


def decoded(content: bytes) -> str:
    """The text of a file. Raises Unreadable where it is too long, or not in UTF-8."""
    if len(content) > MOST_BYTES:
        raise Unreadable(TOO_LONG)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise Unreadable("This is not text in UTF-8. Save the file as UTF-8 and send it again.") from problem


def read(text: str) -> dict[str, Any]:
    """The file as a mapping: words are words, true and false are so where the standard has them."""
    return find(text).data


def find(text: str) -> Contents:
    """The file, with what is dropped on reading it."""
    if len(text.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        raise Unreadable(TOO_LONG)
    text = text.removeprefix("\ufeff")
    builder = _Builder(text)
    try:
        found = builder.build(_events(text))
    except RecursionError as problem:
        raise Unreadable("This is nested too deeply.") from problem
    except yaml.MarkedYAMLError as problem:
        line = f" in line {problem.problem_mark.line + 1}" if problem.problem_mark else ""
        raise Unreadable(f"This is not valid YAML{line}: {problem.problem}.") from problem
    except (yaml.YAMLError, ValueError) as problem:
        raise Unreadable("This is not valid YAML: it has characters that do not belong there.") from problem
    if not isinstance(found, dict):
        raise Unreadable("A publiccode.yml is a list of keys and values, such as “name: Waste API”.")
    return Contents(settled(found), list(builder.dropped), text)


def _events(text: str) -> Iterator[yaml.Event]:
    """What the parser meets in a text, one after the other."""
    parser = (yaml.SafeLoader if _HALVES.search(text) else _PARSER)(text)
    try:
        yield from iter(parser.get_event, None)
    finally:
        parser.dispose()


@dataclass
class _Open:
    """A list or mapping that is being filled."""

    holder: dict[str, Any] | list[Any]
    key: str | None = None
    seen: set[str] = field(default_factory=set)

    def take(self, value: Any, event: yaml.Event) -> None:
        if isinstance(self.holder, list):
            self.holder.append(value)
        elif self.key is not None:
            self.holder[self.key], self.key = value, None
        elif not isinstance(value, str):
            raise Unreadable(f"A key in line {_line(event)} is not a word.")
        elif value in self.seen:
            raise Unreadable(f"“{value[:60]}” stands twice in the same place (line {_line(event)}).")
        else:
            self.seen.add(value)
            self.key = value

    @property
    def waits_for_key(self) -> bool:
        return isinstance(self.holder, dict) and self.key is None


@dataclass
class _Builder:
    """Builds lists and mappings from events, and notes what it drops on the way."""

    text: str
    dropped: dict[str, None] = field(default_factory=dict)  # in order, each once
    end: int = 0  # of the event before

    def build(self, events: Iterator[yaml.Event]) -> Any:
        root = _Open([])
        stack, nodes, documents = [root], 0, 0
        may_have_comments = "#" in self.text
        for event in events:
            if may_have_comments:
                self._note_comment(event)
            kind = type(event)
            if kind in _NODES:
                nodes += 1
                if nodes > MOST_NODES:
                    raise Unreadable("This has more than 5,000 values. A publiccode.yml has some dozens.")
                if event.tag is not None:
                    raise Unreadable(f"Line {_line(event)} has a type tag (!…). Plain values are enough.")
                above = stack[-1]
                if kind is yaml.ScalarEvent:
                    is_word = event.style or above.waits_for_key
                    above.take(self._words(event.value) if is_word else self._plain(event.value), event)
                    continue
                opened: dict[str, Any] | list[Any] = {} if kind is yaml.MappingStartEvent else []
                above.take(opened, event)
                stack.append(_Open(opened))
                if len(stack) > MOST_DEPTH + 1:
                    raise Unreadable("This is nested more than 20 deep.")
            elif kind in _ENDS:
                stack.pop()
            elif kind is yaml.AliasEvent:
                raise Unreadable(f"Line {_line(event)} refers to another part (*…). Write the value out instead.")
            elif kind is yaml.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    raise Unreadable("These are several documents. Paste one.")
        return root.holder[0] if root.holder else None  # type: ignore[index]  # the root is a list

    def _note_comment(self, event: yaml.Event) -> None:
        """What stands between two events is no data; with a # in it, it is a comment."""
        if not (event.start_mark and event.end_mark):
            return
        if "#" in self.text[self.end : event.start_mark.index]:
            self.dropped["Comments (after a #)"] = None
        self.end = max(self.end, event.end_mark.index)

    def _plain(self, value: str) -> str | None:
        """A value written without quotes: nothing at all where it says so."""
        return None if value in _NOTHING else Unquoted(self._words(value))

    def _words(self, value: str) -> str:
        """Words as they were written, without what no database or reader should be given."""
        if value.isprintable():
            return value
        kept = _seen(value)
        if kept != value:
            self.dropped["Characters that cannot be seen"] = None
        return kept


def _seen(value: str) -> str:
    """Words without what nobody sees."""
    return _UNSEEN.sub("", without_direction_marks(value))


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 0
