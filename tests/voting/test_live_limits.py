"""A hall behind one address comes in; one machine fills neither its address nor the process for people on the roll."""

import asyncio
from contextlib import suppress

import pytest
from asgiref.sync import sync_to_async

from core.sockets import SocketLimits, address_of
from portal.asgi import application
from portal.server import LIMITS
from tests.factories.voting import BallotFactory, OptionFactory, RollEntryFactory
from tests.voting.sockets import HERE, cookie_of, session_of, socket
from voting.room.watchers import Arrival, admit

pytestmark = pytest.mark.django_db(transaction=True)


class Process:
    """Sockets of strangers, or of people on the roll, that stay open behind the limits."""

    def __init__(self, **limits):
        self.limits = SocketLimits(self.hold, origins=[HERE[1].decode()], proxies=0, **limits)
        self.open = []

    async def hold(self, scope, receive, send):
        if scope["is_crowded"] and not scope["is_known"]:
            return
        await send({"type": "websocket.accept"})
        await asyncio.Event().wait()

    async def comes(self, address, *, number=1, is_known=False):
        """How many of so many are let in."""
        accepted = []

        async def send(message):
            accepted.append(message["type"] == "websocket.accept")

        async def receive():
            return {"type": "websocket.connect"}

        scope = {"type": "websocket", "headers": [HERE], "client": [address, 1], "is_known": is_known}
        self.open += [asyncio.create_task(self.limits(scope, receive, send)) for _ in range(number)]
        for _ in range(3):
            await asyncio.sleep(0)
        return sum(accepted)

    async def end(self):
        for each in self.open:
            each.cancel()
            with suppress(asyncio.CancelledError):
                await each


@pytest.fixture
async def process():
    process = Process()
    yield process
    await process.end()
    assert not process.limits.open


async def test_a_hall_of_500_phones_behind_one_address_comes_in_signed_in_or_not(process):
    assert await process.comes("203.0.113.7", number=500) == 500
    assert await process.comes("203.0.113.7", number=500, is_known=True) == 500


async def test_a_thousand_sockets_of_one_machine_shut_nobody_out(process):
    assert await process.comes("198.51.100.9", number=1000) == 700

    assert await process.comes("203.0.113.7", number=500) == 500
    assert await process.comes("198.51.100.9", is_known=True) == 1


async def test_several_machines_leave_room_for_people_whom_the_vote_knows(process):
    assert [await process.comes(f"198.51.100.{n}", number=1000) for n in range(4)] == [700, 700, 280, 280]

    assert await process.comes("203.0.113.7", number=500, is_known=True) == 500


async def test_strangers_never_take_all_places_of_a_process_nor_does_it_take_what_its_server_would_not(process):
    for n in range(2200):
        await process.comes(f"10.0.{n // 250}.{n % 250}")

    assert process.limits.open.total() == 1960
    assert await process.comes("203.0.113.7", number=1000, is_known=True) == 840
    assert process.limits.open.total() == process.limits.capacity < LIMITS["limit_concurrency"]


@pytest.fixture
def open_ballot():
    ballot = BallotFactory(open=True, shows_tally=True, version=1)
    OptionFactory(ballot=ballot)
    return ballot


def test_where_it_is_crowded_the_roll_and_those_who_run_the_vote_are_known(open_ballot, amina, fatima):
    on_roll = RollEntryFactory(ballot=open_ballot).person
    elsewhere = RollEntryFactory().person
    sessions = [session_of(person).session_key for person in (on_roll, fatima, elsewhere, amina)]

    def let_in(is_crowded):
        arrivals = [Arrival(open_ballot.reference, session, is_crowded) for session in (*sessions, "", "forged")]
        admitted = admit(arrivals)
        return [each in admitted for each in arrivals]

    assert let_in(is_crowded=True) == [True, True, False, False, False, False]
    assert let_in(is_crowded=False) == [True] * 6


async def test_at_a_full_address_only_people_on_the_roll_get_a_socket(open_ballot, monkeypatch):
    limits = application.application_mapping["websocket"]
    monkeypatch.setattr(limits, "most", 2)
    monkeypatch.setattr(limits, "proxies", 1)
    entry = await sync_to_async(RollEntryFactory)(ballot=open_ballot)
    cookie = cookie_of(await sync_to_async(session_of)(entry.person))

    def from_address(words, *headers):
        return socket(open_ballot, HERE, (b"x-forwarded-for", words), *headers)

    hall = [from_address(b"198.51.100.9, 203.0.113.7") for _ in range(3)]
    assert [(await watcher.connect())[0] for watcher in hall] == [True, True, False]
    voter = from_address(b"203.0.113.7", cookie)
    assert (await voter.connect())[0]
    home = from_address(b"203.0.113.7, 203.0.113.8")  # what a client says of itself counts for nothing
    assert (await home.connect())[0]
    for watcher in (hall[0], voter):
        await watcher.disconnect()
    later = from_address(b"203.0.113.7")
    assert (await later.connect())[0]
    for watcher in (hall[1], home, later):
        await watcher.disconnect()
    assert not limits.open


def test_an_address_is_what_the_outermost_proxy_saw_and_of_ipv6_the_network():
    assert address_of({"client": ["2001:db8::1", 1]}, 1) == address_of({"client": ["2001:db8::2", 1]}, 0)
    assert address_of({"client": ["2001:db8:0:1::1", 1]}, 0) != address_of({"client": ["2001:db8:0:2::1", 1]}, 0)
    assert address_of({"headers": [(b"x-forwarded-for", b"rubbish")], "client": None}, 2) == ""


async def test_a_person_holds_five_sockets_and_another_person_others(open_ballot):
    entries = [await sync_to_async(RollEntryFactory)(ballot=open_ballot) for _ in range(2)]
    # One of them by two sessions: it is the person who is counted.
    sessions = [await sync_to_async(session_of)(entries[n].person) for n in (0, 0, 1)]

    async def come(session, number):
        watchers = [socket(open_ballot, HERE, cookie_of(session)) for _ in range(number)]
        return [watcher for watcher in watchers if (await watcher.connect())[0]]

    held = [await come(session, number) for session, number in zip(sessions, (3, 4, 6), strict=True)]

    assert [len(each) for each in held] == [3, 2, 5]
    await held[0][0].disconnect()
    assert len(await come(sessions[1], 2)) == 1
