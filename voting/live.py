"""Telling screens that a ballot has changed. The database holds the truth; a message is only a nudge to read it."""

import structlog
from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.db import transaction

log = structlog.get_logger(__name__)


def group_name(ballot_id: int) -> str:
    """From the row's key, never from what somebody sent."""
    return f"ballot.{ballot_id}"


def nudge(ballot_id: int) -> None:
    """Once the change is committed, tell every process that shows this ballot to read it again."""
    transaction.on_commit(lambda: _send(ballot_id))


def _send(ballot_id: int) -> None:
    try:
        async_to_sync(get_channel_layer().group_send)(group_name(ballot_id), {"type": "ballot.changed"})
    except Exception as problem:
        # The change is safe already; without the nudge screens read it within two seconds.
        log.warning("live_nudge_lost", ballot=ballot_id, problem=type(problem).__name__)
