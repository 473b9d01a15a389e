"""Telling screens that a ballot has changed. The database holds the truth; a message is only a nudge to read it."""

import asyncio
import threading
from functools import cache
from typing import Any

import structlog
from asgiref.sync import async_to_sync
from channels.layers import InMemoryChannelLayer, get_channel_layer
from django.db import transaction

log = structlog.get_logger(__name__)

# Seconds until a screen that missed a nudge looks by itself.
REREAD = 2.0


def group_name(ballot_id: int) -> str:
    """From the row's key, never from what somebody sent."""
    return f"ballot.{ballot_id}"


def nudge(ballot_id: int) -> None:
    """Once the change is committed, tell every process that shows this ballot to read it again."""
    transaction.on_commit(lambda: _send(ballot_id), robust=True)


def _send(ballot_id: int) -> None:
    layer, group = get_channel_layer(), group_name(ballot_id)
    if not isinstance(layer, InMemoryChannelLayer):
        asyncio.run_coroutine_threadsafe(_tell(layer, group), _own_loop())
    elif layer.groups.get(group):  # else nobody shows the ballot: it reaches this process only
        async_to_sync(_tell)(layer, group)


async def _tell(layer: Any, group: str) -> None:
    try:
        async with asyncio.timeout(REREAD):
            await layer.group_send(group, {"type": "ballot.changed"})
    except Exception as problem:
        # The change is safe already; without the nudge screens read it at the next look.
        log.warning("live_nudge_lost", group=group, problem=type(problem).__name__)


@cache
def _own_loop() -> asyncio.AbstractEventLoop:
    """A loop beside this process's requests, so that Redis keeps one connection to it and no voter waits for Redis."""
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="nudges", daemon=True).start()
    return loop
