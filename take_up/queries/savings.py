"""What councils say that using an asset saved them building: sum, median and number of figures."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from assets_registry.models import Asset
from core import clock
from core.figures import POUNDS, Figure
from take_up.models import Adoption
from take_up.queries.take_up import live_on_record

LEAST = 5  # figures, below which a sum could tell what one council said


@dataclass(frozen=True)
class Savings:
    """The avoided costs that live councils gave: `n` figures of `of` councils; no sum of fewer than five."""

    n: int
    of: int
    as_at: dt.date
    total: Figure | None = None
    middle: Figure | None = None
    is_illustrative: bool = False


def savings(asset: Asset, adoptions: list[Adoption]) -> Savings:
    """The figures of the councils that count as live use, from adoptions that were read with their councils.

    They are each council's own, confirmed by its lead. One that has retired the asset no longer counts.
    """
    live = [each for each in live_on_record(asset, adoptions) if each.status == Adoption.Status.LIVE]
    given = [each for each in live if each.avoided_cost is not None]
    costs, today = [Decimal(each.avoided_cost or 0) for each in given], clock.today()
    if len(costs) < LEAST:
        return Savings(len(costs), len(live), today)
    return Savings(
        len(costs),
        len(live),
        today,
        total=Figure(sum(costs, Decimal(0)), unit=POUNDS, as_at=today),
        middle=Figure(median(costs), unit=POUNDS, places=0, as_at=today),
        is_illustrative=any(each.is_illustrative for each in given),
    )
