"""The queue as its page shows it: the longest wait first, each with whom it is and who has taken it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone

from accounts.models import AnyUser
from core import clock
from core.inbox import Action, Item
from core.words import counted, since
from portal.models import QueueClaim
from portal.queue.sources import SOURCES, QueueSource, rows_of, stands

MOST = 50  # of each kind; what has waited longest


@dataclass(frozen=True)
class Queue:
    """What waits, and of each kind how many."""

    lines: list[Item]
    counts: list[tuple[QueueSource, int]]
    kind: str = ""

    @property
    def total(self) -> int:
        return sum(count for _, count in self.counts)

    @property
    def is_cut(self) -> bool:
        return any(count > MOST for source, count in self.counts if self.kind in ("", source.kind))


def sources_for(user: AnyUser) -> list[QueueSource]:
    return [source for source in SOURCES if source.is_seen_by(user)]


def queue_of(user: AnyUser, kind: str = "") -> Queue:
    """The queue that somebody sees, of one kind or of all, in a fixed number of queries."""
    sources = sources_for(user)
    claims = {(each.kind, each.key): each for each in QueueClaim.objects.select_related("person") if stands(each)}
    lines, counts = [], []
    for source in sources:
        is_shown = kind in ("", source.kind)
        rows: Sequence[Any] = rows_of(source, MOST + 1) if is_shown else ()
        count = len(rows) if is_shown and len(rows) <= MOST else source.rows().count()
        counts.append((source, count))
        lines += [_line(source, row, user, claims.get((source.kind, row.pk))) for row in rows[:MOST]]
    lines.sort(key=lambda line: (line.at is None, line.at))
    return Queue(lines, counts, kind)


def _age(at: dt.datetime) -> str:
    """“for 40 days”, beside the day on which the wait began."""
    days = (clock.today() - timezone.localdate(at)).days
    return f"for {counted(days, 'day')}" if days > 0 else "today"


def _line(source: QueueSource, row: Any, user: AnyUser, claim: QueueClaim | None) -> Item:
    said = source.said(row, user)
    is_mine = claim is not None and claim.person_id == user.pk
    note = f"With {said.whose}."
    actions: tuple[Action, ...] = ()
    if claim is not None:
        note += f" {'You have' if is_mine else f'{claim.person} has'} taken it {since(claim.at)}."
    if is_mine or (claim is None and not source.is_own(row, user)):
        words, name = ("Give it back", "give_back_to_queue") if is_mine else ("I take this", "take_from_queue")
        url = reverse(name, args=[source.kind, row.pk])
        actions = (Action(words, url, is_post=True, is_second=True),)
    return Item(
        getattr(row, source.since),
        said.title,
        said.url,
        note,
        at_note=_age(getattr(row, source.since)),
        actions=actions,
        word=source.name,
        colour="violet" if claim else "grey",
        key=f"{source.kind}-{row.pk}",
    )
