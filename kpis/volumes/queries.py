"""The visits of a year with the base of their shares, and the same summed by area or by type."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from core.figures import PERCENT, Figure, Share
from kpis.volumes.models import VisitCount
from kpis.volumes.reading import misprint_in

SAID_BY_SOCITM = 388_000_000  # web visits in all, by Socitm's own count of 2012


@dataclass(frozen=True)
class VisitGroup:
    """Some rows summed, under the words that they share."""

    words: str
    counts: list[VisitCount]

    @property
    def visits(self) -> int:
        return sum(count.visits for count in self.counts)


@dataclass(frozen=True)
class Visits:
    """The rows of a year in the order of the source, and what they are a share of."""

    counts: list[VisitCount]

    @property
    def total(self) -> int:
        return sum(count.visits for count in self.counts)

    @property
    def printed_share(self) -> Decimal:
        """The shares as printed, added up: 18.68."""
        return sum((count.printed_share for count in self.counts), Decimal())

    @property
    def base(self) -> int:
        """How many visits to council websites the source must have counted: its total divided by its shares."""
        if not self.printed_share:
            return 0
        return int((100 * self.total / self.printed_share).quantize(Decimal(1), ROUND_HALF_UP))

    @property
    def whole_share(self) -> Figure:
        """The shares as printed, added up, as they are said: 18.68%."""
        return Figure(self.printed_share, unit=PERCENT, places=2, source=self.source)

    @property
    def base_words(self) -> str:
        """The base as it is said: about 378 million."""
        return f"about {self.base / 1_000_000:,.0f} million"

    @property
    def source(self) -> str:
        return self.counts[0].source if self.counts else ""

    def share(self, visits: int) -> Share:
        """So many visits as a share of all, to two decimals as the source has them."""
        return Share(visits, self.base, "web visits", places=2, source=self.source)

    def by_area(self) -> list[VisitGroup]:
        return self._grouped(lambda count: count.area.name)

    def by_type(self) -> list[VisitGroup]:
        return self._grouped(lambda count: count.get_type_display())

    def _grouped(self, words: Callable[[VisitCount], str]) -> list[VisitGroup]:
        """The rows under each of the words, the most visits first."""
        found: dict[str, list[VisitCount]] = {}
        for count in self.counts:
            found.setdefault(words(count), []).append(count)
        groups = [VisitGroup(said, counts) for said, counts in found.items()]
        return sorted(groups, key=lambda group: -group.visits)


def visits_of(year: int) -> Visits:
    """All rows of a year, in one query."""
    return Visits(list(VisitCount.objects.filter(year=year).select_related("area")))


def misprints(counts: Iterable[VisitCount]) -> dict[int, str]:
    """What the page says below a number that the source misprints, by the row's key."""
    return {count.pk: words for count in counts if (words := misprint_in(count.printed_visits, count.visits))}
