"""The door of the room: sockets that come together are asked about together."""

import asyncio
from weakref import WeakKeyDictionary

from channels.db import database_sync_to_async

from voting.room.watchers import Admission, Arrival, admit


class Door:
    """Asks about all who came while it was asking before, in one call: a hall that reconnects waits for a few."""

    def __init__(self) -> None:
        self.waiting: dict[Arrival, asyncio.Future[Admission | None]] = {}
        self.asking: asyncio.Task | None = None

    async def ask(self, arrival: Arrival) -> Admission | None:
        """Which ballot the arrival may watch and as whom; None where it may not."""
        if arrival not in self.waiting:
            self.waiting[arrival] = asyncio.get_running_loop().create_future()
        answer = self.waiting[arrival]
        if self.asking is None:
            self.asking = asyncio.create_task(self._ask_all())
        return await asyncio.shield(answer)

    async def _ask_all(self) -> None:
        try:
            while self.waiting:
                asked, self.waiting = self.waiting, {}
                try:
                    admitted = await database_sync_to_async(admit)(asked)
                except Exception as problem:
                    for answer in asked.values():
                        answer.set_exception(problem)
                else:
                    for arrival, answer in asked.items():
                        answer.set_result(admitted.get(arrival))
        finally:
            self.asking = None


_doors: WeakKeyDictionary[asyncio.AbstractEventLoop, Door] = WeakKeyDictionary()


def door() -> Door:
    """The one door of this process."""
    return _doors.setdefault(asyncio.get_running_loop(), Door())
