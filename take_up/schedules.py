"""What time triggers."""

from core.schedules import do_all, every
from take_up import operations


@every(days=1)
def look_after_commitments() -> None:
    do_all(operations.end_expired_commitments, operations.remind_of_commitments)


@every(days=1)
def show_savings() -> None:
    operations.show_savings()


@every(days=1)
def follow_promises_up() -> None:
    operations.remind_of_follow_ups()
