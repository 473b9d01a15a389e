"""Where Redis carries nudges between processes, a vote cast in one reaches the screens of another at once."""

import asyncio
import json
import os
import subprocess
import sys

import pytest
from channels.layers import channel_layers
from channels.testing import WebsocketCommunicator
from django.conf import settings
from django.db import connection
from django.db.models import F
from django.test import override_settings

from portal.asgi import application
from tests.factories.voting import BallotFactory, OptionFactory
from voting.ballots.live import group_name, nudge
from voting.models import Ballot
from voting.room import hub as hubs

pytestmark = [pytest.mark.redis, pytest.mark.django_db(transaction=True)]

SEND = """
import asyncio, sys
from channels_redis.pubsub import RedisPubSubChannelLayer

async def send():
    layer = RedisPubSubChannelLayer(hosts=[sys.argv[1]])
    await layer.group_send(sys.argv[2], {"type": "ballot.changed"})
    await layer.flush()

asyncio.run(send())
"""


@pytest.fixture
def redis_layer():
    layers = {
        "default": {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": {"hosts": [os.environ["REDIS_URL"]]},
        }
    }
    with override_settings(CHANNEL_LAYERS=layers):
        channel_layers.backends.clear()
        yield
    channel_layers.backends.clear()


@pytest.mark.parametrize("where", ["in another process", "in this one"])
async def test_a_nudge_is_heard_wherever_the_change_was_made(redis_layer, monkeypatch, where):
    monkeypatch.setattr(hubs, "REREAD", 30)  # so that it can only be the nudge
    ballot = await asyncio.to_thread(_open_ballot)
    watcher = WebsocketCommunicator(
        application, f"/ws/votes/{ballot.reference}/", headers=[(b"origin", settings.LIVE_ORIGINS[0].encode())]
    )
    assert (await watcher.connect())[0]
    assert json.loads(await watcher.receive_from(2))["version"] == 1
    await asyncio.sleep(0.5)

    await asyncio.to_thread(_change, ballot, where)

    assert json.loads(await watcher.receive_from(3))["version"] == 2
    await watcher.disconnect()


def _open_ballot():
    try:
        ballot = BallotFactory(open=True, shows_tally=True, version=1)
        OptionFactory(ballot=ballot)
        return ballot
    finally:
        connection.close()


def _change(ballot, where):
    try:
        Ballot.objects.filter(pk=ballot.pk).update(version=F("version") + 1)
        if where == "in this one":
            nudge(ballot.pk)
            return
        subprocess.run(
            [sys.executable, "-c", SEND, os.environ["REDIS_URL"], group_name(ballot.pk)], check=True, timeout=60
        )
    finally:
        connection.close()
