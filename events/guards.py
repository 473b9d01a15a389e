"""What apps further up have to say before an event or an arrival is undone: they register, the operations ask.

In `AppConfig.ready()` of the upper app: `guards.register(guards.CANCEL_EVENT, function)`. Each is called in the
operation's transaction with the event's row locked; it raises Refused to stop the deed, or does what follows from it.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from accounts.models import User

CANCEL_EVENT = "cancel an event"  # called with the event
UNDO_CHECK_IN = "undo a check-in"  # called with the place

_guards: dict[str, list[Callable[..., None]]] = defaultdict(list)


def register(deed: str, guard: Callable[..., None]) -> None:
    """From now on `guard(record, by=…)` is asked before that deed. Twice the same counts once."""
    if guard not in _guards[deed]:
        _guards[deed].append(guard)


def ask(deed: str, record: Any, *, by: User) -> None:
    for guard in _guards[deed]:
        guard(record, by=by)
