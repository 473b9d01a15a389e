"""Nudges: messages without content, on which whoever shows a changed ballot reads it again from the database."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import structlog
from channels.layers import InMemoryChannelLayer, get_channel_layer
from django.db import transaction

log = structlog.get_logger(__name__)

# Seconds within which many changes become one frame, and one message to other processes.
WINDOW = 0.25
# Seconds after which a process looks at the ballot again without a nudge.
REREAD = 1.0

_shown_here: dict[int, Callable[[], None]] = {}
# Ballots whose other processes were told within the window, and whether they have to be told again at its end.
_told: dict[int, bool] = {}


def group_name(ballot_id: int) -> str:
    """The channel group of a ballot, made from its key and never from what somebody sent."""
    return f"ballot.{ballot_id}"


def layer_between_processes() -> Any:
    """The layer that carries nudges to other processes; None where there is no Redis."""
    layer = get_channel_layer()
    return None if isinstance(layer, InMemoryChannelLayer) else layer


@contextmanager
def shown_here(ballot_id: int, *, wake: Callable[[], None]) -> Iterator[None]:
    """While inside, a nudge of this process calls `wake`, from any thread."""
    _shown_here[ballot_id] = wake
    try:
        yield
    finally:
        if _shown_here.get(ballot_id) is wake:
            del _shown_here[ballot_id]


def nudge(ballot_id: int) -> None:
    """Send a nudge to every process that shows this ballot, once the change is committed."""
    transaction.on_commit(lambda: _send(ballot_id), robust=True)


def _send(ballot_id: int) -> None:
    if wake := _shown_here.get(ballot_id):
        wake()
    if layer_between_processes():
        asyncio.run_coroutine_threadsafe(_tell(ballot_id), _own_loop())


async def _tell(ballot_id: int) -> None:
    """Tell the other processes at once, and again at the end of each window in which there was another nudge."""
    is_first = ballot_id not in _told
    _told[ballot_id] = True
    if not is_first:
        return
    while _told[ballot_id]:
        _told[ballot_id] = False
        try:
            async with asyncio.timeout(REREAD):
                await layer_between_processes().group_send(group_name(ballot_id), {"type": "ballot.changed"})
        except Exception as problem:
            # The change is committed; without the nudge screens show it after REREAD seconds.
            log.warning("live_nudge_lost", ballot=ballot_id, problem=type(problem).__name__)
        await asyncio.sleep(WINDOW)
    del _told[ballot_id]


@cache
def _own_loop() -> asyncio.AbstractEventLoop:
    """An event loop in a thread of its own, so that Redis has one connection and no voter waits for Redis."""
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="nudges", daemon=True).start()
    return loop
