"""The hub of a ballot: reads it once, encodes it once, and sends it to every socket of this process.

A nudge makes the hub read at once; further nudges within WINDOW are answered together at its end. Without nudges, as
when another process wrote and there is no Redis, the hub compares the version every REREAD seconds.
"""

import asyncio
import contextlib
import json
from typing import Any, Protocol
from weakref import WeakKeyDictionary

import structlog
from channels.db import database_sync_to_async
from channels.layers import get_channel_layer

from voting.ballots.live import REREAD, group_name
from voting.ballots.models import Ballot
from voting.outcome import queries
from voting.room.watchers import Watcher, gone

log = structlog.get_logger(__name__)

WINDOW = 0.25
RECHECK = 4.0
WITHDRAWN: dict[str, Any] = {"state": "withdrawn", "version": -1}  # sent when a draft was deleted


class Socket(Protocol):
    watcher: Watcher

    async def send(self, text_data: str | None = None) -> None: ...
    async def close(self, code: int | None = None) -> None: ...


def snapshot(ballot_id: int, known_version: int | None) -> dict[str, Any] | None:
    """The public state of a ballot, or None where it is still at `known_version` (one query then)."""
    ballot = Ballot.objects.filter(pk=ballot_id).first()
    if ballot is None:
        return None if known_version == WITHDRAWN["version"] else WITHDRAWN
    return None if ballot.version == known_version else queries.state_of(ballot)


class Hub:
    def __init__(self, ballot_id: int) -> None:
        self.ballot_id = ballot_id
        self.sockets: set[Socket] = set()
        self.version: int | None = None
        self.frame = ""
        self.nudged = asyncio.Event()
        self.running: asyncio.Task | None = None

    async def join(self, socket: Socket) -> None:
        """Send `socket` the current state, and from now on every change."""
        await self.read()
        self.sockets.add(socket)
        await socket.send(text_data=self.frame)
        if self.running is None or self.running.done():
            self.running = asyncio.create_task(self.run())

    def leave(self, socket: Socket) -> None:
        self.sockets.discard(socket)
        if not self.sockets:
            self.nudged.set()  # wakes the loop, which then ends

    async def read(self) -> bool:
        """Read the ballot; whether it has changed since the last reading."""
        state = await database_sync_to_async(snapshot)(self.ballot_id, self.version)
        if state is None:
            return False
        self.version, self.frame = state["version"], json.dumps(state)
        return True

    async def run(self) -> None:
        listening = asyncio.create_task(self.listen())
        loop = asyncio.get_running_loop()
        checked_at = loop.time()
        try:
            while self.sockets:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self.nudged.wait(), REREAD)
                self.nudged.clear()
                await self.send_change()
                if loop.time() - checked_at > RECHECK:
                    checked_at = loop.time()
                    await self.close_lost()
                await asyncio.sleep(WINDOW)
        finally:
            listening.cancel()

    async def listen(self) -> None:
        """Receive nudges, in one subscription for all sockets of this hub; subscribe again after an error."""
        layer = get_channel_layer()
        while True:
            try:
                channel = await layer.new_channel()
                await layer.group_add(group_name(self.ballot_id), channel)
                try:
                    while True:
                        await layer.receive(channel)
                        self.nudged.set()
                finally:
                    await layer.group_discard(group_name(self.ballot_id), channel)
            except Exception as problem:
                log.warning("live_layer_lost", ballot=self.ballot_id, problem=type(problem).__name__)
                await asyncio.sleep(REREAD)

    async def send_change(self) -> None:
        try:
            if await self.read():
                for socket in list(self.sockets):
                    await self.send(socket)
        except Exception as problem:
            log.warning("live_reading_failed", ballot=self.ballot_id, problem=type(problem).__name__)

    async def send(self, socket: Socket) -> None:
        try:
            await socket.send(text_data=self.frame)
        except Exception:
            self.leave(socket)  # it has just closed

    async def close_lost(self) -> None:
        """Close the sockets whose session or account has ended, or whose password has changed."""
        watchers = [socket.watcher for socket in self.sockets if socket.watcher.session_key]
        if not watchers:
            return
        lost = await database_sync_to_async(gone)(watchers)
        for socket in [s for s in self.sockets if s.watcher in lost]:
            self.leave(socket)
            with contextlib.suppress(Exception):
                await socket.close(code=4401)


_hubs: WeakKeyDictionary[asyncio.AbstractEventLoop, dict[int, Hub]] = WeakKeyDictionary()


def hub_of(ballot_id: int) -> Hub:
    """The one hub of a ballot in this process."""
    hubs = _hubs.setdefault(asyncio.get_running_loop(), {})
    if ballot_id not in hubs:
        hubs[ballot_id] = Hub(ballot_id)
    return hubs[ballot_id]


def sockets_of(person: int) -> int:
    """How many sockets someone holds open in this process."""
    hubs = _hubs.get(asyncio.get_running_loop(), {}).values()
    return sum(socket.watcher.person == person for hub in hubs for socket in hub.sockets)
