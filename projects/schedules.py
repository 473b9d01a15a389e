"""What time triggers."""

import datetime as dt

from core.schedules import every
from projects.portfolio import nudging


@every(days=1, offset=dt.timedelta(hours=6))
def ask_for_updates() -> None:
    """Ask those who lead projects for the updates that are due."""
    nudging.ask_for_updates()
