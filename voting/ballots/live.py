"""Nudges: messages without content, on which other processes read a changed ballot again from the database."""

import asyncio
import threading
from functools import cache
from typing import Any

import structlog
from asgiref.sync import async_to_sync
from channels.layers import InMemoryChannelLayer, get_channel_layer
from django.db import transaction

log = structlog.get_logger(__name__)

# Seconds after which a process reads the ballot again without a nudge.
REREAD = 2.0


def group_name(ballot_id: int) -> str:
    """The channel group of a ballot, made from its key and never from what somebody sent."""
    return f"ballot.{ballot_id}"


def nudge(ballot_id: int) -> None:
    """Send a nudge to every process that shows this ballot, once the change is committed."""
    transaction.on_commit(lambda: _send(ballot_id), robust=True)


def _send(ballot_id: int) -> None:
    layer, group = get_channel_layer(), group_name(ballot_id)
    if not isinstance(layer, InMemoryChannelLayer):
        asyncio.run_coroutine_threadsafe(_tell(layer, group), _own_loop())
    elif layer.groups.get(group):  # if not, nobody shows the ballot: this layer reaches this process alone
        async_to_sync(_tell)(layer, group)


async def _tell(layer: Any, group: str) -> None:
    try:
        async with asyncio.timeout(REREAD):
            await layer.group_send(group, {"type": "ballot.changed"})
    except Exception as problem:
        # The change is committed; without the nudge screens show it after REREAD seconds.
        log.warning("live_nudge_lost", group=group, problem=type(problem).__name__)


@cache
def _own_loop() -> asyncio.AbstractEventLoop:
    """An event loop in a thread of its own, so that Redis has one connection and no voter waits for Redis."""
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="nudges", daemon=True).start()
    return loop
