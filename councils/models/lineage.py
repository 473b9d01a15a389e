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
    """The lineage of the council of that key. No row is followed twice, so that a circle would end."""
    before: dict[int, list[TakenOver]] = defaultdict(list)
    for each in found:
        before[each.new].append(each)
    whole, all_of_them = [key], [key]
    for each in whole:  # both lists grow while they are walked
        whole += [step.old for step in before[each] if step.is_whole and step.old not in whole]
    for each in all_of_them:
        all_of_them += [step.old for step in before[each] if step.old not in all_of_them]
    return Lineage(key, tuple(whole[1:]), tuple(old for old in all_of_them if old not in whole))


def leads_to(key: int, found: Iterable[TakenOver]) -> list[int]:
    """The councils in which one that ended goes on today, whole or in parts: past those that have ended as well."""
    after: dict[int, list[int]] = defaultdict(list)
    for each in found:
        if each.has_ended:
            after[each.old].append(each.new)
    walked = [key]
    for each in walked:  # which grows while it is walked
        walked += [new for new in after[each] if new not in walked]
    return [each for each in walked[1:] if not after[each]]


def counted_with(keys: Iterable[int], found: Iterable[TakenOver]) -> set[int]:
    """These councils and all that took over from them whole, step by step: those whose pages count what these did."""
    after: dict[int, list[int]] = defaultdict(list)
    for each in found:
        if each.is_whole:
            after[each.old].append(each.new)
    walked = list(dict.fromkeys(keys))
    seen = set(walked)
    for key in walked:
        for heir in after[key]:
            if heir not in seen:
                seen.add(heir)
                walked.append(heir)
    return seen
