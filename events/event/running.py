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

Part = Literal["before", "now", "after"]
PARTS: tuple[Part, ...] = get_args(Part)


@dataclass(frozen=True)
class RunLine:
    """One line: its state in words and the next action."""

    name: str
    words: str
    action: Action | None = None
    about: str = ""
    url: str = ""


RunFunction = Callable[[Event, AnyUser], Iterable[RunLine]]
_functions: dict[Part, list[RunFunction]] = defaultdict(list)


def register(part: Part, *functions: RunFunction) -> None:
    """Add the lines of these functions to a part, after those that stand there; again has no effect."""
    _functions[part] += [function for function in functions if function not in _functions[part]]


def lines_of(part: Part, event: Event, user: AnyUser) -> list[RunLine]:
    """The lines of one part for whoever runs the event; at most one of their buttons is the main one."""
    if event.state == Event.State.CANCELLED:
        return []
    return _one_next([line for function in _functions[part] for line in function(event, user)])


def part_of(event: Event) -> Part:
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
