"""The page of the coverage radar and of invitations, and its file."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from core.tables import Table
from core.words import counted, day_in_words, one_or_many
from design_system import charts
from events.event.models import Event
from events.inviting.queries import TYPES, Cell, Scope, cells_of, invitations_of, regions_of, scopes_of

MOST_SHOWN = 200


class Radar:
    """What the page shows: the days that are counted, their cells, and the cell whose councils are listed."""

    def __init__(self, event: Event, asked: Mapping[str, str]) -> None:
        self.event, self.scopes = event, scopes_of(event)
        self.scope: Scope = self.scopes.get(asked.get("of", "")) or next(iter(self.scopes.values()))
        self.cells = cells_of(event, self.scope)
        by_key = {cell.key: cell for cell in self.cells}
        self.cell: Cell | None = by_key.get(asked.get("cell", "")) or next(iter(self.cells), None)

    @property
    def chart(self) -> charts.Chart:
        """The matrix of region and type: how many councils have come; a dash where there are none."""
        came = {(cell.region, cell.kind): cell.came for cell in self.cells}
        kinds = [kind for kind in TYPES if any(cell.kind == kind for cell in self.cells)]
        return charts.matrix(
            "radar",
            [TYPES[kind][0] for kind in kinds],
            [(region, [came.get((region, kind)) for kind in kinds]) for region in regions_of(self.cells)],
            title=f"Councils that have come to days of {self.scope.words}",
            of="Region",
        )

    @property
    def lede(self) -> str:
        """How many councils have come to how many days, with the base and the day on which it is counted."""
        came, councils = sum(cell.came for cell in self.cells), sum(cell.councils for cell in self.cells)
        has = one_or_many(came, "has", "have")
        base = f"{came:,} of {counted(councils, 'council')} in force on {day_in_words(self.event.starts_at)} {has} come"
        return f"{base} to the {counted(self.scope.held, 'day')} held so far of {self.scope.words}."


def invite_page(radar: Radar) -> dict[str, Any]:
    """The radar and who is invited, as context."""
    invited = list(invitations_of(radar.event)[:MOST_SHOWN])
    signed_up = sum(one.has_signed_up for one in invited)
    return {
        "event": radar.event,
        "radar": radar,
        "chart": radar.chart,
        "empty": [cell for cell in radar.cells if not cell.came],
        "others": [cell for cell in radar.cells if cell.came],
        "invited": invited,
        "invited_words": f"{counted(len(invited), 'invitation')}, {signed_up:,} signed up.",
    }


def radar_table(radar: Radar) -> Table:
    """The cells of the radar as a file."""
    return Table(
        name=f"coverage-{radar.event.slug}",
        title=radar.chart.title,
        columns=["Type", "Region", "Councils", "Have come", "Days counted", "In force on"],
        rows=[
            [
                TYPES[cell.kind][0],
                cell.region,
                cell.councils,
                cell.came,
                radar.scope.held,
                timezone.localdate(radar.event.starts_at),
            ]
            for cell in radar.cells
        ],
    )
