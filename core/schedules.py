"""Periodic functions. Each app declares its own in `schedules.py`:

@every(minutes=5)
def withdraw_offers_that_ran_out() -> None: ...
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

import structlog
from django.db.models import Model
from django.utils.module_loading import autodiscover_modules

log = structlog.get_logger("site.schedules")

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

_T = TypeVar("_T")


class SomeFailed(Exception):
    """Raised once all the rest is done, so that the task stands as failed and is tried again."""


def do_each(do: Callable[[_T], int | None], each: Iterable[_T]) -> int:
    """Do something with each of several, and return the sum of what that returned. One that raises stops no other.

    It is logged, and once all are done SomeFailed is raised. What is done is one transaction, or safe to do again.
    """
    done, problems = 0, []
    for one in each:
        try:
            done += do(one) or 0
        except Exception as problem:
            problems.append(problem)
            if not isinstance(problem, SomeFailed):  # which are in the log each
                log.exception("schedule_failed_at", about=_name(one), of=_name(do))
    if problems:
        raise SomeFailed(f"{len(problems)} failed, the first with {type(problems[0]).__name__}") from None
    return done


def do_all(*steps: Callable[[], int | None]) -> None:
    """Take each of several steps. One that raises stops no other, as in `do_each`."""
    do_each(lambda step: step(), steps)


def _name(thing: object) -> str:
    """What the log may say of it: no words of people."""
    if isinstance(thing, tuple):
        thing = thing[0]
    if isinstance(thing, Model):
        return f"{thing._meta.label} {thing.pk}"
    return getattr(thing, "__qualname__", type(thing).__name__)


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
