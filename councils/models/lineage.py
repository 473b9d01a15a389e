"""Which councils a council took over from, and whether each of them whole or only a part of it.

A council that ended went over whole where it has one successor, or to the successor that carries on its work by a
recorded reorganisation; every other successor took over a part. What a council did that was taken over whole is told
and counted with its successor's, under the name of whoever did it. Where only a part of a council was taken over, the
successor's page gives its name, and nothing that it did is counted with the successor's.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class TakenOver:
    """That a council (`new`) takes over from another (`old`), by their keys."""

    old: int
    new: int
    is_whole: bool
    has_ended: bool  # the old one has: before, the new one has taken over nothing yet


@dataclass(frozen=True)
class Lineage:
    """The keys of a council, of those it took over whole, and of those it took over a part of, over any steps.

    A part of a part is a part, and so is what belonged wholly to a council of which a part was taken over.
    """

    council: int
    whole: tuple[int, ...] = ()
    part: tuple[int, ...] = ()

    @property
    def counted(self) -> tuple[int, ...]:
        """The council itself and those whose doings are counted with its own."""
        return (self.council, *self.whole)


def taken_over(pairs: Iterable[tuple[int, int, int | None, dt.date | None]], *, as_at: dt.date) -> list[TakenOver]:
    """From the keys of an old council, a new one, whoever carries on the old one's work, and the old one's last day."""
    rows = list(pairs)
    heirs: dict[int, int] = defaultdict(int)
    for old, *_ in rows:
        heirs[old] += 1
    return [
        TakenOver(old, new, heirs[old] == 1 or carries_on == new, ends_on is not None and ends_on < as_at)
        for old, new, carries_on, ends_on in rows
    ]


def lineage_among(key: int, found: Iterable[TakenOver]) -> Lineage:
    """The lineage of the council of that key."""
    steps = list(found)
    whole = _walked([key], ((each.new, each.old) for each in steps if each.is_whole))
    all_of_them = _walked([key], ((each.new, each.old) for each in steps))
    return Lineage(key, tuple(whole[1:]), tuple(old for old in all_of_them if old not in whole))


def leads_to(key: int, found: Iterable[TakenOver]) -> list[int]:
    """The councils in which one that ended goes on today, whole or in parts: past those that have ended as well."""
    steps = [(each.old, each.new) for each in found if each.has_ended]
    ended = {old for old, _ in steps}
    return [each for each in _walked([key], steps)[1:] if each not in ended]


def counted_with(keys: Iterable[int], found: Iterable[TakenOver]) -> set[int]:
    """These councils and all that took over from them whole, step by step: those whose pages count what these did."""
    return set(_walked(keys, ((each.old, each.new) for each in found if each.is_whole)))


def _walked(keys: Iterable[int], steps: Iterable[tuple[int, int]]) -> list[int]:
    """These keys and all that steps (from, to) lead to, the nearest first, each once, so that a circle ends too."""
    after: dict[int, list[int]] = defaultdict(list)
    for one, next_one in steps:
        after[one].append(next_one)
    found = dict.fromkeys(keys)
    queue = list(found)
    for key in queue:  # which grows while it is walked
        for other in after[key]:
            if other not in found:
                found[other] = None
                queue.append(other)
    return queue
