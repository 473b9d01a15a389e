"""Reads shaped for the case studies' and the news' pages."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Case, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, TruncDate
from wagtail.models import Page, PageLogEntry

from accounts.models import AnyUser
from core.numbers import whole_number
from councils.models import COUNCIL_KINDS, Kind, Organisation, Service
from publishing.evidence import WORDS, with_evidence, with_replication
from publishing.models import CaseStudyPage, NewsPage
from publishing.permissions import visible_case_studies, visible_news

REGIONS = (
    "East Midlands",
    "East of England",
    "London",
    "North East",
    "North West",
    "South East",
    "South West",
    "West Midlands",
    "Yorkshire and The Humber",
    "Scotland",
    "Wales",
    "Northern Ireland",
)
# The day a case study is filed under: when it happened, or else when it was published.
_DAY = Coalesce("happened_on", TruncDate("first_published_at"))
KINDS = [(kind.value, kind.label) for kind in COUNCIL_KINDS]
# What a line of a list says of a case study, its evidence included.
_OF_A_LINE = (
    "title", "url_path", "first_published_at", "summary", "happened_on", "source", "is_illustrative",
    "measure", "before", "before_unit", "before_n", "before_on", "after", "after_unit", "after_n", "after_on",
    "checked_by", "council__name", "council__kind", "checker_organisation__name", "service__name",
)  # fmt: skip


@dataclass(frozen=True)
class Filters:
    """What a reader asked the list for; nonsense counts as not asked."""

    q: str = ""
    council: str = ""
    service: str = ""
    kind: str = ""
    region: str = ""
    evidence: int | None = None
    year: int | None = None

    @classmethod
    def read(cls, query: Mapping[str, str]) -> "Filters":
        kind, region = query.get("kind", ""), query.get("region", "")
        evidence, year = query.get("evidence", ""), query.get("year", "")
        return cls(
            q=query.get("q", "").replace("\0", "").strip()[:100],
            council=_slug(query.get("council", "")),
            service=_slug(query.get("service", "")),
            kind=kind if kind in Kind.values else "",
            region=region if region in REGIONS else "",
            evidence=number if (number := whole_number(evidence)) in WORDS else None,
            year=whole_number(year, least=1901, most=9999),
        )

    def __str__(self) -> str:
        asked = {
            "q": self.q,
            "council": self.council,
            "service": self.service,
            "council type": self.kind,
            "region": self.region,
            "evidence": "" if self.evidence is None else str(self.evidence),
            "year": str(self.year or ""),
        }
        return "; ".join(f"{name}: {value}" for name, value in asked.items() if value) or "none"


def _slug(text: str) -> str:
    return text if text.replace("-", "").isalnum() and text.isascii() else ""


def case_studies(user: AnyUser, filters: Filters) -> QuerySet[CaseStudyPage]:
    """Public case studies that are not withdrawn, the latest first, with council, service and evidence."""
    pages = visible_case_studies(user).filter(withdrawn_on=None)
    pages = with_replication(pages) if filters.evidence is None else with_evidence(pages)
    if filters.q:
        for word in filters.q.split()[:6]:
            pages = pages.filter(
                Q(title__icontains=word)
                | Q(summary__icontains=word)
                | Q(problem__icontains=word)
                | Q(what_we_did__icontains=word)
                | Q(council__name__icontains=word)
            )
    if filters.council:
        named = Q(slug=filters.council) | Q(successors__slug=filters.council)
        pages = pages.filter(council__in=Organisation.objects.filter(named).order_by().values("pk"))
    if filters.service:
        pages = pages.filter(service__slug=filters.service)
    if filters.kind:
        pages = pages.filter(council__kind=filters.kind)
    if filters.region:
        pages = pages.filter(Q(council__region=filters.region) | Q(council__nation=filters.region))
    if filters.evidence is not None:
        pages = pages.filter(evidence=filters.evidence)
    pages = pages.annotate(day=_DAY)
    if filters.year:
        pages = pages.filter(day__year=filters.year)
    return pages.select_related("council", "checker_organisation", "service").order_by(
        F("day").desc(nulls_last=True), "-pk"
    )


def services_with_case_studies() -> QuerySet[Service]:
    return Service.objects.filter(case_studies__live=True, case_studies__withdrawn_on=None).distinct()


def whole_case_studies() -> QuerySet[CaseStudyPage]:
    """Case studies with everything their template shows, at one query and one for their benefits."""
    pages = with_replication(
        CaseStudyPage.objects.select_related(
            "council", "checker_organisation", "service", "project", "asset", "picture"
        )
    )
    return pages.prefetch_related("benefits")


def lines_of(pages: QuerySet[CaseStudyPage]) -> QuerySet[CaseStudyPage]:
    """The same pages, with no more of each than a line of a list says."""
    return pages.select_related("council", "checker_organisation", "service").only(*_OF_A_LINE)


def case_studies_of(council: Organisation, user: AnyUser) -> QuerySet[CaseStudyPage]:
    """A council's own first, then those of the councils that it succeeded (`council` says whose each was)."""
    is_own = Case(When(council=council, then=Value(0)), default=Value(1))
    theirs = visible_case_studies(user).filter(council__in=council.lineage, withdrawn_on=None)
    return with_replication(theirs).annotate(day=_DAY).order_by(is_own, "-day", "-pk")


def news(user: AnyUser) -> QuerySet[NewsPage]:
    return visible_news(user).order_by("-published_on", "-pk")


def taken_down(page: Page) -> PageLogEntry | None:
    """When a page was last taken off the site, and by whom; by nobody where its time was over."""
    entries = PageLogEntry.objects.filter(page=page.pk, action__startswith="wagtail.unpublish")
    return entries.select_related("user").order_by("-timestamp").first()
