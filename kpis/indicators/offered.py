"""What a council has published of its services, offered to whoever writes its case study."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal

from core.figures import POUNDS
from core.months import months_after
from councils.models import Organisation, Service
from kpis.indicators.models import ServiceReturn
from kpis.indicators.permissions import published_returns
from kpis.indicators.quarters import last_day, quarter_before, quarter_in_words
from kpis.indicators.queries import MEASURED, usual_costs
from kpis.indicators.worked_out import INDICATORS, Indicator, UsualCost, flag_of, numbers_of
from publishing.interview.own_figures import LONGEST_MEASURE, OwnFigure, OwnValue

UNIT_OF_COST = f"{POUNDS} a transaction"
LOOKED_BACK = -24  # months from the latest return: what is older is no news
Returns = Mapping[dt.date, ServiceReturn]
Costs = Mapping[tuple[int, dt.date], UsualCost]


def figures_of_returns(council: Organisation, services: Collection[Service] | None, most: int) -> list[OwnFigure]:
    """Each indicator as a council published it last, beside a year before, else the quarter before. Three queries.

    What is for comparison only is not published and never offered, and what was not collected is no figure. The newest
    come first, of one quarter those with a value before.
    """
    rows = published_returns().filter(MEASURED, council=council, replaced_at=None)
    if services is not None:
        rows = rows.filter(service__in=services)
    newest = rows.order_by("-quarter").values_list("quarter", flat=True).first()
    if newest is None:
        return []
    shown = rows.filter(quarter__gte=months_after(newest, LOOKED_BACK)).select_related("service").order_by("-quarter")
    by_service = _by_service(shown)
    costs = usual_costs({row.service for row in shown}, {row.quarter for row in shown})
    found = [offer for quarters in by_service for offer in _offers(quarters, costs)]
    found.sort(key=lambda offer: (offer.after.on, offer.before is not None), reverse=True)
    return found[:most]


def _by_service(rows: Iterable[ServiceReturn]) -> list[Returns]:
    """The returns of each service by quarter, the latest first."""
    found: dict[int, dict[dt.date, ServiceReturn]] = {}
    for row in sorted(rows, key=lambda row: row.service.name):
        found.setdefault(row.service_id, {})[row.quarter] = row
    return list(found.values())


def _offers(quarters: Returns, costs: Costs) -> Iterator[OwnFigure]:
    for each in INDICATORS:
        known = {quarter: row for quarter, row in quarters.items() if each.is_known(numbers_of(row))}
        if known:
            now = known[max(known)]
            past = now.quarter.replace(year=now.quarter.year - 1), quarter_before(now.quarter)
            before = next((known[quarter] for quarter in past if quarter in known), None)
            last = quarters.get(quarter_before(now.quarter))
            numbers = numbers_of(last) if last else None
            usual = costs.get((now.service_id, now.quarter))
            yield _offer(each, now, before, flag_of(each, numbers_of(now), before=numbers, usual=usual))


def _offer(each: Indicator, now: ServiceReturn, before: ServiceReturn | None, warning: str) -> OwnFigure:
    name = f"{each.name}, {now.service.name}"
    returns = _in_words([row for row in (before, now) if row])
    is_illustrative = now.is_illustrative or (before is not None and before.is_illustrative)
    mark = "Illustrative. " if is_illustrative else ""
    return OwnFigure(
        key=f"return-{now.service_id}-{each.key}",
        name=name,
        measure=name[:LONGEST_MEASURE],
        unit=UNIT_OF_COST if each.is_money else "%",
        after=_value(each, now),
        before=_value(each, before) if before else None,
        source=f"your council’s own {returns}",
        note=f"{mark}Our own {returns}.",
        how=f"{each.how}.",
        counted_by="us",
        warning=warning,
        is_illustrative=is_illustrative,
    )


def _value(each: Indicator, row: ServiceReturn) -> OwnValue:
    numbers = numbers_of(row)
    figure = each.figure(numbers)
    assert figure is not None  # only what is known is asked for
    assert figure.value is not None
    return OwnValue(Decimal(figure.value), last_day(row.quarter), numbers[each.under])


def _in_words(rows: list[ServiceReturn]) -> str:
    """`return for July to September 2026, version 2`; of two `returns for …, version 1, and …, version 2`."""
    said = [f"{quarter_in_words(row.quarter)}, version {row.version}" for row in rows]
    return f"{'return' if len(rows) == 1 else 'returns'} for {', and '.join(said)}"
