"""Which councils have still to return figures of the last quarter."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from core import clock
from councils.models import Organisation
from kpis.indicators.models import ServiceReturn, TopService
from kpis.indicators.quarters import ASKED_AFTER, FIXED_AFTER, last_day, last_ended
from kpis.indicators.queries import MEASURED


@dataclass(frozen=True)
class DueFigures:
    """A council's list of largest services in the quarter that ended last: how many of it are measured."""

    council: Organisation
    quarter: dt.date
    measured: int
    of: int


def days_since(quarter: dt.date) -> dt.timedelta:
    """How long ago a quarter ended."""
    return clock.today() - last_day(quarter)


def due_figures(councils: Iterable[Organisation]) -> list[DueFigures]:
    """Those of councils that have a list, of which something is not measured for the last quarter. Two queries.

    None in the first days of a quarter, nor once what came in is compared.
    """
    quarter = last_ended()
    if not ASKED_AFTER <= days_since(quarter) <= FIXED_AFTER:
        return []
    by_key = {each.pk: each for each in councils}
    lists: dict[int, set[int]] = {}
    for council, service in TopService.objects.filter(council__in=by_key).order_by().values_list("council", "service"):
        lists.setdefault(council, set()).add(service)
    if not lists:
        return []
    returned: dict[int, set[int]] = {}
    rows = ServiceReturn.objects.filter(MEASURED, council__in=lists, quarter=quarter, replaced_at=None)
    for council, service in rows.order_by().values_list("council", "service"):
        returned.setdefault(council, set()).add(service)
    found = [
        DueFigures(by_key[key], quarter, len(services & returned.get(key, set())), len(services))
        for key, services in lists.items()
    ]
    return [each for each in found if each.measured < each.of]
