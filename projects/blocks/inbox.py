"""The blocks that wait for somebody to remove them, as lines of their week."""

from django.db.models import Q

from accounts.permissions import has_role
from accounts.roles import Role
from core.inbox import MOST, Action, Item, Reader
from core.words import counted
from projects.blocks.models import Block
from projects.blocks.permissions import keeps_blocks, visible_blocks


def blocks_to_remove(reader: Reader) -> list[Item]:
    """Blocks that are with this reader now: with the secretariat, with the board, or with the reader's own body."""
    mine = Q(level=Block.Level.DEPARTMENT, who_can_remove__in=reader.organisations)
    if keeps_blocks(reader.user):
        mine |= Q(level=Block.Level.SECRETARIAT) | Q(level=Block.Level.BOARD, who_can_remove=None)
    if has_role(reader.user, Role.BOARD):
        mine |= Q(level=Block.Level.BOARD)
    blocks = visible_blocks(reader.user).open().told_once().filter(mine).with_council_counts()
    found = blocks.select_related("project", "who_can_remove").order_by("open_since", "pk")
    names_it = keeps_blocks(reader.user)
    return [_line(block, names_it=names_it) for block in found[:MOST]]


def _line(block: Block, *, names_it: bool) -> Item:
    waits = block.council_count  # type: ignore[attr-defined]  # annotated
    note = f"Blocks “{block.project}” for {counted(block.days_open, 'day')}"
    note += f"; {counted(waits, 'council waits', 'councils wait')}." if waits else "."
    action = "Say who can remove it" if names_it and block.who_can_remove_id is None else "Read it"
    url = block.get_absolute_url()
    return Item(block.level_since, block.title, url, note, at_note="with you since", actions=(Action(action, url),))
