"""Reads for the pages of services: their figures for one council or all, and everything else about them."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum, Window
from django.urls import reverse

from accounts.models import AnyUser
from assets_registry.permissions import visible_assets
from councils.models import Organisation, Service
from events.permissions import visible_events
from kpis.indicators.models import ServiceReturn
from kpis.indicators.quarters import last_day, quarter_before
from kpis.indicators.queries import MOST_QUARTERS, published_of, standing_returns
from kpis.indicators.worked_out import INDICATORS, flags, numbers_of
from projects.needs.permissions import visible_needs
from projects.portfolio.permissions import visible_projects
from publishing.permissions import visible_case_studies

SHOWN = 3  # of each kind of record


@dataclass(frozen=True)
class QuarterLine:
    """The figures of one quarter: the numbers behind each indicator, of how many councils, and what to know of it."""

    quarter: dt.date
    numbers: dict[str, dict[str, Any]]  # by indicator
    councils: dict[str, int]
    flags: dict[str, str]
    one: ServiceReturn | None = None  # where it is one council's

    def said(self, key: str) -> str:
        each = next(one for one in INDICATORS if one.key == key)
        return each.said(each.figure(self.numbers[key], as_at=last_day(self.quarter)))


def of_all_councils(service: Service) -> list[QuarterLine]:
    """What all councils published of a service, quarter by quarter: sums of those that have both numbers. One query."""
    sums: dict[str, Any] = {"returns": Count("pk")}
    for each in INDICATORS:
        has_both = Q(**{f"{each.over}__isnull": False, f"{each.under}__gt": 0})
        name = each.key.replace("-", "_")
        sums[f"{name}_over"] = Sum(each.over, filter=has_both)
        sums[f"{name}_under"] = Sum(each.under, filter=has_both)
        sums[f"{name}_n"] = Count("pk", filter=has_both)
    rows = published_of(service).order_by("-quarter").values("quarter").annotate(**sums)[:MOST_QUARTERS]
    return [_line_of_sums(row) for row in rows]


def _line_of_sums(row: Mapping[str, Any]) -> QuarterLine:
    numbers, councils = {}, {"": row["returns"]}
    for each in INDICATORS:
        name = each.key.replace("-", "_")
        numbers[each.key] = {each.over: row[f"{name}_over"], each.under: row[f"{name}_under"]}
        councils[each.key] = row[f"{name}_n"]
    return QuarterLine(row["quarter"], numbers, councils, {})


def of_one_council(found: list[ServiceReturn], costs: Mapping[tuple[int, dt.date], list[Any]]) -> list[QuarterLine]:
    """What stands of one council, quarter by quarter, with its flags."""
    by_quarter = {each.quarter: numbers_of(each) for each in found}
    return [
        QuarterLine(
            each.quarter,
            dict.fromkeys((one.key for one in INDICATORS), by_quarter[each.quarter]),
            {},
            flags(
                by_quarter[each.quarter],
                before=by_quarter.get(quarter_before(each.quarter)),
                costs=costs.get((each.service_id, each.quarter), ()),
            ),
            each,
        )
        for each in found
    ]


def councils_with(service: Service, user: AnyUser) -> list[Organisation]:
    """The councils of which somebody may see a return of a service, by name."""
    seen = standing_returns(user).filter(service=service).order_by().values("council")
    return list(
        Organisation.objects.filter(pk__in=seen).only(
            "name", "slug", "kind", "region", "nation", "starts_on", "ends_on"
        )
    )


@dataclass(frozen=True)
class AboutIt:
    """The records of one kind that are about a service: how many, and the first of them."""

    kind: str
    count: int
    records: list[tuple[str, str]]  # title and address
    nothing: str
    href: str


def everything_else(service: Service, user: AnyUser) -> Iterator[AboutIt]:
    """Needs, projects, events, assets and case studies about a service that somebody may see. A query each."""
    yield _about("Needs", visible_needs(user).filter(service=service), "-raised_at", "Raise the first", "/needs/new/")
    yield _about("Projects", visible_projects(user).filter(service=service), "-pk", "None is about it yet", "")
    yield _about("Events", visible_events(user).filter(services=service), "-starts_at", "None is about it yet", "")
    yield _about(
        "Assets", visible_assets(user).filter(services=service), "name", "Say what you have",
        reverse("assets_registry:register"),
    )  # fmt: skip
    studies = visible_case_studies(user).filter(service=service)
    yield _about("Case studies", studies, "-first_published_at", "Write the first", "/case-studies/new/")


def _about(kind: str, rows: QuerySet, order: str, nothing: str, href: str) -> AboutIt:
    found = list(rows.order_by(order).annotate(of_all=Window(Count("pk")))[:SHOWN])
    return AboutIt(
        kind,
        found[0].of_all if found else 0,
        [(str(each), _address(each)) for each in found],
        nothing,
        href,
    )


def _address(record: Any) -> str:
    return record.get_absolute_url() if hasattr(record, "get_absolute_url") else record.url


def services_by_area() -> QuerySet[Service]:
    """All services with their areas and how many councils have published a return of each."""
    published = Q(returns__replaced_at=None, returns__for_comparison_only=False)
    return Service.objects.prefetch_related("areas").annotate(
        measured=Count("returns__council", filter=published, distinct=True)
    )
