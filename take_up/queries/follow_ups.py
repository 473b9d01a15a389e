"""What became of a promise 6, 12 and 24 months after its launch or its claim."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from core import clock
from core.months import months_after
from take_up.models import FOLLOW_UPS, Benefit, Measurement, state_of


@dataclass(frozen=True)
class PromiseFollowUp:
    """Whether a promise was kept so many months on, by the last checked measurement that is nearest to that day."""

    months: int
    day: dt.date
    state: str
    measured: Measurement | None = None

    @property
    def label(self) -> str:
        return f"After {self.months} months"

    @property
    def state_words(self) -> str:
        return Benefit.State(self.state).label

    @property
    def is_asked(self) -> bool:
        """Whether its day has come and nothing was measured for it."""
        return self.measured is None and self.day <= clock.today()


def follow_ups(promise: Benefit, measurements: Iterable[Measurement]) -> list[PromiseFollowUp]:
    """The follow-ups of a promise. Each measurement counts for the one that is nearest to its day, once checked."""
    begins, found = promise.followed_from, []
    tests_it = (each for each in measurements if each.is_checked and promise.is_tested_by(each))
    checked = sorted(tests_it, key=lambda each: each.measured_on)
    for months, (after, until) in zip(FOLLOW_UPS, _spans(begins), strict=True):
        day = months_after(begins, months)
        mine = [each for each in checked if after < each.measured_on <= until]
        measured = mine[-1] if mine else None
        found.append(PromiseFollowUp(months, day, _state(promise, measured, day), measured))
    return found


def _state(promise: Benefit, measured: Measurement | None, day: dt.date) -> str:
    if measured is not None:
        return state_of(promise, measured, day)
    return Benefit.State.NOT_CHECKED if day <= clock.today() else Benefit.State.NOT_YET


def _spans(begins: dt.date) -> Sequence[tuple[dt.date, dt.date]]:
    """For each follow-up the days whose measurements are nearest to it: after the first, until the second."""
    halves = [months_after(begins, (first + second) // 2) for first, second in pairwise(FOLLOW_UPS)]
    return list(pairwise([dt.date.min, *halves, dt.date.max]))
