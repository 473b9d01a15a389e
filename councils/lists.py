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


def council_named(text: str) -> Organisation | None:
    """The one council that a text means: by address, by a name, or by the full name with its kind.

    Where one has ended and another is in force by that name, it is the latter; none where it could be several.
    """
    name, _, kind = text.removesuffix(")").rpartition(" (")
    meant = Q(slug=text) | Q(name__iexact=text) | Q(official_name__iexact=text)
    if kinds := [each for each in COUNCIL_KINDS if in_words(each).lower() == kind.lower()]:
        meant |= Q(name__iexact=name, kind__in=kinds)
    found = list(Organisation.objects.councils().filter(meant)[:9])
    by_address = [council for council in found if council.slug == text]
    in_force = [council for council in found if not council.has_ended]
    best = by_address or in_force or found
    return best[0] if len(best) == 1 else None


def council_pick(name: str, label: str, path: str) -> Pick:
    """A box for one council, whose name is suggested while one types. What councils did that it took over counts."""

    def of_council(rows: QuerySet, key: str) -> QuerySet:
        return rows.filter(Q(**{path: key}) | Q(**{f"{path}__in": Organisation.objects.filter(successors=key)}))

    return Pick(name=name, label=label, named=_named, by=of_council, source="/councils/suggest/")


def _named(text: str) -> tuple[str, str] | None:
    council = council_named(text)
    return (str(council.pk), council.full_name) if council else None
