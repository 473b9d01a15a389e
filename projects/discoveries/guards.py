"""What apps further up have to say before step 2 of a discovery ends: they register, the step asks.

In `AppConfig.ready()` of the upper app: `guards.register(function)`. Each answers with what keeps the step from ending,
as the end of a sentence, or with nothing.
"""

from collections.abc import Callable

from projects.discoveries.models import Discovery

Guard = Callable[[Discovery], str]
_guards: list[Guard] = []


def register(guard: Guard) -> None:
    """From now on `guard` is asked too. Twice the same counts once."""
    if guard not in _guards:
        _guards.append(guard)


def why_not_yet(discovery: Discovery) -> str:
    """What the first of them says that has something to say; remembered on the record, whose page asks thrice."""
    if "_why_not_yet" not in discovery.__dict__:
        reasons = (guard(discovery) for guard in _guards)
        discovery.__dict__["_why_not_yet"] = next(filter(None, reasons), "")
    return discovery.__dict__["_why_not_yet"]
