"""The list of services."""

from collections.abc import Iterable
from typing import Any

from core.filters import Facet, RowFacet, Words
from core.listing import Line, Listing, Nothing, Sort
from core.words import counted, series
from councils.kinds import Tier
from kpis.services.queries import services_with_councils
from kpis.volumes.models import ServiceArea


def _lines(services: list[Any], user: Any) -> Iterable[Line]:
    for each in services:
        publish = counted(each.measured, "council publishes figures", "councils publish figures")
        yield Line(
            title=each.name,
            url=each.get_absolute_url(),
            facts=(
                f"LGSL {each.lgsl}",
                Tier(each.providing_tier).label,
                publish if each.measured else "No figures published yet",
            ),
        )


def _cells(services: list[Any]) -> Iterable[list[object]]:
    for each in services:
        areas = series(area.name for area in each.areas.all())
        yield [each.name, each.lgsl, Tier(each.providing_tier).label, areas, each.measured]


SERVICES = Listing(
    name="services",
    title="Services, and how many councils publish figures of each",
    noun=("service", "services"),
    rows=lambda user, asked: services_with_councils(),
    fields=(
        Words(label="Name", columns=("name",)),
        RowFacet(name="area", label="Area", path="areas", rows=ServiceArea.objects.all, is_many=True),
        Facet(name="tier", label="Provided by", path="providing_tier", choices=Tier.choices),
    ),
    sorts=(
        Sort("name", "From A to Z", lambda rows: rows.order_by("name", "pk")),
        Sort("figures", "Most councils first", lambda rows: rows.order_by("-measured", "name", "pk")),
    ),
    of_a_file=lambda rows: rows.prefetch_related("areas"),
    lines=_lines,
    columns=("Service", "LGSL", "Provided by", "Areas", "Councils that publish"),
    cells=_cells,
    nothing=Nothing("No services yet", "They come from the Local Government Services List."),
    no_match=Nothing("No service matches", "Use fewer filters, or another word.", "Show all services", "/services/"),
    is_timeless=True,
)
