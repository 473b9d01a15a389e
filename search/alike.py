"""The order “councils like mine”: results of the councils most like one first, with why."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.core.cache import cache
from django.urls import reverse

from accounts.models import AnyUser
from councils.likeness import like
from councils.lists import council_named
from councils.models import Organisation
from councils.permissions import councils_of
from search.asking import SearchQuery
from search.port import Hit

REMEMBERED = 60  # seconds, of how like all councils are to one: as long as somebody looks through the pages


@dataclass(frozen=True)
class Nearness:
    """How like all councils are to one: by their keys, the share that is alike, and why in words."""

    council: Organisation
    likenesses: Mapping[int, tuple[float, str]]

    def ordered(self, hits: Iterable[Hit], owners: Mapping[str, int | None]) -> list[Hit]:
        """The hits, those of the council itself and of those most like it first, then the newest.

        `owners` are the councils whose they are, by the keys of documents. Nothing of it comes from an engine's own
        score, so that every engine gives the same order.
        """
        return sorted(hits, key=lambda hit: (-self._share(owners.get(hit.key)), -hit.day, hit.key))

    def why(self, owner: int | None) -> str:
        """Why a council's document stands where it does: Norwich: district, East of England. Empty without a reason."""
        return "" if owner is None or owner == self.council.pk else self.likenesses.get(owner, (0, ""))[1]

    def _share(self, owner: int | None) -> float:
        if owner == self.council.pk:
            return 1
        return self.likenesses.get(owner, (0, ""))[0] if owner else 0


def for_reader(asked: SearchQuery, user: AnyUser) -> SearchQuery:
    """The search; where its order wants a council and it names none, with the reader's own."""
    own = councils_of(user)
    return replace(asked, like=own[0].slug) if own and asked.sort == "alike" and not asked.like else asked


def by_alike(asked: SearchQuery, user: AnyUser) -> tuple[str, Organisation] | None:
    """The address of the same search in the order of councils like the reader's own, and that council."""
    own = councils_of(user)
    return (asked.address(sort="alike", like=own[0].slug), own[0]) if own else None


def page_of(near: Nearness, asked: SearchQuery) -> str:
    """The address of the page of the councils like this one, with the weights of the search."""
    weights = urlencode(asked.weights.query)
    return reverse("councils:alike", args=[near.council.slug]) + (f"?{weights}" if weights else "")


def nearness(asked: SearchQuery) -> Nearness | None:
    """What the order needs, of the council that the search names; None where it names none, or none that we know."""
    if not asked.like:
        return None
    named = hashlib.sha256(repr((asked.like, asked.weights)).encode()).hexdigest()
    return cache.get_or_set(f"search:near:{named}", lambda: _nearness(asked), REMEMBERED)


def _nearness(asked: SearchQuery) -> Nearness | None:
    council = council_named(asked.like)
    if council is None:
        return None
    found = like(council, weights=asked.weights)
    said = {each.council.pk: f"{each.council}: {each.in_words}" if each.reasons else "" for each in found}
    return Nearness(council, {each.council.pk: (each.share, said[each.council.pk]) for each in found})
