"""A hall whose lines are cut and whose nudges are lost shows what the database holds two seconds after the end."""

import asyncio
import json
import random

import pytest
from asgiref.sync import sync_to_async

from benchmarks.promises.sockets import Place, Screen, empty, open_hall, open_screen, storm, until_equal
from tests.factories.voting import BallotFactory, OptionFactory, RollEntryFactory
from tests.voting.serving import ORIGIN, served
from tests.voting.sockets import path_of
from voting.ballots import live
from voting.casting import operations as casting
from voting.room.state import live_state

pytestmark = pytest.mark.django_db(transaction=True)

SOCKETS, SECONDS, KILLED, DROPPED = 100, 6, 0.2, 0.1


@pytest.fixture
def open_ballot():
    ballot = BallotFactory(open=True, shows_tally=True, version=1)
    for n in range(4):
        OptionFactory(ballot=ballot, order=n)
    return ballot


def cast_one(ballot, dice):
    options = list(ballot.options.all())
    casting.cast(ballot, by=RollEntryFactory(ballot=ballot).person, marks=casting.ticks(dice.sample(options, k=2)))


async def truth_of(ballot):
    return json.loads(json.dumps(await sync_to_async(live_state)(ballot.pk)))


async def test_after_a_storm_every_screen_equals_the_database(open_ballot, monkeypatch):
    dice, send = random.Random(13), live._send
    monkeypatch.setattr(live, "_send", lambda key: dice.random() < DROPPED or send(key))
    async with served() as port:
        hall = await open_hall([Place(port, path_of(open_ballot), ORIGIN)] * SOCKETS)
        storming = asyncio.create_task(storm(hall, seconds=SECONDS, killed=KILLED, dice=dice))
        while not storming.done():
            await sync_to_async(cast_one)(open_ballot, dice)
            await asyncio.sleep(0.1)

        _, equal = await until_equal(hall, await truth_of(open_ballot), within=2)

        assert equal == SOCKETS
        await empty(hall)


async def test_who_reads_nothing_for_a_while_ends_with_the_last_frame_and_holds_up_nobody(open_ballot):
    async with served() as port:
        slow, quick = [await open_screen(Screen(Place(port, path_of(open_ballot), ORIGIN))) for _ in range(2)]
        slow.transport.pause_reading()
        for _ in range(3):
            await sync_to_async(cast_one)(open_ballot, random.Random(1))
            truth = await truth_of(open_ballot)

            assert (await until_equal([quick], truth, within=2))[1] == 1
        slow.transport.resume_reading()

        assert (await until_equal([slow], truth, within=2))[1] == 1
        await empty([slow, quick])
