"""The scheduled work of questions."""

from core.schedules import every
from questions import drafts


@every(hours=1)
def destroy_keys() -> None:
    drafts.destroy_keys()
