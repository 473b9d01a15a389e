"""Hooks with which apps further up stop or accompany an operation of a lower app.

The lower app declares a `Guards`, such as `events.guards.CANCEL_EVENT`, and asks it. In `AppConfig.ready()` of the
upper app: `CANCEL_EVENT.register(function)`.
"""

from collections.abc import Callable
from typing import Any


class Guards:
    """The functions to call before one operation. Each may raise Refused, act on what follows, or return a value."""

    def __init__(self) -> None:
        self._functions: list[Callable[..., Any]] = []

    def register(self, function: Callable[..., Any]) -> None:
        """Add `function`; registering it again has no effect."""
        if function not in self._functions:
            self._functions.append(function)

    def ask(self, record: Any, **more: Any) -> list[Any]:
        """What each function returns, in the order of registration."""
        return [function(record, **more) for function in self._functions]
