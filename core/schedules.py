"""Periodic functions. Each app declares its own in `schedules.py`:

@every(minutes=5)
def withdraw_offers_that_ran_out() -> None: ...
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from django.utils.module_loading import autodiscover_modules

_EPOCH = dt.datetime(2000, 1, 3, tzinfo=dt.UTC)  # a Monday, so that weeks begin on one


@dataclass(frozen=True)
class Schedule:
    """One thing that runs every `period`, `offset` into it (a daily one at 7 has an offset of 7 hours)."""

    name: str
    run: Callable[[], object]
    period: dt.timedelta
    offset: dt.timedelta

    def slot(self, moment: dt.datetime) -> dt.datetime:
        """The beginning of the period that contains `moment`."""
        return moment - (moment - _EPOCH - self.offset) % self.period


SCHEDULES: dict[str, Schedule] = {}


def every(
    *, minutes: int = 0, hours: int = 0, days: int = 0, offset: dt.timedelta = dt.timedelta(0)
) -> Callable[[Callable[[], object]], Callable[[], object]]:
    """Register a function to run once in each period, on whichever worker comes first. Times are UTC."""
    period = dt.timedelta(minutes=minutes, hours=hours, days=days)

    def decorate(function: Callable[[], object]) -> Callable[[], object]:
        name = f"{function.__module__}.{function.__name__}"
        SCHEDULES[name] = Schedule(name, function, period, offset)
        return function

    return decorate


@cache
def discover() -> dict[str, Schedule]:
    """Every app's schedules, by name. Their modules are looked for once in a process."""
    autodiscover_modules("schedules")
    return SCHEDULES
