"""Which councils have still to return figures of the last quarter, and which are asked for none."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Value

from core import clock
from councils.models import Organisation
from councils.queries import memberships_that_write
from kpis.indicators.models import ServiceReturn
from kpis.indicators.quarters import ASKED_AFTER, FIXED_AFTER, last_day, last_ended, quarter_before
from kpis.indicators.queries import MEASURED, PROVIDED, asked_services


@dataclass(frozen=True)
class DueFigures:
    """How many services of a council are measured in the quarter that ended last, of those that are asked for.

    These are its largest, or, where it keeps no list of them, those it returned for the quarter before.
    """

    council: Organisation
    quarter: dt.date
    measured: int
    of: int
    has_list: bool


def days_since(quarter: dt.date) -> dt.timedelta:
    """How long ago a quarter ended."""
    return clock.today() - last_day(quarter)


def due_figures(councils: Iterable[Organisation]) -> list[DueFigures]:
    """Those of councils of which something that is asked for is not measured for the last quarter. One query.

    None of a council that has ended, in the first days of a quarter, or once what came in is compared: what comes
    later changes no comparison, so nobody is pressed for it.
    """
    quarter = last_ended()
    if not ASKED_AFTER <= days_since(quarter) <= FIXED_AFTER:
        return []
    by_key = {each.pk: each for each in councils if not each.has_ended}
    asked: dict[int, list[tuple[bool, bool]]] = {}
    for council, has_list, is_in in _asked_of(by_key, quarter) if by_key else ():
        asked.setdefault(council, []).append((bool(has_list), bool(is_in)))
    found = [
        DueFigures(council, quarter, sum(is_in for _, is_in in rows), len(rows), has_list=rows[0][0])
        for key, council in by_key.items()
        if (rows := asked.get(key))
    ]
    return [each for each in found if each.measured < each.of]


def _asked_of(councils: Iterable[int], quarter: dt.date) -> QuerySet[Any, tuple[int, bool, bool]]:
    """Each service that is asked of a council: its council, whether that has a list, whether it is measured."""
    standing = ServiceReturn.objects.filter(MEASURED, replaced_at=None).order_by()
    now = standing.filter(quarter=quarter, council=OuterRef("council"), service=OuterRef("service"))
    lists = asked_services().filter(council__in=councils).order_by()
    before = standing.filter(PROVIDED, quarter=quarter_before(quarter), council__in=councils)
    without = before.filter(~Exists(asked_services().filter(council=OuterRef("council"))))
    listed, returned = (
        rows.annotate(has_list=Value(has_list), is_in=Exists(now)).values_list("council", "has_list", "is_in")
        for rows, has_list in ((lists, True), (without, False))
    )
    return listed.union(returned, all=True)


def councils_asked_for_nothing() -> QuerySet[Organisation]:
    """Councils in force with people who could return figures, of which none are asked for: without a list, and with
    nothing measured for the last two quarters that ended.
    """
    latest = last_ended()
    returned = ServiceReturn.objects.filter(
        MEASURED, PROVIDED, replaced_at=None, council=OuterRef("pk"), quarter__gte=quarter_before(latest)
    )
    return (
        Organisation.objects.councils()
        .in_force()
        .filter(
            Exists(memberships_that_write().filter(organisation=OuterRef("pk"))),
            ~Exists(asked_services().filter(council=OuterRef("pk"))),
            ~Exists(returned),
        )
    )
