"""The thread of a worker that sends what the outbox holds: a mail server that hangs holds up no task."""

import threading

import structlog
from django.db import close_old_connections, connections

from core.wake import Calls
from outbox.delivery import deliver_due, take_back

log = structlog.get_logger("site.mail")

SHORTEST_REST, LONGEST_REST = 1.0, 30.0  # seconds, while the mail server cannot be reached


class Sender(threading.Thread):
    """Sends all that is due, then waits until it is woken or `interval` seconds have passed."""

    def __init__(self, worker: str, interval: float) -> None:
        super().__init__(daemon=True, name="mail")
        self.worker, self.interval = worker, interval
        self._stopping = threading.Event()

    def run(self) -> None:
        calls, rest, is_first = Calls(), 0.0, True
        while not self._stopping.is_set():
            close_old_connections()
            try:
                if is_first:
                    take_back(self.worker)  # another worker of the same name is an earlier one that died
                    is_first = False
                reached = deliver_due(self.worker, goes_on=lambda: not self._stopping.is_set())
            except Exception:  # whatever it was, the next look tries again
                log.exception("sending_interrupted")
                reached = False
            rest = 0.0 if reached else min(max(2 * rest, SHORTEST_REST), LONGEST_REST)
            if rest:
                self._stopping.wait(rest)
            else:
                calls.wait(self.interval)
        calls.hang_up()
        connections.close_all()

    def stop(self, patience: float = 8) -> None:
        """Let the message that is being sent go out, and end."""
        self._stopping.set()
        if self.is_alive():
            self.join(patience)
