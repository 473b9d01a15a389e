"""The hash chain over the audit trail: each link's digest covers its lines and the digest of the link before.

Whoever changes, removes or inserts a line past the triggers, as the owner of the table can, would have to make every
later link anew, and the last digest of a day, which is mailed out, would no longer stand in the chain.
"""

import datetime as dt
import hashlib
import json
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Q

from audit.models import AuditEvent, ChainLink
from core import clock
from core.words import counted, moment_in_words

_COLUMNS = ("pk", "at", "by_id", "action", "about_kind", "about_key", "about", "details", "request_id")
GAPS_OF_A_QUERY = 100
LINES_OF_A_BATCH, LINKS_OF_A_BATCH = 10_000, 500
LATE_FOR = dt.timedelta(days=1)  # no transaction is open for longer
Ranges = list[list[int]]  # pairs of the first and the last key


@dataclass(frozen=True)
class BrokenLink:
    """A link that no longer agrees with the trail, with what is wrong."""

    link: ChainLink
    words: str

    def __str__(self) -> str:
        return f"Link {self.link.pk}, made on {moment_in_words(self.link.made_at)}: {self.words}"


def lines_after(key: int, *, most: int) -> list[tuple[Any, ...]]:
    """The next lines after that key, in the order of their keys, as the digest takes them."""
    return list(AuditEvent.objects.filter(pk__gt=key).order_by("pk").values_list(*_COLUMNS)[:most])


def lines_of_keys(keys: Iterable[int]) -> list[tuple[Any, ...]]:
    """Lines of these keys, in the order of their keys."""
    return list(AuditEvent.objects.filter(pk__in=list(keys)).order_by("pk").values_list(*_COLUMNS))


def digest_of(previous: str, lines: Iterable[tuple[Any, ...]]) -> str:
    """The SHA-256, in hexadecimal, of the digest before and of each line as sorted JSON with its moment in UTC."""
    sum_of = hashlib.sha256(previous.encode())
    for line in lines:
        sum_of.update(json.dumps(line, cls=_Exact, sort_keys=True, ensure_ascii=False).encode())
        sum_of.update(b"\n")
    return sum_of.hexdigest()


class _Exact(DjangoJSONEncoder):
    """Moments to the microsecond, which Django's own encoder cuts to thousandths."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if hasattr(o, "isoformat") else super().default(o)


def gaps_in(keys: Iterable[int], *, after: int) -> Ranges:
    """Ranges of the keys between `after` and the last of `keys`, sorted, that are missing among them."""
    gaps, before = [], after
    for key in keys:
        if key > before + 1:
            gaps.append([before + 1, key - 1])
        before = key
    return gaps


def came_late(links: Iterable[ChainLink]) -> list[int]:
    """Keys of lines in the gaps of these links that no link covers: they were committed after it was made."""
    found: set[int] = set()
    gaps = [Q(pk__range=gap) for link in links for gap in link.gaps]
    for start in range(0, len(gaps), GAPS_OF_A_QUERY):
        in_a_gap = reduce(or_, gaps[start : start + GAPS_OF_A_QUERY])
        found |= set(AuditEvent.objects.filter(in_a_gap).values_list("pk", flat=True))
    if not found:
        return []
    taken = {key for late in ChainLink.objects.exclude(late=[]).values_list("late", flat=True) for key in late}
    return sorted(found - taken)


def faults() -> Iterator[BrokenLink]:
    """Every link that does not agree with the lines as they are or with the link before, in order.

    Lines in a link's gaps are of a later link, which lists them, or wait for one; `strays` says which waited too long.
    """
    previous, reached = "", 0
    for links in _batches():
        lines = {line[0]: line for line in _lines_of(links)}
        keys = sorted(lines)
        for link in links:
            if link.previous != previous or link.after != reached:
                yield BrokenLink(link, "it does not follow the link before it.")
            own = keys[bisect_right(keys, link.after) : bisect_right(keys, link.up_to)]
            of_link = [lines[key] for key in own if not _is_in(link.gaps, key)]
            of_link += [lines[key] for key in link.late if key in lines]
            if digest_of(link.previous, of_link) != link.digest:
                yield BrokenLink(
                    link,
                    f"its lines, {link.after + 1} to {link.up_to}, are not as they were: "
                    f"{counted(link.lines, 'line')} then, {len(of_link)} now.",
                )
            previous, reached = link.digest, link.up_to


def strays() -> list[int]:
    """Keys of lines that no link covers though a later one has been covered for more than a day."""
    return came_late(ChainLink.objects.filter(made_at__lt=clock.now() - LATE_FOR).exclude(gaps=[]))


def _batches() -> Iterator[list[ChainLink]]:
    """The links in order, as many at a time as have some ten thousand lines."""
    links: list[ChainLink] = []
    for link in ChainLink.objects.order_by("pk").iterator():
        links.append(link)
        if sum(each.lines for each in links) >= LINES_OF_A_BATCH or len(links) >= LINKS_OF_A_BATCH:
            yield links
            links = []
    if links:
        yield links


def _lines_of(links: list[ChainLink]) -> list[tuple[Any, ...]]:
    """The lines in the reach of these links, and those that came late into them."""
    late = [key for link in links for key in link.late]
    reach = Q(pk__gt=min(link.after for link in links), pk__lte=max(link.up_to for link in links))
    return list(AuditEvent.objects.filter(reach | Q(pk__in=late)).order_by("pk").values_list(*_COLUMNS))


def _is_in(gaps: Ranges, key: int) -> bool:
    return any(first <= key <= last for first, last in gaps)


def head() -> ChainLink | None:
    """The last link."""
    return ChainLink.objects.order_by("pk").last()
