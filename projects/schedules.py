"""What time triggers."""

import datetime as dt

from core.schedules import every
from projects.blocks import operations as blocks
from projects.interest import operations as interest
from projects.portfolio import nudging


@every(days=1, offset=dt.timedelta(hours=6))
def ask_for_updates() -> None:
    """Ask those who lead projects for the updates that are due."""
    nudging.ask_for_updates()


@every(days=1, offset=dt.timedelta(hours=6, minutes=15))
def remind_of_offers() -> None:
    """Remind those who lead projects of the offers whose answer is overdue."""
    interest.remind_of_offers()


@every(hours=1)
def pass_up_blocks() -> None:
    """Pass up the blocks whose days at their level have run out."""
    blocks.pass_up_what_is_due()
