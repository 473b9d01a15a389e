"""In which line of a file each of its keys and entries begins, for what is said to be wrong there."""

from collections.abc import Callable, Iterator
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

    def within(self, last: str) -> str | None:
        """The path of something in it; None where it is too long."""
        return None if self.path is None or len(self.path) + len(last) > LONGEST_PATH else f"{self.path}{last}"


def lines_of(events: Iterator[yaml.Event], words: Callable[[str], str]) -> dict[str, int]:
    """The lines of keys and of entries of lists, from 1, by paths such as “platforms/2”, of a file that can be read.

    `words` is how a key is read. Of a path that is too long nothing is noted: thousands of them would fill the memory.
    """
    lines: dict[str, int] = {}
    stack: list[_Part] = []
    for event in events:
        if isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
            stack.pop()
        elif isinstance(event, yaml.NodeEvent):
            path: str | None = ""  # of the whole file
            if stack:
                place = _place(event, stack[-1], words, lines)
                path = None if place is None else f"{place}/"
            if not isinstance(event, yaml.ScalarEvent):
                stack.append(_Part(path, isinstance(event, yaml.SequenceStartEvent)))
    return lines


def _place(event: yaml.Event, above: _Part, words: Callable[[str], str], lines: dict[str, int]) -> str | None:
    """The path of what begins here; its line is noted, but for a value, which stands beside its key."""
    if above.key is not None:
        place, above.key = above.within(above.key), None
        return place
    if above.is_list:
        above.entries += 1
        place = above.within(str(above.entries))
    else:
        above.key = words(event.value)
        place = above.within(above.key)
    if place is not None:
        lines[place] = event.start_mark.line + 1
    return place
