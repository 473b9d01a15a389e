"""A stranger's YAML as plain lists, mappings and strings, built from the parser's events under strict limits.

No object is built by the YAML library: no tags, no aliases, no merge keys, no guessing at numbers, dates or `no`.
The parser is the one written in Python; the one in C dies of 30 KB of opening brackets.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from core.text import clean_text

MOST_BYTES = 64 * 1024
MOST_DEPTH = 20
MOST_NODES = 5_000


class Unreadable(Exception):
    """The text cannot be read, in words for the person who pasted it."""


def read(text: str) -> dict[str, Any]:
    """The file as a mapping whose leaves are all strings."""
    if len(text.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        raise Unreadable("This is longer than 64 KB. A publiccode.yml is a few pages.")
    try:
        found = _build(yaml.parse(text.removeprefix("\ufeff"), Loader=yaml.SafeLoader))
    except RecursionError as problem:
        raise Unreadable("This is nested too deeply.") from problem
    except yaml.MarkedYAMLError as problem:
        line = f" in line {problem.problem_mark.line + 1}" if problem.problem_mark else ""
        raise Unreadable(f"This is not valid YAML{line}: {problem.problem}.") from problem
    except (yaml.YAMLError, ValueError) as problem:
        raise Unreadable("This is not valid YAML: it has characters that do not belong there.") from problem
    if not isinstance(found, dict):
        raise Unreadable("A publiccode.yml is a list of keys and values, such as “name: Waste API”.")
    return found


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


def _build(events: Iterator[yaml.Event]) -> Any:
    root = _Open([])
    stack, nodes, documents = [root], 0, 0
    for event in events:
        if isinstance(event, yaml.AliasEvent):
            raise Unreadable(f"Line {_line(event)} refers to another part (*…). Write the value out instead.")
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise Unreadable("These are several documents. Paste one.")
        if isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
            stack.pop()
        if not isinstance(event, yaml.NodeEvent):
            continue
        nodes += 1
        if nodes > MOST_NODES:
            raise Unreadable("This has more than 5,000 values. A publiccode.yml has some dozens.")
        if getattr(event, "tag", None) is not None:
            raise Unreadable(f"Line {_line(event)} has a type tag (!…). Plain values are enough.")
        if isinstance(event, yaml.ScalarEvent):
            stack[-1].take(clean_text(event.value), event)  # escapes can hide what the text may not have
            continue
        opened: dict[str, Any] | list[Any] = {} if isinstance(event, yaml.MappingStartEvent) else []
        stack[-1].take(opened, event)
        stack.append(_Open(opened))
        if len(stack) > MOST_DEPTH + 1:
            raise Unreadable("This is nested more than 20 deep.")
    return root.holder[0] if root.holder else None  # type: ignore[index]  # the root is a list


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 0
