"""How many councils have a need, and of which tiers."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count

from councils.models import Kind
from projects.models import Need, NeedSupport

# In two-tier areas counties and districts share the work; every other council does all of it.
TIER_WORDS = {"county": ("county", "counties"), "district": ("district", "districts")}
SINGLE_TIER_WORDS = ("single-tier council", "single-tier councils")


def tier_of(kind: str) -> str:
    return kind if kind in {Kind.COUNTY, Kind.DISTRICT} else "single"


@dataclass(frozen=True)
class Reach:
    """Distinct councils by tier, in words: 17 councils, 3 tiers."""

    by_tier: Counter[str] = field(default_factory=Counter)

    @property
    def councils(self) -> int:
        return sum(self.by_tier.values())

    @property
    def tiers(self) -> int:
        return len([tier for tier, n in self.by_tier.items() if n])

    @property
    def in_words(self) -> str:
        """4 counties, 10 districts, 3 single-tier councils."""
        parts = []
        for tier in ("county", "district", "single"):
            if n := self.by_tier[tier]:
                one, many = TIER_WORDS.get(tier, SINGLE_TIER_WORDS)
                parts.append(f"{n:,} {one if n == 1 else many}")
        return ", ".join(parts)

    def __str__(self) -> str:
        if self.councils <= 1:
            return f"{self.councils} council{'' if self.councils else 's'}"
        return f"{self.councils:,} councils, {self.tiers} tier{'' if self.tiers == 1 else 's'}"


def reach_of(needs: Iterable[Need]) -> dict[int, Reach]:
    """Each need's reach, by key, in one query."""
    keys = [need.pk for need in needs]
    found = {key: Reach() for key in keys}
    rows = (
        NeedSupport.objects.filter(need__in=keys)
        .order_by()
        .values_list("need_id", "council__kind")
        .annotate(n=Count("council", distinct=True))
    )
    for key, kind, n in rows:
        found[key].by_tier[tier_of(kind)] += n
    return found
