"""What councils say that using an asset saved them building: sum, median and number of figures, as last shown.

A sum of four figures could tell what one council said, and so could sums that differ by a few figures. So a sum is
shown once there are five, and another one only when five of its figures or more stood in no sum before; on every page
and for every day it is the last of these.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from assets_registry.models import Asset
from core import clock
from core.figures import POUNDS, Figure
from take_up.models import Adoption, SavingsShown
from take_up.queries.take_up import live_on


@dataclass(frozen=True)
class Savings:
    """The last sum that was shown by a day: of `n` figures of the `of` councils that used it live on `as_at`.

    Without a sum, the numbers are those of that day.
    """

    n: int
    of: int
    as_at: dt.date
    total: Figure | None = None
    middle: Figure | None = None
    is_illustrative: bool = False


def savings(asset: Asset, adoptions: Iterable[Adoption], day: dt.date | None = None) -> Savings:
    """What was shown last by a day, by default today; `adoptions` are read with their councils and earlier uses."""
    day = day or clock.today()
    shown = SavingsShown.objects.filter(asset=asset, as_at__lte=day).order_by("-as_at").first()
    if shown is None:
        given, of = figures_of(asset, adoptions, day)
        return Savings(len(given), of, day)
    costs = [Decimal(pounds) for pounds in shown.figures.values()]
    return Savings(
        shown.n,
        shown.of,
        shown.as_at,
        total=Figure(sum(costs, Decimal(0)), unit=POUNDS, as_at=shown.as_at),
        middle=Figure(median(costs), unit=POUNDS, places=0, as_at=shown.as_at),
        is_illustrative=shown.is_illustrative,
    )


def figures_of(asset: Asset, adoptions: Iterable[Adoption], day: dt.date) -> tuple[list[Adoption], int]:
    """The adoptions that count as live use on a day and say what was avoided, and how many count.

    The figures are each council's own, confirmed by its lead. One that has retired the asset no longer counts.
    """
    live = live_on(asset, adoptions, day)
    return [each for each in live if each.avoided_cost is not None], len(live)
