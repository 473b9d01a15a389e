"""The socket of a vote, which sends the live state; votes are cast by HTTP."""

import time
from collections import deque

from asgiref.sync import sync_to_async
from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncWebsocketConsumer
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from accounts.models import AnyUser
from voting.ballots.models import Ballot
from voting.permissions import awaited_ballots, visible_ballots
from voting.room.hub import hub_of, sockets_of
from voting.room.watchers import Watcher, watcher_of

LARGEST_FRAME = 16 * 1024
MOST_FRAMES, IN_SECONDS = 20, 10.0
MOST_SOCKETS = 5


def ballot_to_watch(reference: str, user: AnyUser) -> int | None:
    """The key of a ballot that somebody may see or wait for, if any; public ones are tried first."""

    def key(ballots: QuerySet[Ballot]) -> int | None:
        return ballots.filter(reference=reference).values_list("pk", flat=True).first()

    return key(visible_ballots(AnonymousUser())) or key(visible_ballots(user)) or key(awaited_ballots(user))


class BallotConsumer(AsyncWebsocketConsumer):
    watcher = Watcher()

    async def connect(self) -> None:
        self.hub = None
        self.arrivals: deque[float] = deque(maxlen=MOST_FRAMES)
        reference = self.scope["url_route"]["kwargs"]["reference"]
        ballot_id = await database_sync_to_async(ballot_to_watch)(reference, self.scope["user"])
        if ballot_id is None:
            await self.close()
            return
        self.watcher = await sync_to_async(watcher_of)(self.scope)
        if self.watcher.person and sockets_of(self.watcher.person) >= MOST_SOCKETS:
            await self.close()
            return
        await self.accept()
        self.hub = hub_of(ballot_id)
        await self.hub.join(self)

    async def disconnect(self, code: int) -> None:
        if self.hub:
            self.hub.leave(self)

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
