"""Reads of returns for the pages of services and councils."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from operator import and_, or_
from statistics import median
from typing import Any

from django.db.models import Count, F, FloatField, OuterRef, Q, QuerySet, Subquery, Window
from django.db.models.functions import Cast, RowNumber

from accounts.models import AnyUser
from core.words import counted
from councils.kinds import ENGLISH_KINDS, KINDS_OF_TIER, provided
from councils.models import Organisation, Service
from kpis.indicators.models import MOST_TOP, ServiceReturn, TopService
from kpis.indicators.permissions import can_see_all_returns, published_returns, visible_returns
from kpis.indicators.quarters import quarter_before
from kpis.indicators.worked_out import COST, INDICATORS, Indicator, UsualCost, flags, is_measured, numbers_of


def _known(each: Indicator, prefix: str) -> Q:
    """Of rows what `Indicator.is_known` says of the numbers of one."""
    return Q(**{f"{prefix}{each.over}__isnull": False, f"{prefix}{each.under}__gt": 0})


def all_four(prefix: str = "") -> Q:
    """That all four can be worked out, as `has_all_four` says of the numbers of one row."""
    return reduce(and_, (_known(each, prefix) for each in INDICATORS))


# At least one of the four can be worked out, as `is_measured` says of the numbers of one row.
MEASURED = reduce(or_, (_known(each, "") for each in INDICATORS))
MOST_QUARTERS = 12  # on a page


def standing_returns(user: AnyUser) -> QuerySet[ServiceReturn]:
    """The versions that stand, of those that somebody may see."""
    return visible_returns(user).filter(replaced_at=None)


def service_of(service: Service, council: Organisation) -> str:
    """The address of a service's page with the figures of a council."""
    return f"{service.get_absolute_url()}?council={council.slug}"


def services_of(council: Organisation) -> QuerySet[Service]:
    """The services that councils of its kind provide."""
    if council.kind not in ENGLISH_KINDS:
        return Service.objects.all()
    return Service.objects.filter(providing_tier__in=[t for t, kinds in KINDS_OF_TIER.items() if council.kind in kinds])


# What councils of a kind provide, of rows with a council and a service. Figures are asked for nothing else.
PROVIDED = provided("council__kind", "service__providing_tier")


def asked_services() -> QuerySet[TopService]:
    """The services that councils are asked for: of their lists, those that councils of their kind provide."""
    return TopService.objects.filter(PROVIDED)


def top_of(council: Organisation) -> list[Service]:
    """The services that a council says it has most of and is asked for, the largest first."""
    chosen = asked_services().filter(council=council).select_related("service").order_by("position")
    return [each.service for each in chosen]


def returned_last(council: Organisation) -> list[Service]:
    """The services of a council's latest returns, the most used first: what its list may begin with. One query."""
    standing = ServiceReturn.objects.filter(council=council, replaced_at=None)
    latest = standing.order_by("-quarter").values("quarter")[:1]
    rows = standing.filter(MEASURED, PROVIDED, quarter=latest).select_related("service")
    return [each.service for each in rows.order_by(F("completed").desc(nulls_last=True), "service__name")[:MOST_TOP]]


def history(service: Service, council: Organisation, user: AnyUser) -> list[ServiceReturn]:
    """What stands of a council and a service, the latest quarter first, as far as somebody may see it."""
    found = standing_returns(user).filter(service=service, council=council).select_related("council", "service")
    return list(found.order_by("-quarter")[:MOST_QUARTERS])


def published_of(service: Service) -> QuerySet[ServiceReturn]:
    """What is published and stands of a service."""
    return published_returns().filter(service=service, replaced_at=None)


def usual_costs(services: Collection[Service], quarters: Collection[dt.date]) -> dict[tuple[int, dt.date], UsualCost]:
    """What the published returns of services cost per transaction, by the service's key and the quarter. One query.

    Of each it reads the one or two in the middle, however many councils return it.
    """
    rows = published_returns().filter(
        service__in=services, quarter__in=quarters, replaced_at=None, cost__isnull=False, completed__gt=0
    )
    alike = [F("service"), F("quarter")]
    each = Cast("cost", FloatField()) / Cast("completed", FloatField())
    placed = rows.order_by().annotate(
        of=Window(Count("pk"), partition_by=alike),
        place=Window(RowNumber(), partition_by=alike, order_by=each.asc()),
        past=F("place") * 2 - F("of"),  # 0 and 2 are the two in the middle, 1 is the middle
    )
    found: dict[tuple[int, dt.date, int], list[Decimal]] = {}
    in_the_middle = placed.filter(past__gte=0, past__lte=2)
    for service, quarter, of, cost, completed in in_the_middle.values_list(
        "service", "quarter", "of", "cost", "completed"
    ):
        figure = COST.figure({"cost": cost, "completed": completed})
        if figure and figure.value is not None:
            found.setdefault((service, quarter, of), []).append(figure.value)
    return {(service, quarter): UsualCost(median(two), of) for (service, quarter, of), two in found.items()}


@dataclass(frozen=True)
class TopLine:
    """One service of a council's list: its latest return, and what is to be known of it."""

    service: Service
    latest: ServiceReturn | None
    flags: dict[str, str]

    @property
    def numbers(self) -> dict[str, Any]:
        return numbers_of(self.latest) if self.latest else {}

    @property
    def is_measured(self) -> bool:
        return is_measured(self.numbers)


def top_lines(council: Organisation, user: AnyUser) -> list[TopLine]:
    """A council's list with the latest return of each service that somebody may see. Three queries."""
    found = latest_two_of_top(council, user)
    newest = {two[0].quarter for _, two in found if two}
    costs = usual_costs([service for service, two in found if two], newest) if newest else {}
    lines = []
    for service, two in found:
        now = two[0] if two else None
        said = {}
        if now:
            was = next((each for each in two[1:] if each.quarter == quarter_before(now.quarter)), None)
            usual = costs.get((service.pk, now.quarter))
            said = flags(numbers_of(now), before=numbers_of(was) if was else None, usual=usual)
        lines.append(TopLine(service, now, said))
    return lines


def latest_two_of_top(council: Organisation, user: AnyUser) -> list[tuple[Service, list[ServiceReturn]]]:
    """A council's list, with the last two returns of each service that somebody may see. Two queries."""
    services = top_of(council)
    place = Window(RowNumber(), partition_by="service", order_by=F("quarter").desc())
    rows = standing_returns(user).filter(council=council, service__in=services).annotate(place=place)
    two: dict[int, list[ServiceReturn]] = {}
    for row in rows.filter(place__lte=2).select_related("council", "service").order_by("service", "-quarter"):
        two.setdefault(row.service_id, []).append(row)
    return [(service, two.get(service.pk, [])) for service in services]


def latest_of_top(council: Organisation, user: AnyUser) -> list[ServiceReturn]:
    """The latest return of each service of a council's list that somebody may see, the largest service first.

    Each says as `of_top` how many services the list has. One query.
    """
    top = asked_services().filter(council=council).order_by()
    place = Window(RowNumber(), partition_by="service", order_by=F("quarter").desc())
    rows = (
        standing_returns(user)
        .filter(council=council, service__in=top.values("service"))
        .annotate(
            place=place,
            position=Subquery(top.filter(service=OuterRef("service")).values("position")),
            of_top=Subquery(top.values("council").annotate(n=Count("pk")).values("n")),
        )
    )
    return list(rows.filter(place=1).select_related("council", "service").order_by("position"))


def measured_of_top(council: Organisation, user: AnyUser) -> tuple[int, int]:
    """How many of a council's list are measured, as its dashboard counts them, and how many it has. Two queries."""
    rows: list[Any] = latest_of_top(council, user)
    of_top = rows[0].of_top if rows else asked_services().filter(council=council).count()
    return sum(is_measured(numbers_of(each)) for each in rows), of_top


def top_in_words(council: Organisation, user: AnyUser, *, measured: int, of: int) -> str:
    """`7 of its top 20 services are measured`; to whoever sees only what is published, of how many figures are."""
    said = f"{measured or 'none'} of its top {counted(of, 'service')}"
    if can_see_all_returns(user, council):
        return f"{said[0].upper()}{said[1:]} {'is' if measured == 1 else 'are'} measured"
    return f"Figures of {said} are published"


def versions_of(service: Service, council: Organisation, quarter: dt.date, user: AnyUser) -> list[ServiceReturn]:
    """All versions of a return, the newest first; none where the one that stands is not for this reader."""
    found = visible_returns(user).filter(service=service, council=council, quarter=quarter)
    rows = list(found.select_related("council", "service", "returned_by").order_by("-version"))
    return rows if any(each.replaced_at is None for each in rows) else []
