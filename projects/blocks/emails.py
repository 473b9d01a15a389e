"""The words of each message about a block."""

from django.conf import settings
from django.db.models import QuerySet

from accounts.models import User
from core import clock
from outbox.kinds import Letter, kind
from projects.blocks.models import Block
from projects.blocks.permissions import can_edit_block

BEGAN = "raised_on"


def _blocks() -> QuerySet[Block]:
    return Block.objects.with_council_counts().select_related("project", "who_can_remove", "merged_into")


def _letter(template: str, block: Block, to: User | None) -> Letter:
    context = {
        "person": to,
        "block": block,
        "project": block.project,
        "url": settings.BASE_URL + block.get_absolute_url(),
    }
    return Letter(f"emails/{template}", context)


@kind("projects.block_passed_up", "A block waits for you to remove it", about=_blocks, began=BEGAN)
def block_passed_up(block: Block, to: User | None, *, level: str, words: str = "") -> Letter | None:
    """To those with whom a block waits now; nothing once it is removed, merged or further up."""
    if block.removed_on or block.merged_into or block.level != level:
        return None
    letter = _letter("block_passed_up", block, to)
    letter.context.update(words=words, can_say=to is not None and can_edit_block(to, block))
    return letter


@kind("projects.block_needs_a_name", "A block waits, and nobody has said who can remove it", about=_blocks, began=BEGAN)
def block_needs_a_name(block: Block, to: User | None) -> Letter | None:
    """To the secretariat and whoever raised it; nothing once a body is named."""
    if block.merged_into or not block.asks_who(clock.today()):
        return None
    return _letter("block_needs_a_name", block, to)


@kind("projects.block_removed", "A block that you raised is removed", about=_blocks, began=BEGAN)
def block_removed(block: Block, to: User | None) -> Letter | None:
    """To whoever raised it, or one merged into it."""
    return _letter("block_removed", block, to) if block.removed_on else None
