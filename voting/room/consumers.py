"""The socket of a vote, which sends the live state; votes are cast by HTTP."""

import asyncio
import contextlib
import time
from collections import deque
from typing import Any

import structlog
from channels.exceptions import StopConsumer
from channels.generic.websocket import AsyncWebsocketConsumer
from django.conf import settings

from core.sessions import SessionStore
from voting.room.arrivals import door
from voting.room.hub import Hub, hub_of, sockets_of
from voting.room.watchers import Arrival, Watcher

log = structlog.get_logger(__name__)

LARGEST_FRAME = 16 * 1024
MOST_FRAMES, IN_SECONDS = 20, 10.0
MOST_SOCKETS = 5
OVER = 4410  # nothing more will come: a page that reads this code does not connect again


class BallotConsumer(AsyncWebsocketConsumer):
    channel_layer_alias = ""  # none of its own: the hub listens for all its sockets
    watcher = Watcher()
    hub: Hub | None = None
    writing: asyncio.Task | None = None

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        self.arrivals: deque[float] = deque(maxlen=MOST_FRAMES)
        try:
            await super().__call__(scope, receive, send)
        finally:
            if self.hub:
                self.hub.leave(self)
            if self.writing:
                self.writing.cancel()

    async def connect(self) -> None:
        """Accept who may see the ballot, unless the same person holds too many sockets; refuse others alike."""
        key = SessionStore(self.scope["cookies"].get(settings.SESSION_COOKIE_NAME)).session_key or ""
        reference = self.scope["url_route"]["kwargs"]["reference"]
        try:
            admitted = await door().ask(Arrival(reference, key, self.scope.get("is_crowded", False)))
        except Exception as problem:
            log.warning("live_socket_refused", problem=type(problem).__name__)
            admitted = None
        if admitted is None or (admitted.watcher.person and sockets_of(admitted.watcher.person) >= MOST_SOCKETS):
            await self.close()
            raise StopConsumer
        self.watcher = admitted.watcher
        self.hub = hub_of(admitted.ballot_id)
        self.hub.join(self)
        await self.accept()
        self.writing = asyncio.create_task(self.write(self.hub))

    async def write(self, hub: Hub) -> None:
        """Send what the hub shows, then whatever it shows next; who reads slowly misses what came between."""
        shown = ""
        with contextlib.suppress(Exception):  # it has just closed
            while True:
                news = hub.news
                if hub.frame != shown:
                    shown = hub.frame
                    await self.send(text_data=shown)
                elif hub.is_over:
                    await self.close(code=OVER)
                    return
                else:
                    await news.wait()

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """Ignore what the client sends; close the socket of one that sends too much."""
        if bytes_data is not None:
            await self.close(code=1003)
        elif text_data is not None and len(text_data.encode()) > LARGEST_FRAME:
            await self.close(code=1009)
        elif self.comes_too_often():
            await self.close(code=1008)

    def comes_too_often(self) -> bool:
        now = time.monotonic()
        too_often = len(self.arrivals) == MOST_FRAMES and now - self.arrivals[0] < IN_SECONDS
        self.arrivals.append(now)
        return too_often
