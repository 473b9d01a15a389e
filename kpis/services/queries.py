"""Reads for the pages of services: their figures for one council or all, and everything else about them."""

from dataclasses import dataclass

from django.db.models import Count, F, OuterRef, QuerySet, Subquery, Value, Window
from django.db.models.functions import Coalesce, RowNumber
from django.urls import reverse

from accounts.models import AnyUser
from assets_registry.permissions import visible_assets
from core.origin import Origin
from councils.models import Organisation, Service
from events.permissions import visible_events
from kpis.indicators.models import ServiceReturn
from kpis.indicators.permissions import published_returns
from kpis.indicators.quarters import quarter_before
from kpis.indicators.queries import MEASURED, standing_returns
from kpis.indicators.worked_out import INDICATORS, flags, numbers_of
from kpis.services.published import PublishedFigures, QuarterLine
from projects.needs.permissions import visible_needs
from projects.portfolio.permissions import visible_projects
from publishing.permissions import visible_case_studies

SHOWN = 3  # of each kind of record


def of_one_council(found: list[ServiceReturn], published: PublishedFigures) -> list[QuarterLine]:
    """What stands of one council, quarter by quarter, with its flags."""
    by_quarter = {each.quarter: numbers_of(each) for each in found}
    return [
        QuarterLine(
            each.quarter,
            dict.fromkeys((one.key for one in INDICATORS), by_quarter[each.quarter]),
            {one.key: int(one.is_known(by_quarter[each.quarter])) for one in INDICATORS},
            flags(
                by_quarter[each.quarter],
                before=by_quarter.get(quarter_before(each.quarter)),
                usual=published.usual_cost(each.quarter),
            ),
            publish=1,
            origins=(Origin(each.source, each.is_illustrative),),
            one=each,
        )
        for each in found
    ]


def councils_with(service: Service, user: AnyUser) -> list[Organisation]:
    """The councils of which somebody may see figures of a service, by name."""
    seen = standing_returns(user).filter(MEASURED, service=service).order_by().values("council")
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


def everything_else(service: Service, user: AnyUser) -> list[AboutIt]:
    """Needs, projects, events, assets and case studies about a service that somebody may see. One query."""
    assets, new_asset = visible_assets(user).filter(services=service), reverse("assets_registry:register")
    events = visible_events(user).filter(services=service)
    studies = visible_case_studies(user).filter(service=service, withdrawn_on=None)
    kinds = [
        AboutKind("Needs", visible_needs(user).filter(service=service), "raised_at", "Raise the first", "/needs/new/"),
        AboutKind("Projects", visible_projects(user).filter(service=service), "pk", "None is about it yet"),
        AboutKind("Events", events, "starts_at", "None is about it yet"),
        AboutKind("Assets", assets, "published_at", "Say what you have", new_asset, title="name"),
        AboutKind(
            "Case studies", studies, "first_published_at", "Write the first", "/case-studies/new/", at="url_path"
        ),
    ]
    first, *others = (each.rows(place) for place, each in enumerate(kinds))
    found: dict[int, list[tuple[str, str]]] = {}
    counts: dict[int, int] = {}
    for place, _, count, title, at in sorted(first.union(*others, all=True)):
        counts[place] = count
        found.setdefault(place, []).append(kinds[place].read(title, at))
    return [
        AboutIt(each.kind, counts.get(place, 0), found.get(place, []), each.nothing, each.href)
        for place, each in enumerate(kinds)
    ]


@dataclass(frozen=True)
class AboutKind:
    """One kind of record about a service: its rows, which come first, and which columns name and place one."""

    kind: str
    about_it: QuerySet
    latest: str
    nothing: str
    href: str = ""
    title: str = "title"
    at: str = "slug"

    def rows(self, place: int) -> QuerySet:
        """Place of the kind and of the record, how many there are, title and address; of the first records."""
        nth = Window(RowNumber(), order_by=F(self.latest).desc(nulls_last=True))
        rows = self.about_it.order_by().annotate(place=Value(place), of_all=Window(Count("pk")), nth=nth)
        return rows.filter(nth__lte=SHOWN).values_list("place", "nth", "of_all", self.title, self.at)

    def read(self, title: str, at: str) -> tuple[str, str]:
        """What a record is called and where it stands, as it says itself."""
        record = self.about_it.model(**{self.title: title, self.at: at})
        return str(record), record.get_absolute_url()


def services_with_councils() -> QuerySet[Service]:
    """All services with how many councils have published a return of each."""
    published = published_returns().filter(MEASURED, replaced_at=None, service=OuterRef("pk")).order_by()
    councils = published.values("service").annotate(n=Count("council", distinct=True)).values("n")
    return Service.objects.annotate(measured=Coalesce(Subquery(councils), 0))
