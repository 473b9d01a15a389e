"""Filters for the lists of every app (kind of council, region, service, one council), and the list of councils."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from core import clock
from core.filters import Day, Facet, Pick, RowFacet, Words, day_of
from core.listing import Line, Listing, ListQuery, Nothing, Sort
from core.words import day_in_words
from councils.kinds import COUNCIL_CHOICES, NATIONS, REGIONS
from councils.models import Organisation, Service, lineage_of
from councils.permissions import visible_organisations
from councils.queries import council_named, found_by_name


def kind_facet(label: str, path: str, **more: Any) -> Facet:
    """A facet of kinds of council."""
    return Facet(name="kind", label=label, path=path, choices=COUNCIL_CHOICES, **more)


def region_facet(label: str, path: str, **more: Any) -> Facet:
    """A facet of English regions and the other nations."""
    return Facet(name="region", label=label, path=path, choices=[(name, name) for name in REGIONS], **more)


def service_facet(path: str, **more: Any) -> RowFacet:
    """A facet of council services."""
    return RowFacet(name="service", label="Service", path=path, rows=Service.objects.all, **more)


def council_pick(name: str, label: str, path: str) -> Pick:
    """A box for one council, with suggestions; it also finds records of the councils that one took over whole."""

    def of_council(rows: QuerySet, key: str) -> QuerySet:
        return rows.filter(**{f"{path}__in": lineage_of(int(key))})

    return Pick(name=name, label=label, named=_named, by=of_council, source="/councils/suggest/")


def _named(text: str) -> tuple[str, str] | None:
    council = council_named(text)
    return (str(council.pk), council.full_name) if council else None


def _rows(user: Any, asked: ListQuery) -> QuerySet[Organisation]:
    """The councils in force."""
    found = visible_organisations(user).councils()
    # A search for a name may mean a council that has ended.
    if "as_at" in asked.chosen or "q" not in asked.chosen:
        found = found.in_force(day_of(asked.value("as_at")))
    return found


def _as_at(asked: ListQuery) -> str:
    if "q" in asked.chosen and "as_at" not in asked.chosen:
        return " with this name, now or earlier"
    return f" in force on {day_in_words(day_of(asked.value('as_at')) or clock.today())}"


def _cells(organisations: list[Organisation]) -> Iterable[tuple[object, ...]]:
    for each in organisations:
        yield (
            each.name,
            each.official_name,
            each.get_kind_display(),
            each.nation,
            each.region,
            each.gss_code,
            each.code,
            each.county.name if each.county else "",
            each.starts_on,
            each.ends_on,
            "; ".join(successor.name for successor in each.successors.all()),
        )


COUNCILS = Listing(
    name="councils",
    title="Councils",
    noun=("council", "councils"),
    rows=_rows,
    fields=(
        Words(label="Name", hint="A former name finds the council too", find=found_by_name),
        kind_facet("Kind", "kind"),
        region_facet("Region or nation", "region"),
        Facet(name="nation", label="Nation", path="nation", choices=[(name, name) for name in NATIONS]),
        Day(name="as_at", label="As at", hint="Councils in force on that day"),
    ),
    sorts=(Sort("name", "By name", lambda rows: rows.order_by("name", "pk")),),
    lines=lambda organisations, user: (
        Line(
            title=each.name,
            url=each.get_absolute_url(),
            facts=(
                each.get_kind_display(),
                each.place,
                f"until {day_in_words(each.ends_on)}" if each.has_ended else "",
            ),
        )
        for each in organisations
    ),
    columns=(
        "Name", "Official name", "Kind", "Nation", "Region", "GSS code", "Code", "County", "First day", "Last day",
        "Successors",
    ),
    cells=_cells,
    of_a_line=lambda rows: rows.only("name", "slug", "kind", "nation", "region", "ends_on"),
    of_a_file=lambda rows: rows.select_related("county").prefetch_related("successors"),
    as_at=_as_at,
    nothing=Nothing(
        "No council found", "Try a part of the name. A former name works too.", "Show all councils", "/councils/"
    ),
    size=25,
)  # fmt: skip
