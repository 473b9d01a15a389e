"""How many councils have a need, of which tiers, and of how many."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count

from core import clock
from core.figures import Share
from core.history import and_since, counted_on
from core.words import counted, day_in_words
from councils.kinds import ENGLISH_KINDS, KINDS_OF_TIER, Kind, Tier, provides
from councils.models import Organisation
from councils.queries import base_for
from projects.needs.models import Need, NeedSupport

# In two-tier areas counties and districts share the work; every other council does all of it.
TIER_WORDS = {
    "county": ("county", "counties"),
    "district": ("district", "districts"),
    "single": ("single-tier council", "single-tier councils"),
}


def tier_of(kind: str) -> str:
    return kind if kind in {Kind.COUNTY, Kind.DISTRICT} else "single"


@dataclass(frozen=True)
class Reach:
    """Distinct councils by kind, in words: 17 councils, 3 tiers. Only those that provide the service are in it."""

    by_kind: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, supports: Iterable[Any]) -> "Reach":
        """The reach of supports annotated with `counts`."""
        return cls(Counter(support.council.kind for support in supports if support.counts))

    @property
    def councils(self) -> int:
        return sum(self.by_kind.values())

    @property
    def in_england(self) -> int:
        """How many of them are in England, as the whole base is."""
        return sum(self.by_kind[kind] for kind in ENGLISH_KINDS)

    @property
    def tiers(self) -> int:
        return len({tier_of(kind) for kind, n in self.by_kind.items() if n})

    @property
    def in_words(self) -> str:
        """4 counties, 10 districts, 3 single-tier councils."""
        by_tier: Counter[str] = Counter()
        for kind in ENGLISH_KINDS:
            by_tier[tier_of(kind)] += self.by_kind[kind]
        parts = [counted(by_tier[tier], *words) for tier, words in TIER_WORDS.items() if by_tier[tier]]
        if outside := self.councils - self.in_england:
            parts.append(f"{counted(outside, 'council')} outside England")
        return ", ".join(parts)

    def __str__(self) -> str:
        councils = counted(self.councils, "council")
        return f"{councils}, {counted(self.tiers, 'tier')}" if self.councils > 1 else councils


def reach_of(needs: Iterable[Need]) -> dict[int, Reach]:
    """Each need's reach, by key, in one query."""
    keys = [need.pk for need in needs]
    found = {key: Reach() for key in keys}
    rows = NeedSupport.objects.that_count().filter(need__in=keys).order_by()
    for key, kind, n in rows.values_list("need_id", "council__kind").annotate(n=Count("pk")):
        found[key].by_kind[kind] += n
    return found


def share_of(need: Need, supports: list[NeedSupport]) -> Share:
    """How many councils in England have it, of those that provide it: 17 of 317 councils in England have this need.

    As at today; a need that is history is counted on the last day of the record, and those that joined since are
    named beside it.
    """
    provide, have, day = "provide this", "have this need", counted_on(need.raised_at)
    if day != clock.today():
        since = Reach.of(each for each in supports if each.joined_at >= clock.HISTORY_ENDS).councils
        provide, have = "provided this", f"had this need on {day_in_words(day)}{and_since(since)}"
        supports = [each for each in supports if each.joined_at < clock.HISTORY_ENDS]
    those = "councils in England" if need.tier == Tier.ALL else f"councils in England that {provide}"
    return Share(Reach.of(supports).in_england, base_for(need.tier, day), f"{those} {have}", as_at=day)


def not_counted(councils: Iterable[Organisation], need: Need, share: Share) -> list[str]:
    """Why these councils would have the need without being counted: a sentence or two for each that would."""
    reasons = [why for council in councils if (why := why_not_counted(council, need))]
    return [f"{why} It is not counted among the {share.counts}." for why in reasons]


def why_not_counted(council: Organisation, need: Need) -> str:
    """Why a council that has a need is not counted, as a sentence; empty for one that is."""
    if council.has_ended:
        return f"{council} ended on {day_in_words(council.ends_on)}."
    if provides(council.kind, need.tier):
        return ""
    others = "districts" if Kind.DISTRICT in KINDS_OF_TIER[need.tier] else "counties"
    return f"{council} is a {council.kind_in_words}: {others} provide this."
