"""Blocks as the board reads them: those open for too long."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet

from projects.blocks.models import Block, BlockQuerySet


def blocks_over(day: dt.date, days: int = 30) -> list[Block]:
    """The blocks open on that day for that many days or more, the longest first.

    Each with `council_count`, its project and who can remove it; a merged block is told of by the one it went into.
    """
    before = day - dt.timedelta(days=days)
    return list(_longest_first(Block.objects.waiting_on(day).filter(open_since__lte=before)))


def blocks_with_the_board(day: dt.date) -> QuerySet[Block]:
    """The blocks open on that day that are with the board, the longest first, with who can remove each."""
    blocks = Block.objects.waiting_on(day).filter(level=Block.Level.BOARD)
    return blocks.select_related("who_can_remove").order_by("open_since", "pk")


def _longest_first(blocks: BlockQuerySet) -> QuerySet[Any]:
    read: QuerySet[Any] = blocks.with_council_counts().select_related("project", "who_can_remove")
    return read.order_by("open_since", "-council_count", "pk")
