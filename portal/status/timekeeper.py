"""The thread of a worker that says that it lives, and starts what time has come for."""

import threading
import time

import structlog
from django.db import DatabaseError, close_old_connections, connections

from portal.status.operations import note_alive, start_due_schedules

log = structlog.get_logger("site.tasks")

BETWEEN_SIGNS = 5  # seconds


class Timekeeper(threading.Thread):
    """Gives a sign of life every few seconds, however long a task takes, and starts due schedules every minute."""

    def __init__(self, worker: str, *, starts_schedules: bool) -> None:
        super().__init__(daemon=True, name="time")
        self.worker, self.starts_schedules = worker, starts_schedules
        self._stopping = threading.Event()
        self._minute = 0

    def run(self) -> None:
        while True:
            self._start_what_is_due()
            if self._stopping.wait(BETWEEN_SIGNS - time.time() % BETWEEN_SIGNS):
                break
            close_old_connections()
            try:
                note_alive(self.worker)
            except DatabaseError:
                log.warning("sign_of_life_not_given", exc_info=True)
        connections.close_all()

    def _start_what_is_due(self) -> None:
        minute = int(time.time() // 60)
        if not self.starts_schedules or minute == self._minute:
            return
        self._minute = minute
        try:
            start_due_schedules()
        except DatabaseError:
            # The next minute tries again; a schedule must never take the worker down with it.
            log.warning("schedules_not_started", exc_info=True)

    def stop(self) -> None:
        self._stopping.set()
        self.join(timeout=2)
