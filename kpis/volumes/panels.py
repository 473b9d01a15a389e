"""On a service's page, how often people came to council websites for its area."""

from typing import Any

from core.panels import Panel
from core.words import series, spelled
from councils.models import Service
from kpis.volumes.models import VisitCount
from kpis.volumes.operations import YEAR
from kpis.volumes.queries import VisitGroup, visits_of

# What people came for, by type of visit.
FOR = {
    VisitCount.Type.APPLICATION: "applications",
    VisitCount.Type.PAYMENT: "payments",
    VisitCount.Type.RENEW: "renewals and reservations",
    VisitCount.Type.REPORT: "problems",
    VisitCount.Type.BOOKING: "bookings",
    VisitCount.Type.REQUEST: "requests",
    VisitCount.Type.VIEW: "applications looked at",
}


def visits_of_service(service: Service, user: Any) -> Panel | None:
    """The visits about the areas that a service belongs to; None where it is in none of the top 20."""
    areas = {area.pk for area in service.areas.all()}
    if not areas:
        return None
    found = visits_of(YEAR)
    counts = [count for count in found.counts if count.area_id in areas]
    if not counts:
        return None
    group = VisitGroup(series(sorted({count.area.name.lower() for count in counts})), counts)
    return Panel(
        "kpis/volumes/panel_service.html",
        {
            "visits": f"{group.visits:,}",
            "about": group.words,
            "share": found.share(group.visits).with_unit,
            "base": found.base_words,
            "rows": _rows_in_words(counts),
            "source": found.source,
        },
        place="side",
    )


def _rows_in_words(counts: list[VisitCount]) -> str:
    """`Three rows of the top 20: two for applications (3,274,403 and 1,411,112) and one for problems (966,728).`"""
    by_type: dict[str, list[int]] = {}
    for count in counts:
        by_type.setdefault(count.type, []).append(count.visits)
    parts = [
        f"{spelled(len(visits))} for {FOR[VisitCount.Type(kind)]} ({series(f'{number:,}' for number in visits)})"
        for kind, visits in by_type.items()
    ]
    rows = "row" if len(counts) == 1 else "rows"
    return f"{spelled(len(counts)).capitalize()} {rows} of the top 20: {series(parts)}."
