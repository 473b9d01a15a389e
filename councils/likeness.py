"""How like two councils are: by type, region, systems, population band and rurality, each with a weight and its words.

The one function of likeness: the profile, “can my council use this?” and the order of search ask it. What is not known
of either council weighs nothing for or against.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from functools import cache
from itertools import pairwise

from django.db.models import Q, QuerySet

from core.filters import not_understood
from core.numbers import whole_number
from core.words import series
from councils.kinds import in_words
from councils.models import CouncilFigures, Organisation, System

MOST_WEIGHT = 5
# The band of a population is the first that is larger.
BANDS = (50_000, 100_000, 200_000, 300_000, 500_000)
_SHOWN = ("name", "official_name", "slug", "kind", "nation", "region", "starts_on", "ends_on")  # of each council
PREFIX = "weigh_"  # before the name of an aspect, in an address


@dataclass(frozen=True)
class Weights:
    """How much each aspect counts, from 0 to MOST_WEIGHT."""

    type: int = 3
    region: int = 3
    systems: int = 3
    population: int = 1
    rurality: int = 1

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> tuple["Weights", list[str]]:
        """The weights that an address holds, those that it does not as they are by default; and what means nothing."""
        given, strange = {}, []
        for name in ASPECTS:
            text = query.get(PREFIX + name, "")
            number = whole_number(text, most=MOST_WEIGHT) if text else None
            if text and number is None:
                strange.append(not_understood(f"weight of {ASPECTS[name].lower()}", text))
            elif number is not None:
                given[name] = number
        return cls(**given), strange

    @property
    def query(self) -> dict[str, str]:
        """What an address holds of them: those that are not as by default."""
        return {PREFIX + name: str(value) for name, value in asdict(self).items() if value != getattr(DEFAULT, name)}


ASPECTS = {
    "type": "Type of council",
    "region": "Region",
    "systems": "Systems",
    "population": "Population band",
    "rurality": "Rurality",
}
DEFAULT = Weights()


@dataclass(frozen=True)
class Likeness:
    """How like one council is to another: points of those possible, and why in words."""

    council: Organisation
    reasons: tuple[str, ...] = ()
    points: int = 0
    possible: int = 0
    same_systems: tuple[System, ...] = ()  # those of the other council that are ours too

    @property
    def is_alike(self) -> bool:
        """Whether more than half of what is known and counts is the same."""
        return 2 * self.points > self.possible

    @property
    def in_words(self) -> str:
        """district, South West, same system for household waste collection"""
        return ", ".join(self.reasons)

    @property
    def share(self) -> float:
        return self.points / self.possible if self.possible else 0

    @property
    def _order(self) -> tuple[float, int, str, int]:
        return (-self.share, -len(self.same_systems), self.council.name, self.council.pk)


@dataclass(frozen=True)
class Known:
    """What is known of councils apart from their own rows: by the council's key."""

    systems: Mapping[int, list[System]] = field(default_factory=dict)
    figures: Mapping[int, CouncilFigures] = field(default_factory=dict)

    def aspects(self, council: Organisation) -> dict[str, str]:
        """The aspects of a council that either are the same as another's or not, without those not known."""
        figures = self.figures.get(council.pk)
        known = {
            "type": _kind(council.kind),
            "region": council.place,
            "population": band_of(figures.population) if figures else "",
            "rurality": figures.rurality if figures else "",
        }
        return {name: words for name, words in known.items() if words}


@dataclass(frozen=True)
class _Ours:
    """What is known of the council that others are compared with."""

    aspects: Mapping[str, str]
    products: set[str]


def like(
    council: Organisation,
    others: Iterable[Organisation] | None = None,
    weights: Weights = DEFAULT,
    *,
    known: Known | None = None,
) -> list[Likeness]:
    """How like each of `others` is to a council, the most alike first; by default of all councils in force.

    Two queries however many they are, and none more where `others` are given and `known` was read before.
    """
    if others is None:
        others = list(_in_force_and_itself(council))
        if known is None:
            known = Known(_systems_beside(council), _figures_read_with(others))
    compared = [each for each in others if each.pk != council.pk]
    known = known_beside(council) if known is None else known
    ours = _Ours(known.aspects(council), {each.product_key for each in known.systems.get(council.pk, ())})
    weight = {name: getattr(weights, name) for name in ASPECTS}
    return sorted((_likeness(ours, each, known, weight) for each in compared), key=lambda each: each._order)


def _in_force_and_itself(council: Organisation) -> QuerySet[Organisation]:
    """All councils in force but those that one took over, and itself whether in force or not, with their figures."""
    found = Organisation.objects.councils().in_force() | Organisation.objects.filter(pk=council.pk)
    found = found.exclude(pk__in=[key for key in council.lineage if key != council.pk])
    of_figures = (f"figures__{name}" for name in ("council", "population", "rurality"))
    return found.select_related("figures").only(*_SHOWN, *of_figures)


def aspects_of(council: Organisation) -> dict[str, str]:
    """What is known of a council, by aspect, in words; an aspect of which nothing is known is left out."""
    known = known_beside(council)
    systems = series(dict.fromkeys(each.product for each in known.systems.get(council.pk, ())))
    return known.aspects(council) | ({"systems": systems} if systems else {})


_kind = cache(in_words)  # asked of every council


def band_of(population: int | None) -> str:
    """The band of a population in words; empty where it is not known."""
    if population is None:
        return ""
    if population < BANDS[0]:
        return f"fewer than {BANDS[0]:,} people"
    for low, high in pairwise(BANDS):
        if population < high:
            return f"{low:,} to {high - 1:,} people"
    return f"{BANDS[-1]:,} people or more"


def known_beside(council: Organisation, others: Iterable[Organisation] | None = None) -> Known:
    """What a council runs with who else runs it, and the figures of all councils, in two queries.

    Where `others` were read with their figures, it is one query, and one more where any of them has figures.
    """
    systems = _systems_beside(council)
    if others is None:
        return Known(systems, {each.council_id: each for each in CouncilFigures.objects.order_by()})
    figures = _figures_read_with(others)
    if figures and hasattr(council, "figures"):
        figures[council.pk] = council.figures
    return Known(systems, figures)


def _figures_read_with(councils: Iterable[Organisation]) -> dict[int, CouncilFigures]:
    """The figures of councils that were read with them, by the key of each that has some."""
    return {each.pk: each.figures for each in councils if hasattr(each, "figures")}


def _systems_beside(council: Organisation) -> Mapping[int, list[System]]:
    """What a council runs and who else runs it, by the key of each council. One query."""
    ours = System.objects.standing().filter(council=council)
    found = System.objects.standing().filter(Q(council=council) | Q(product_key__in=ours.values("product_key")))
    systems: dict[int, list[System]] = defaultdict(list)
    for system in found.select_related("service").order_by("product", "pk"):
        systems[system.council_id].append(system)
    return systems


def _likeness(ours: _Ours, other: Organisation, known: Known, weight: Mapping[str, int]) -> Likeness:
    theirs = known.aspects(other)
    both = [name for name in ours.aspects if name in theirs]
    shared = tuple(each for each in known.systems.get(other.pk, ()) if each.product_key in ours.products)
    reasons = {name: theirs[name] for name in both if ours.aspects[name] == theirs[name]}
    if shared:
        reasons["systems"] = _same(shared)
    return Likeness(
        other,
        tuple(reasons[name] for name in ASPECTS if name in reasons and weight[name]),
        sum(weight[name] for name in reasons),
        sum(weight[name] for name in both) + (weight["systems"] if ours.products else 0),
        shared,
    )


def _same(systems: Iterable[System]) -> str:
    """same system for household waste collection"""
    purposes = list(dict.fromkeys(_within(each.purpose) for each in systems))
    if len(purposes) > 2:
        return f"{len(purposes)} of the same systems"
    return f"same {'system' if len(purposes) == 1 else 'systems'} for {series(purposes)}"


def _within(words: str) -> str:
    """Words as within a sentence: household waste collection, but SEND and Blue Badge stay."""
    first, *others = words.split(" ")
    is_name = not first.istitle() or any(each[:1].isupper() for each in others)
    return words if is_name else words[:1].lower() + words[1:]
