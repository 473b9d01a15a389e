"""The scheduled work of projects."""

from core.schedules import every
from projects.blocks import operations as blocks


@every(hours=1)
def pass_up_blocks() -> None:
    """Pass up the blocks whose days at their level have run out."""
    blocks.pass_up_what_is_due()
