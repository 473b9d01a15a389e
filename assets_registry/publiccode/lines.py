"""In which line of a file each of its keys and entries begins, for what is said to be wrong there."""

from collections.abc import Iterator
from dataclasses import dataclass

import yaml

LONGEST_PATH = 300  # letters of a key with those it is in, up to which its line is noted


@dataclass
class _Part:
    """A list or mapping in which the events are."""

    path: str | None  # with a stroke at its end; None: too long to be noted
    is_list: bool
    key: str | None = None  # of a mapping, whose value comes next
    entries: int = 0  # of a list

    def place_of_next(self, event: yaml.Event) -> str | None:
        """The path of the value that begins here; None where it is too long."""
        self.entries += 1
        last = str(self.entries) if self.is_list else self.key or ""
        if self.path is None or len(self.path) + len(last) > LONGEST_PATH:
            return None
        return f"{self.path}{last}"


def lines_of(events: Iterator[yaml.Event]) -> dict[str, int]:
    """The lines of keys and of entries of lists, from 1, by paths such as “platforms/2”, of a file that can be read.

    Of a path that is too long nothing is noted: thousands of them would fill the memory.
    """
    lines: dict[str, int] = {}
    stack: list[_Part] = []
    for event in events:
        if isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
            stack.pop()
        elif isinstance(event, yaml.NodeEvent):
            _note(event, stack, lines)
    return lines


def _note(event: yaml.Event, stack: list[_Part], lines: dict[str, int]) -> None:
    above = stack[-1] if stack else None
    is_key = above is not None and not above.is_list and above.key is None
    if above and is_key:
        above.key = event.value
        place = above.place_of_next(event)
    else:
        place = above.place_of_next(event) if above else ""
        if above and not above.is_list:
            above.key = None
    if above and place is not None and (is_key or above.is_list):
        lines[place] = event.start_mark.line + 1
    if not isinstance(event, yaml.ScalarEvent):
        path = "" if above is None else None if place is None else f"{place}/"
        stack.append(_Part(path, isinstance(event, yaml.SequenceStartEvent)))
