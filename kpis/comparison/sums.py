"""With whom a council is compared, and the middle of the others. Plain values: no queries.

A figure that is for comparison only may be in a median, never beside a name. What makes that true against whoever
subtracts: such figures enter eleven at a time, into groups that nobody can change, as they stood on one day; and every
page but those of councils that publish has the very same others. So two councils whose figures are for comparison only
could change places, and no page would say anything else.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from core.figures import PERCENT, POUNDS, Figure
from councils.models import Organisation
from kpis.indicators.models import ServiceReturn
from kpis.indicators.quarters import FIXED_AFTER, last_day
from kpis.indicators.worked_out import Indicator, numbers_of

LEAST = 10  # others in all; and of those that are for comparison only
LEAST_UNSEEN = LEAST + 1  # for comparison only, so that each of their councils has ten others


def fixed_on(quarter: dt.date) -> dt.date:
    """The day as at which councils of a kind are compared: later returns and corrections change nothing."""
    return last_day(quarter) + FIXED_AFTER


def usual_quarter(quarters: Iterable[dt.date], publish: Mapping[dt.date, int]) -> dt.date | None:
    """The first of quarters that enough councils publish, else the first; None where there is none.

    Until ten councils have published a quarter, the one before says more.
    """
    asked = list(quarters)
    return next((each for each in asked if publish.get(each, 0) >= LEAST), next(iter(asked), None))


@dataclass(frozen=True)
class ComparedCouncil:
    """What a council returned of a service and a quarter: as it stood when its group was fixed, and as it stands today.

    `counted` is None where nothing stood then, or that day is to come.
    """

    council: Organisation
    counted: ServiceReturn | None
    today: ServiceReturn
    was_ever_published: bool

    @property
    def kind(self) -> str:
        """What the council was when it returned what counts: a correction of the directory moves no figure since."""
        return (self.counted or self.today).council_kind

    @property
    def is_open(self) -> bool:
        """Published when the group was fixed, and still: shown with its council's name."""
        return self.counted is not None and not (self.counted.for_comparison_only or self.today.for_comparison_only)

    @property
    def is_secret(self) -> bool:
        """For comparison only, and never published in any version."""
        return self.counted is not None and not self.was_ever_published


def value_of(one: ServiceReturn | None, indicator: Indicator) -> Decimal | None:
    figure = indicator.figure(numbers_of(one)) if one else None
    return figure.value if figure else None


def as_figure(value: Decimal, indicator: Indicator, *, as_at: dt.date | None = None) -> Figure:
    """A value of an indicator that was worked out before."""
    unit, places = (POUNDS, 2) if indicator.is_money else (PERCENT, 1)
    return Figure(value, unit=unit, places=places, as_at=as_at)


@dataclass(frozen=True)
class OthersMiddle:
    """One indicator of the others: the returns that publish it, how many more are in the median unseen, the median."""

    indicator: Indicator
    published: Sequence[tuple[ServiceReturn, Decimal]]  # by the council's name
    unseen: int
    median: Figure | None  # None where it is withheld
    as_at: dt.date

    @property
    def others(self) -> int:
        return len(self.published) + self.unseen


def middle_of_others(
    group: Iterable[ComparedCouncil],
    indicator: Indicator,
    council: Organisation,
    *,
    fixed: dt.date,
    today: dt.date,
) -> OthersMiddle:
    """One indicator of all in a group but the council that is compared, which is left out only where all can see it.

    Of what is for comparison only all counts or none: where eleven councils have a figure that was never published, all
    are as at the day on which the group was fixed, and a correction since changes nothing.
    Were such a figure left out on its own council's page, that page and any other, subtracted, would name it. Else what
    is published today counts, which everybody can see anyway.
    """
    everybody = list(group)
    counted = [(each, value) for each in everybody if (value := value_of(each.counted, indicator)) is not None]
    published, unseen, as_at = [], [], today
    if sum(each.is_secret for each, _ in counted) >= LEAST_UNSEEN:
        as_at = fixed
        published = [(each.counted, value) for each, value in counted if each.counted and each.is_open]
        unseen = [value for each, value in counted if not each.is_open]
    else:
        seen = [each.today for each in everybody if not each.today.for_comparison_only]
        published = [(each, value) for each in seen if (value := value_of(each, indicator)) is not None]
    others = [(each, value) for each, value in published if each.council_id != council.pk]
    values = [value for _, value in others] + unseen
    middle = as_figure(median(values), indicator, as_at=as_at) if len(values) >= LEAST else None
    others.sort(key=lambda one: (one[0].council.name, one[0].council_id))
    return OthersMiddle(indicator, others, len(unseen), middle, as_at)
