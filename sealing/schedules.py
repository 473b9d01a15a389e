"""The scheduled work of sealed answers."""

from core.schedules import every
from sealing import operations


@every(hours=1)
def destroy_keys() -> None:
    operations.destroy_keys()


@every(days=1)
def forget_marks() -> None:
    operations.forget_marks()
