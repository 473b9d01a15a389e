"""The coverage radar: which councils came to events, have needs on the register, use assets, by type and region."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils.text import slugify

from accounts.models import AnyUser
from core import clock
from councils import reach
from councils.kinds import NATIONS, REGIONS, Kind, many_in_words
from councils.models import Organisation, counted_with, take_overs
from events.inviting.queries import TYPES
from events.models import Event
from events.places.models import SignUp, was_there
from projects.models import Need, NeedSupport
from projects.needs.permissions import visible_needs
from take_up.models import Adoption

# By the name that an address asks for: what is counted, as it stands on a tab and in a sentence.
MEASURES = {
    "events": ("Events attended", "came to an event"),
    "needs": ("Needs raised", "raised or joined a need"),
    "assets": ("Assets adopted", "use an asset"),
}


def measures() -> dict[str, tuple[str, str]]:
    """All that can be counted: our own measures, and those that others registered."""
    return MEASURES | {key: (each.tab, each.words) for key, each in reach.known().items()}


_TYPE_OF = {kind: key for key, (_, kinds) in TYPES.items() for kind in kinds}
MOST_NAMED = 3
ENGLAND = NATIONS[0]  # where no region is told


@dataclass
class CoverageCell:
    """The councils of one type in one region in force on a day, and how many of them are counted."""

    kind: str
    region: str
    councils: int = 0
    counted: int = 0
    neighbours: list[Organisation] = field(default_factory=list)  # others of the region that are counted

    @property
    def key(self) -> str:
        """What names it in an address, as on the page that invites to an event."""
        return f"{self.kind}.{slugify(self.region)}"

    @property
    def words(self) -> str:
        """Districts, North East; of a nation its name alone."""
        if self.kind == "nation":
            return self.region
        many = many_in_words(TYPES[self.kind][1][0])
        return f"{many[0].upper()}{many[1:]}, {self.region}"

    @property
    def query(self) -> str:
        """The query string with which the list of councils shows these."""
        return "&".join([*(f"kind={kind.value}" for kind in TYPES[self.kind][1]), f"region={self.region}"])


@dataclass(frozen=True)
class CouncilCoverage:
    """All cells as at a day."""

    measure: str
    on: dt.date
    cells: dict[tuple[str, str], CoverageCell]
    is_illustrative: bool = False  # some of what is counted
    about: str = ""  # which rows were chosen, in a sentence
    is_by_type: bool = False  # nothing tells which councils are counted, nor in which region

    @property
    def councils(self) -> int:
        return sum(cell.councils for cell in self.cells.values())

    @property
    def counted(self) -> int:
        return sum(cell.counted for cell in self.cells.values())

    @property
    def empty(self) -> list[CoverageCell]:
        """The cells of which no council is counted, those with the most councils first."""
        none = [cell for cell in self.cells.values() if not cell.counted]
        return sorted(none, key=lambda cell: (-cell.councils, cell.words))

    @property
    def regions(self) -> list[str]:
        """The regions in which there are councils, in their usual order."""
        there = {region for _, region in self.cells}
        usual = (ENGLAND, *REGIONS)
        return [region for region in usual if region in there] + sorted(there - set(usual))

    @property
    def kinds(self) -> list[str]:
        return [kind for kind in TYPES if any(kind == each for each, _ in self.cells)]


def coverage_of_councils(measure: str, on: dt.date, user: AnyUser) -> CouncilCoverage:
    """The councils in force on a day by type and region, and which of them are counted by then. Four queries.

    A council counts with what those did that it took over whole, over any number of steps. Of adoptions only those that
    may be named count.
    """
    about = ""
    if measure in reach.known():
        found = reach.known()[measure].counted(on)
        if isinstance(found, reach.ReachedByType):
            return CouncilCoverage(
                measure, found.on, _cells_by_type(found), found.is_illustrative, found.about, is_by_type=True
            )
        rows, path, made_up, on, about = _registered(found, on)
    else:
        rows, path, made_up = _counted(measure, on, user)
    cells = cells_of(rows, path, on)
    is_made_up = bool(made_up) and rows.filter(**{made_up: True}).exists()
    return CouncilCoverage(measure, on, cells, is_made_up, about)


def cells_of(rows: QuerySet[Any], path: str, on: dt.date) -> dict[tuple[str, str], CoverageCell]:
    """The councils in force on a day by type and region, and which of them the rows name at `path`. Three queries."""
    counted = counted_with(rows.order_by().values_list(path, flat=True).distinct(), take_overs(on))
    councils = Organisation.objects.in_force(on).councils()
    cells: dict[tuple[str, str], CoverageCell] = {}
    done: dict[str, list[Organisation]] = defaultdict(list)
    for council in councils.only("name", "slug", "kind", "region", "nation").order_by("name", "pk"):
        kind, region = _TYPE_OF[Kind(council.kind)], council.region or council.nation
        cell = cells.setdefault((kind, region), CoverageCell(kind, region))
        cell.councils += 1
        if council.pk in counted:
            cell.counted += 1
            done[region].append(council)
    for cell in cells.values():
        if not cell.counted:
            cell.neighbours = done[cell.region][:MOST_NAMED]
    return cells


def _cells_by_type(found: reach.ReachedByType) -> dict[tuple[str, str], CoverageCell]:
    """The cells of what is known by type alone: of England as a whole, and of each other nation."""
    cells = {}
    for kind, nation, councils, counted in found.lines:
        if councils:
            cells[_TYPE_OF[kind], nation] = CoverageCell(_TYPE_OF[kind], nation, councils, counted)
    return cells


def _registered(found: reach.ReachedCouncils | None, on: dt.date) -> tuple[QuerySet[Any], str, str, dt.date, str]:
    """What another app counts, on the day that it says; nothing where it holds nothing by then."""
    if found is None:
        return Organisation.objects.none(), "pk", "", on, "Nothing is held by that day."
    return found.rows, found.council, "", found.on, found.about


def _counted(measure: str, on: dt.date, user: AnyUser) -> tuple[QuerySet[Any], str, str]:
    """The rows that are counted by that day, the name of their council, and the lookup that says they are made up."""
    evening = dt.datetime.combine(on + dt.timedelta(days=1), dt.time.min, clock.LONDON)
    if measure == "events":
        came = SignUp.objects.filter(was_there(), event__in=Event.objects.held(), event__starts_at__lt=evening)
        return came, "organisation", "event__is_illustrative"
    if measure == "needs":
        needs = visible_needs(user).exclude(state=Need.State.WITHDRAWN)
        joined = NeedSupport.objects.filter(joined_at__lt=evening, need__in=needs)
        return joined, "council", "need__is_illustrative"
    live = Adoption.objects.filter(
        status=Adoption.Status.LIVE, confirmed_at__isnull=False, since__lte=on, may_be_listed=True
    )
    return live, "council", "is_illustrative"
