"""What there is to run at an event, before its day, on it and after: lines that each subject and upper apps add.

In `AppConfig.ready()`: `running.register("before", questions_to_run)`. A function answers for one event and whoever
runs it, asks the database for a bounded number of rows, and is not asked about a cancelled event.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Literal, get_args

from accounts.models import AnyUser
from core.inbox import Action
from events.event.models import Event

RunPart = Literal["before", "now", "after"]
PARTS: tuple[RunPart, ...] = get_args(RunPart)


@dataclass(frozen=True)
class RunLine:
    """One line: its state in words and the next action."""

    name: str
    words: str
    action: Action | None = None
    about: str = ""
    url: str = ""


RunFunction = Callable[[Event, AnyUser], Iterable[RunLine]]
_functions: dict[RunPart, dict[RunFunction, int]] = defaultdict(dict)


def register(part: RunPart, *functions: RunFunction, order: int = 100) -> None:
    """Add the lines of these functions to a part, by `order`; again has no effect."""
    _functions[part] |= dict.fromkeys(functions, order)


def lines_of(part: RunPart, event: Event, user: AnyUser) -> list[RunLine]:
    """The lines of one part for whoever runs the event; at most one of their buttons is the main one."""
    if event.state == Event.State.CANCELLED:
        return []
    return _one_next([line for function in _in_order(part) for line in function(event, user)])


def _in_order(part: RunPart) -> list[RunFunction]:
    return sorted(_functions[part], key=lambda function: _functions[part][function])


def next_first(lines: Iterable[RunLine]) -> list[RunLine]:
    """The lines with that of the main button first, for a page on which it is seen before one scrolls."""
    return sorted(lines, key=lambda line: line.action is None or line.action.is_second)


def all_second(lines: Iterable[RunLine]) -> list[RunLine]:
    """The lines with no main button, for a part that does not fit the hour."""
    return [replace(line, action=line.action and replace(line.action, is_second=True)) for line in lines]


def part_of(event: Event) -> RunPart:
    """The part that fits the hour: now from the day's check-in on, after once it has ended."""
    if event.has_ended:
        return "after"
    return "now" if event.check_in_is_open else "before"


def _one_next(lines: list[RunLine]) -> list[RunLine]:
    """The lines with at most one main button: the first stays, the others become second."""
    first = next((line for line in lines if line.action and not line.action.is_second), None)
    return [
        replace(line, action=replace(line.action, is_second=True)) if line.action and line is not first else line
        for line in lines
    ]
