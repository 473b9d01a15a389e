"""Tasks that only the tests of slow work queue."""

import datetime as dt
import time
from pathlib import Path

from core.jobs import retrying_task


class Nothing(Exception):
    """Raised by the failing task."""


@retrying_task(most=3, first_wait=dt.timedelta(minutes=1))
def stubborn(folder: str, succeeds_at: int) -> str:
    """Fails until its try number `succeeds_at`; leaves a file for each try."""
    tries = len(list(Path(folder).glob("try-*"))) + 1
    Path(folder, f"try-{tries}").touch()
    if tries < succeeds_at:
        raise Nothing("not yet")
    return f"done at try {tries}"


@retrying_task()
def slow_once(folder: str) -> None:
    """Hangs the first time it runs, so that its worker can be killed; ends at once the second time."""
    if (begun := Path(folder, "begun")).exists():
        Path(folder, "done").touch()
        return
    begun.touch()
    time.sleep(600)
