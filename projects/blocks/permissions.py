"""Who may see blocks, raise them, pass them up, merge and remove them."""

from accounts.models import AnyUser
from accounts.permissions import acts_as
from accounts.roles import Role
from core.permissions import EVERYONE
from projects.blocks.models import Block, BlockQuerySet
from projects.portfolio.permissions import can_edit_project


def visible_blocks(user: AnyUser) -> BlockQuerySet:
    """All of them, for everybody: what blocks a project is as public as the project."""
    return Block.objects.all()


def reader_groups(block: Block) -> list[str]:
    """Who may find a block, as search stores it."""
    return [EVERYONE]


def keeps_blocks(user: AnyUser) -> bool:
    """The secretariat merges identical blocks, splits them again, and asks a department."""
    return acts_as(user, Role.SECRETARIAT)


def can_edit_block(user: AnyUser, block: Block) -> bool:
    """Whoever may edit its project changes a block and says how it was removed; so does the secretariat."""
    return keeps_blocks(user) or can_edit_project(user, block.project)


def can_pass_up(user: AnyUser, block: Block) -> bool:
    """Whoever may edit its project passes a block to the secretariat; from there on the secretariat does."""
    return can_edit_block(user, block) if block.level == Block.Level.PROJECT else keeps_blocks(user)
