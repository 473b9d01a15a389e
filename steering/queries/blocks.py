"""Blocks as the board reads them: the five that weigh most, and those open for too long."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet

from projects.blocks.models import Block, BlockQuerySet


def top_blocks(day: dt.date, number: int = 5) -> list[Block]:
    """The blocks open on that day that were open for longest; of those of one day the one with more councils first.

    Each with `council_count`, its project and who can remove it; a merged block is told of by the one it went into.
    """
    return list(_longest_first(Block.objects.open_on(day))[:number])


def blocks_over(day: dt.date, days: int = 30) -> list[Block]:
    """The blocks open on that day for that many days or more, the longest first, as `top_blocks` reads them."""
    before = day - dt.timedelta(days=days)
    return list(_longest_first(Block.objects.open_on(day).filter(open_since__lte=before)))


def blocks_with_the_board(day: dt.date) -> QuerySet[Block]:
    """The blocks open on that day that are with the board, the longest first, with who can remove each."""
    blocks = Block.objects.open_on(day).filter(level=Block.Level.BOARD)
    return blocks.select_related("who_can_remove").order_by("open_since", "pk")


def _longest_first(blocks: BlockQuerySet) -> QuerySet[Any]:
    read: QuerySet[Any] = blocks.with_council_counts().select_related("project", "who_can_remove")
    return read.order_by("open_since", "-council_count", "pk")
