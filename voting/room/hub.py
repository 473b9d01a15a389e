"""The hub of a ballot: reads it once for all sockets of this process, and encodes each change once.

A nudge makes the hub read at once; further nudges within WINDOW are answered together at its end. Without nudges, as
when another process wrote and there is no Redis, the hub looks at the stamp every REREAD seconds.
"""

import asyncio
import contextlib
import json
from functools import partial
from typing import Any, Protocol
from weakref import WeakKeyDictionary

import structlog
from channels.db import database_sync_to_async

from voting.ballots import live
from voting.ballots.live import REREAD, WINDOW
from voting.room import state
from voting.room.watchers import Watcher, lost

log = structlog.get_logger(__name__)

RECHECK = 1.5  # seconds after which the next look also closes what may no longer be open
SIGNED_OUT = 4401
WITHDRAWN: dict[str, Any] = {"state": "withdrawn", "version": -1}  # sent when a draft was deleted


class Socket(Protocol):
    watcher: Watcher

    async def close(self, code: int | None = None) -> None: ...


def read(ballot_id: int, known_stamp: object) -> tuple[object, dict[str, Any] | None]:
    """The stamp of a ballot and its state; without the state where the stamp is the known one (one query then)."""
    stamp = state.stamp_of(ballot_id)
    return stamp, None if stamp == known_stamp else state.live_state(ballot_id) or WITHDRAWN


class Hub:
    """`frame` is what every screen shows; `news` is set, and replaced by another event, once there is a newer one."""

    def __init__(self, ballot_id: int) -> None:
        self.ballot_id = ballot_id
        self.sockets: set[Socket] = set()
        self.frame = ""
        self.stamp: object = ()
        self.is_over = False
        self.news = asyncio.Event()
        self.nudged = asyncio.Event()
        self.running: asyncio.Task | None = None

    def join(self, socket: Socket) -> None:
        self.sockets.add(socket)
        if self.running is None:
            self.running = asyncio.create_task(self.run())

    def leave(self, socket: Socket) -> None:
        self.sockets.discard(socket)
        if not self.sockets:
            self.nudged.set()  # wakes the loop, which then ends

    async def run(self) -> None:
        """Show what changes until nobody watches or nothing can change, then let the hub go."""
        loop = asyncio.get_running_loop()
        listening = asyncio.create_task(self.listen())
        checked_at = loop.time()
        try:
            with live.shown_here(self.ballot_id, wake=partial(loop.call_soon_threadsafe, self.nudged.set)):
                while self.sockets and not self.is_over:
                    await self.look()
                    if loop.time() - checked_at > RECHECK:
                        checked_at = loop.time()
                        await self.close_lost()
                    await asyncio.sleep(WINDOW)
                    with contextlib.suppress(TimeoutError):
                        await asyncio.wait_for(self.nudged.wait(), REREAD)
                    self.nudged.clear()
        finally:
            listening.cancel()
            _hubs_here().pop(self.ballot_id, None)

    async def listen(self) -> None:
        """Receive nudges of other processes, in one subscription for all sockets; subscribe again after an error."""
        group = live.group_name(self.ballot_id)
        while layer := live.layer_between_processes():
            try:
                channel = await layer.new_channel()
                await layer.group_add(group, channel)
                try:
                    while True:
                        await layer.receive(channel)
                        self.nudged.set()
                finally:
                    await layer.group_discard(group, channel)
            except Exception as problem:
                log.warning("live_layer_lost", ballot=self.ballot_id, problem=type(problem).__name__)
                await asyncio.sleep(REREAD)

    async def look(self) -> None:
        """Read the ballot, and show it where that is something else than what is shown."""
        try:
            self.stamp, found = await database_sync_to_async(read)(self.ballot_id, self.stamp)
        except Exception as problem:
            log.warning("live_reading_failed", ballot=self.ballot_id, problem=type(problem).__name__)
            return
        if found is not None and (frame := json.dumps(found, separators=(",", ":"))) != self.frame:
            self.frame = frame
            self.is_over = found is WITHDRAWN or found["state"] in state.ENDED
            self.news.set()
            self.news = asyncio.Event()

    async def close_lost(self) -> None:
        """Close the sockets of those who signed out, lost their account, or may no longer see the ballot."""
        watchers = {socket.watcher for socket in self.sockets}
        try:
            away = await database_sync_to_async(lost)(self.ballot_id, watchers)
        except Exception as problem:
            log.warning("live_check_failed", ballot=self.ballot_id, problem=type(problem).__name__)
            return
        for socket in [socket for socket in self.sockets if socket.watcher in away]:
            self.leave(socket)
            with contextlib.suppress(Exception):  # it has just closed
                await socket.close(code=SIGNED_OUT)


_hubs: WeakKeyDictionary[asyncio.AbstractEventLoop, dict[int, Hub]] = WeakKeyDictionary()


def _hubs_here() -> dict[int, Hub]:
    return _hubs.setdefault(asyncio.get_running_loop(), {})


def hub_of(ballot_id: int) -> Hub:
    """The one hub of a ballot in this process."""
    return _hubs_here().setdefault(ballot_id, Hub(ballot_id))


def sockets_of(person: int) -> int:
    """How many sockets someone holds open in this process."""
    return sum(socket.watcher.person == person for hub in _hubs_here().values() for socket in hub.sockets)
