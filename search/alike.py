"""The order “councils like mine”: results of the councils most like one first, with why."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from django.db.models import CharField, F, IntegerField, Value
from django.db.models.functions import Cast

from accounts.models import AnyUser
from councils.likeness import Likeness, like
from councils.lists import council_named
from councils.models import Organisation
from councils.permissions import councils_of
from search.asking import SearchQuery
from search.port import Hit
from search.sources import SOURCES, numbers_of


@dataclass(frozen=True)
class Nearness:
    """How like all councils are to one, and whose the documents are that were put into order."""

    council: Organisation
    likenesses: dict[int, Likeness]
    owners: dict[str, int] = field(default_factory=dict)

    def ordered(self, hits: Iterable[Hit]) -> list[Hit]:
        """The hits, those of the council itself and of those most like it first, then the newest.

        Nothing of it comes from an engine's own score, so that every engine gives the same order.
        """
        hits = list(hits)
        self.owners.update(owners_of(hit.key for hit in hits))
        return sorted(hits, key=lambda hit: (-self._share(hit.key), -hit.day, hit.key))

    def why(self, key: str) -> str:
        """Why a document stands where it does: Norwich: district, East of England. Empty where nothing is the same."""
        owner = self.owners.get(key)
        if owner is None or owner == self.council.pk:
            return ""
        found = self.likenesses.get(owner)
        return f"{found.council}: {found.in_words}" if found and found.reasons else ""

    def _share(self, key: str) -> float:
        owner = self.owners.get(key, 0)
        if owner == self.council.pk:
            return 1
        return self.likenesses[owner].share if owner in self.likenesses else 0


def for_reader(asked: SearchQuery, user: AnyUser) -> SearchQuery:
    """The search; where its order wants a council and it names none, with the reader's own."""
    own = councils_of(user)
    return replace(asked, like=own[0].slug) if own and asked.sort == "alike" and not asked.like else asked


def by_alike(asked: SearchQuery, user: AnyUser) -> tuple[str, Organisation] | None:
    """The address of the same search in the order of councils like the reader's own, and that council."""
    own = councils_of(user)
    return (asked.address(sort="alike", like=own[0].slug), own[0]) if own else None


def nearness(asked: SearchQuery) -> Nearness | None:
    """What the order needs, of the council that the search names; None where it names none, or none that we know."""
    council = council_named(asked.like) if asked.like else None
    if council is None:
        return None
    return Nearness(council, {each.council.pk: each for each in like(council, weights=asked.weights)})


def owners_of(keys: Iterable[str]) -> dict[str, int]:
    """The key of the council whose each document is, of those that are any council's; one query for all kinds."""
    queries = [
        SOURCES[name]
        .model._base_manager.filter(pk__in=numbers, **{f"{SOURCES[name].council}__isnull": False})
        .order_by()
        .values_list(Value(name, output_field=CharField()), "pk", Cast(F(SOURCES[name].council), IntegerField()))
        for name, numbers in numbers_of(keys).items()
        if SOURCES[name].council
    ]
    if not queries:
        return {}
    return {f"{name}:{pk}": owner for name, pk, owner in queries[0].union(*queries[1:], all=True)}
