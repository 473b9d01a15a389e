"""What apps further up have to say before something is done: they register, whoever does it asks.

The app that does it names a `Guards` of its own, such as `events.guards.CANCEL_EVENT`. In `AppConfig.ready()` of the
upper app: `CANCEL_EVENT.register(function)`.
"""

from collections.abc import Callable
from typing import Any


class Guards:
    """The functions to ask before one action. Each raises Refused to stop it, does what follows from it, or answers."""

    def __init__(self) -> None:
        self._functions: list[Callable[..., Any]] = []

    def register(self, function: Callable[..., Any]) -> None:
        """From now on `function` is asked too. Twice the same counts once."""
        if function not in self._functions:
            self._functions.append(function)

    def ask(self, record: Any, **more: Any) -> list[Any]:
        """What each of them answers, in the order in which they registered."""
        return [function(record, **more) for function in self._functions]
