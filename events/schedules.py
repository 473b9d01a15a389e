"""What time triggers."""

from core.schedules import every
from events import operations


@every(hours=1)
def remind_of_events() -> None:
    operations.send_reminders()


@every(days=1)
def erase_access_needs() -> None:
    operations.erase_access_needs()


@every(days=1)
def forget_offers() -> None:
    operations.forget_offers()
