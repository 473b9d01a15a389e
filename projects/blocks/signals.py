"""What open blocks say about how their projects stand."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from core import clock
from core.words import counted
from projects.blocks.models import Block
from projects.portfolio.models import Project
from projects.portfolio.suggestion import AMBER, RED, Signal

RED_AFTER = Block.CLOCKS[Block.Level.BOARD]  # days open


def blocks_of(projects: Sequence[Project], day: dt.date | None = None) -> dict[int, list[Signal]]:
    """The open blocks of each project as signals, the longest open first: red from the board or 30 days on, else amber.

    One query. A block that was merged into another counts the days and the level of that one.
    """
    day = day or clock.today()
    found: dict[int, list[Signal]] = defaultdict(list)
    blocks = Block.objects.open().filter(project__in=[project.pk for project in projects])
    for block in sorted(blocks.select_related("merged_into"), key=lambda block: (block.head.open_since, block.pk)):
        found[block.project_id].append(signal_of(block.head, day))
    return dict(found)


def signal_of(block: Block, day: dt.date) -> Signal:
    """What one open block says on a day."""
    age = block.age_on(day)
    is_high = Block.LADDER.index(block.level) >= Block.LADDER.index(Block.Level.BOARD)
    colour = RED if is_high or age >= RED_AFTER else AMBER
    return Signal(colour, f"{block}: blocked for {counted(age, 'day')}", block.get_absolute_url())
