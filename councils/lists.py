"""What lists of every app are narrowed by: kinds of council, regions, services, one council by its name."""

from typing import Any

from django.db.models import Q, QuerySet

from core.filters import Facet, Pick, RowFacet
from councils.models import COUNCIL_KINDS, Organisation, Service, in_words

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


def kind_facet(label: str, path: str, **more: Any) -> Facet:
    """Kinds of council."""
    return Facet(name="kind", label=label, path=path, choices=[(k.value, k.label) for k in COUNCIL_KINDS], **more)


def region_facet(label: str, path: str, **more: Any) -> Facet:
    """English regions, and the other nations."""
    return Facet(name="region", label=label, path=path, choices=[(name, name) for name in REGIONS], **more)


def service_facet(path: str, **more: Any) -> RowFacet:
    """Services of councils."""
    return RowFacet(name="service", label="Service", path=path, rows=Service.objects.all, **more)


def councils_named(text: str) -> QuerySet[Organisation]:
    """The councils that a text means: by address, by a name, or by the full name with its kind."""
    name, _, kind = text.removesuffix(")").rpartition(" (")
    meant = Q(slug=text) | Q(name__iexact=text) | Q(official_name__iexact=text)
    if kinds := [each for each in COUNCIL_KINDS if in_words(each).lower() == kind.lower()]:
        meant |= Q(name__iexact=name, kind__in=kinds)
    return Organisation.objects.councils().filter(meant)


def council_pick(name: str, label: str, path: str) -> Pick:
    """A box for one council, whose name is suggested while one types. What councils did that it took over counts."""

    def full_name(text: str) -> str:
        councils = list(councils_named(text)[:2])
        return councils[0].full_name if len(councils) == 1 else ", ".join(council.full_name for council in councils)

    def of_council(rows: QuerySet, text: str) -> QuerySet:
        meant = councils_named(text).order_by().values("pk")
        lineage = Organisation.objects.filter(Q(pk__in=meant) | Q(successors__in=meant)).order_by().values("pk")
        return rows.filter(**{f"{path}__in": lineage})

    return Pick(name=name, label=label, named=full_name, by=of_council, source="/councils/suggest/")
