"""Printed tables of visits, taken in from their files: all or nothing, and a second time nothing."""

from dataclasses import dataclass, field
from pathlib import Path

import structlog
from django.db import transaction

from audit.operations import log_action
from core.errors import Refused
from core.words import counted, series
from councils.models import Service
from kpis.volumes.models import ServiceArea, VisitCount
from kpis.volumes.reading import PrintedRow, read_visits

log = structlog.get_logger(__name__)
TOP_20 = Path(__file__).parent / "data" / "top-20-2012.csv"
YEAR = 2012
SOURCE = "Socitm for GDS, 2012: table 1 of the background paper for the Local Government Digital Alliance, July 2013"


@dataclass
class TakenIn:
    """How many rows an import added, changed and removed, and which misprints it read."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    misprints: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        lines = [f"{self.added} added, {self.changed} changed, {self.removed} removed"]
        if self.misprints:
            lines.append(f"{counted(len(self.misprints), 'misprint')}:")
        return "\n  ".join([*lines, *self.misprints])


@transaction.atomic
def import_top20(path: Path = TOP_20, *, year: int = YEAR, source: str = SOURCE) -> TakenIn:
    """Make the visits of a year what their file says. Rows that stand as they are in it stay untouched."""
    rows = read_visits(path)
    services = _services_of(rows)
    taken_in = TakenIn(misprints=[f"{row.area}, place {row.place}: {row.misprint}" for row in rows if row.misprint])
    for words in taken_in.misprints:
        log.warning("kpis.misprint_read", file=path.name, misprint=words)
    areas = {row.area_slug: _bring_area(row, services) for row in rows}
    known = {count.position: count for count in VisitCount.objects.filter(year=year)}
    for row in rows:
        values = {
            "area_id": areas[row.area_slug].pk,
            "type": row.type,
            "visits": row.visits,
            "printed_visits": row.printed_visits,
            "printed_share": row.share,
            "source": source,
        }
        count = known.pop(row.place, None)
        if count is None:
            VisitCount.objects.create(key=f"{year}-{row.place:02}", year=year, position=row.place, **values)
            taken_in.added += 1
        elif changed := [name for name, value in values.items() if getattr(count, name) != value]:
            for name in changed:
                setattr(count, name, values[name])
            count.save(update_fields=changed)
            taken_in.changed += 1
    for count in known.values():
        count.delete()
        taken_in.removed += 1
    if taken_in.added or taken_in.changed or taken_in.removed:
        log_action("kpis.visits_imported", by=None, file=path.name, year=year)
    return taken_in


def _services_of(rows: list[PrintedRow]) -> dict[int, Service]:
    """The services that a file names, locked, so that two imports wait for each other; refuses unknown numbers."""
    numbers = {number for row in rows for number in row.services}
    found = Service.objects.select_for_update().filter(lgsl__in=numbers).order_by("pk")
    services = {service.lgsl: service for service in found}
    if strange := sorted(numbers - services.keys()):
        raise Refused(f"No service has the LGSL number {series(strange, last='or')}.")
    return services


def _bring_area(row: PrintedRow, services: dict[int, Service]) -> ServiceArea:
    """The area of a row, made where it is new, with just the services that the row names."""
    area, _ = ServiceArea.objects.get_or_create(slug=row.area_slug, defaults={"name": row.area})
    area.services.set([services[number] for number in row.services])
    return area
