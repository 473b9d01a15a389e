"""Screens see what the database holds: by socket in a moment, after any loss within two seconds; sockets only send."""

import asyncio
import json
import threading
import time

import pytest
from asgiref.sync import sync_to_async
from channels.layers import InMemoryChannelLayer
from channels.testing import WebsocketCommunicator
from django.conf import settings
from django.db.models import F

from core.sessions import SessionStore
from core.sockets import address_of
from portal.asgi import application
from tests.factories.voting import BallotFactory, OptionFactory, RollEntryFactory, voted
from tests.voting.sockets import HERE, cookie_of, session_of, socket
from voting.ballots import live
from voting.casting import operations as casting
from voting.models import Ballot
from voting.outcome import operations as outcome
from voting.room import hub as hubs

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def open_ballot():
    ballot = BallotFactory(open=True, version=1)
    for n in range(2):
        OptionFactory(ballot=ballot, order=n)
    return ballot


@pytest.fixture
def entry(open_ballot):
    return RollEntryFactory(ballot=open_ballot)


@sync_to_async
def cast(ballot, entry):
    casting.cast(ballot, by=entry.person, options=ballot.options.all()[:1])


async def state_from(watcher, timeout=1.0):
    return json.loads(await watcher.receive_from(timeout))


FOREIGN = [
    None,
    b"null",
    b"https://evil.example",
    HERE[1].replace(b"http://", b"https://"),
    HERE[1].replace(b"://localhost", b"://evillocalhost"),
    HERE[1].replace(b"localhost", b"localhost.evil.example"),
    b"http://localhost:1",
]


async def test_a_foreign_page_opens_no_socket(open_ballot):
    for origin in FOREIGN:
        watcher = socket(open_ballot, *([(b"origin", origin)] if origin else []))

        connected, _ = await watcher.connect()

        assert not connected, origin


async def test_whoever_connects_gets_the_state_at_once(open_ballot):
    watcher = socket(open_ballot, HERE)

    connected, _ = await watcher.connect()
    assert connected
    state = await state_from(watcher)

    assert (state["version"], state["state"], state["turnout"]["voted"]) == (1, "open", 0)
    await watcher.disconnect()


async def test_a_vote_reaches_every_screen_within_a_moment(open_ballot, entry, monkeypatch):
    monkeypatch.setattr(hubs, "REREAD", 30)  # so that it can only be the nudge
    watchers = [socket(open_ballot, HERE) for _ in range(3)]
    for watcher in watchers:
        await watcher.connect()
        await state_from(watcher)
    await asyncio.sleep(0.05)

    await cast(open_ballot, entry)

    for watcher in watchers:
        state = await state_from(watcher)
        assert state["turnout"]["voted"] == 1
        assert [line["people"] for line in state["tally"]] == [1, 0]
    for watcher in watchers:
        await watcher.disconnect()


async def test_what_another_process_wrote_is_seen_by_reading_the_version_again(open_ballot, entry, monkeypatch):
    monkeypatch.setattr(hubs, "REREAD", 0.3)
    watcher = socket(open_ballot, HERE)
    await watcher.connect()
    await state_from(watcher)

    def elsewhere():
        voted(open_ballot, None, open_ballot.options.first())
        Ballot.objects.filter(pk=open_ballot.pk).update(version=F("version") + 1)

    await sync_to_async(elsewhere)()

    assert (await state_from(watcher, 2))["turnout"]["voted"] == 1
    await watcher.disconnect()


async def test_a_lost_nudge_loses_no_vote(open_ballot, entry, monkeypatch):
    async def broken(self, group, message):
        raise ConnectionError("no layer")

    monkeypatch.setattr(InMemoryChannelLayer, "group_send", broken)
    monkeypatch.setattr(hubs, "REREAD", 0.3)
    watcher = socket(open_ballot, HERE)
    await watcher.connect()
    await state_from(watcher)

    await cast(open_ballot, entry)

    assert (await state_from(watcher, 2))["turnout"]["voted"] == 1
    await watcher.disconnect()


def test_where_nobody_in_this_process_shows_the_ballot_nothing_is_sent(open_ballot, entry, monkeypatch):
    layer, sent = InMemoryChannelLayer(), []
    layer.group_send = lambda *args: sent.append(args)
    monkeypatch.setattr(live, "get_channel_layer", lambda: layer)

    casting.cast(open_ballot, by=entry.person, options=open_ballot.options.all()[:1])

    assert sent == []


def test_no_voter_waits_for_the_layer_between_processes_and_it_keeps_its_connection(open_ballot, monkeypatch):
    loops, may_go_on, arrived = [], threading.Event(), threading.Semaphore(0)

    class Elsewhere:
        async def group_send(self, group, message):
            loops.append(asyncio.get_running_loop())
            await asyncio.to_thread(may_go_on.wait, 5)
            arrived.release()

    monkeypatch.setattr(live, "get_channel_layer", Elsewhere)

    for _ in range(2):
        live.nudge(open_ballot.pk)  # comes back although nothing has arrived
    may_go_on.set()

    assert all(arrived.acquire(timeout=5) for _ in range(2))
    assert loops[0] is loops[1]


async def test_many_changes_become_few_frames_and_the_last_one_arrives(open_ballot, monkeypatch):
    monkeypatch.setattr(hubs, "REREAD", 30)
    watcher = socket(open_ballot, HERE)
    await watcher.connect()
    await state_from(watcher)
    await asyncio.sleep(0.05)

    def change():
        Ballot.objects.filter(pk=open_ballot.pk).update(version=F("version") + 1)
        live._send(open_ballot.pk)

    started = time.monotonic()
    for _ in range(40):
        await sync_to_async(change)()
    took = time.monotonic() - started
    frames = []
    while not frames or frames[-1]["version"] < 41:
        frames.append(await state_from(watcher, 2))

    assert len(frames) <= took / hubs.WINDOW + 3
    await watcher.disconnect()


async def test_the_close_is_sent(open_ballot, entry, fatima):
    watcher = socket(open_ballot, HERE)
    await watcher.connect()
    await state_from(watcher)
    await asyncio.sleep(0.05)

    await sync_to_async(outcome.close_ballot)(open_ballot, by=fatima)

    state = await state_from(watcher)
    assert (state["state"], state["heading"]) == ("closed", "Nobody voted")
    await watcher.disconnect()


async def test_a_ballot_being_prepared_has_no_socket_like_one_that_is_not_there():
    draft = await sync_to_async(BallotFactory)()

    for reference in (draft.reference, "nothing", "a" * 300):
        watcher = WebsocketCommunicator(application, f"/ws/votes/{reference}/", headers=[HERE])

        connected, _ = await watcher.connect()

        assert not connected, reference


async def test_what_is_sent_to_it_changes_nothing(open_ballot, entry):
    watcher = socket(open_ballot, HERE)
    await watcher.connect()
    await state_from(watcher)

    await watcher.send_to(json.dumps({"type": "cast", "options": [1], "person": entry.person_id}))

    assert await watcher.receive_nothing(0.2)
    assert await sync_to_async(open_ballot.votes.count)() == 0
    await watcher.disconnect()


async def test_who_sends_rubbish_or_too_often_is_shut_out(open_ballot):
    for frames, code in (
        ([{"text_data": "x" * (16 * 1024 + 1)}], 1009),
        ([{"bytes_data": b"\x00"}], 1003),
        ([{"text_data": "hello"}] * 21, 1008),
    ):
        watcher = socket(open_ballot, HERE)
        await watcher.connect()
        await state_from(watcher)

        for frame in frames:
            await watcher.send_to(**frame)

        closed = await watcher.receive_output(1)
        assert (closed["type"], closed["code"]) == ("websocket.close", code)


def people_of(ballot):
    return {
        how: RollEntryFactory(ballot=ballot).person
        for how in ("signs out", "takes a new password", "has the account closed")
    }


def end_sessions(people, sessions):
    sessions["signs out"].flush()
    people["takes a new password"].set_password("another-one")
    people["has the account closed"].is_active = False
    for person in people.values():
        person.save()


async def test_a_socket_does_not_outlive_its_session(open_ballot, monkeypatch):
    monkeypatch.setattr(hubs, "REREAD", 0.1)
    monkeypatch.setattr(hubs, "RECHECK", 0)
    people = await sync_to_async(people_of)(open_ballot)
    sessions, watchers = {}, {"stays": socket(open_ballot, HERE)}
    for how, person in people.items():
        sessions[how] = await sync_to_async(session_of)(person)
        watchers[how] = socket(open_ballot, HERE, cookie_of(sessions[how]))
    for watcher in watchers.values():
        await watcher.connect()
        await state_from(watcher)
    assert await watchers["signs out"].receive_nothing(0.6)

    await sync_to_async(end_sessions)(people, sessions)

    stays = watchers.pop("stays")
    for how, watcher in watchers.items():
        assert (await watcher.receive_output(3))["code"] == 4401, how
    assert await stays.receive_nothing(0.5)
    await stays.disconnect()


async def test_one_person_holds_five_sockets_at_most(open_ballot, entry):
    cookie = cookie_of(await sync_to_async(session_of)(entry.person))
    watchers = [socket(open_ballot, HERE, cookie) for _ in range(6)]

    connected = [(await watcher.connect())[0] for watcher in watchers]

    assert connected == [True] * 5 + [False]
    for watcher in watchers[:5]:
        await watcher.disconnect()


async def test_the_frame_names_no_voter(open_ballot, entry):
    await cast(open_ballot, entry)
    watcher = socket(open_ballot, HERE)
    await watcher.connect()

    frame = await watcher.receive_from()

    assert entry.person.name not in frame
    assert entry.person.email not in frame
    await watcher.disconnect()


async def test_a_malformed_socket_is_refused_without_a_failure(open_ballot):
    routes = [
        "/ws/",
        "/ws/votes/",
        "/ws/votes/a/b/",
        f"/ws/votes/{open_ballot.reference}",
        "/ws/votes/a\0b/",
        "/\udcff\n/",
    ]
    routes += [f"/ws/votes/{open_ballot.reference}/more/", "/ws/votes/" + "9" * 5000 + "/", "/", "//", "/ws/votes/é/"]
    origins = [b"http://[", b"http://localhost:99999", b"http://localhost:x", b"\xff", b""]
    cookie = (b"cookie", f'{settings.SESSION_COOKIE_NAME}="\\000abcdefgh"; \xff=\xff'.encode("latin1"))
    here = f"/ws/votes/{open_ballot.reference}/"
    for path, headers in [(route, [HERE]) for route in routes] + [(here, [(b"origin", origin)]) for origin in origins]:
        watcher = WebsocketCommunicator(application, "/", headers=headers)
        watcher.scope["path"] = path

        connected, _ = await watcher.connect()

        assert not connected, (path, headers)
    assert SessionStore("\0abcdefgh").session_key is None  # PostgreSQL would refuse the statement
    watcher = socket(open_ballot, HERE, cookie)
    assert (await watcher.connect())[0]
    await watcher.disconnect()


async def test_an_address_holds_a_hall_of_sockets_and_no_more(open_ballot, monkeypatch):
    limiter = application.application_mapping["websocket"]
    assert limiter.most >= 600
    monkeypatch.setattr(limiter, "most", 2)
    monkeypatch.setattr(limiter, "proxies", 1)

    def from_address(words):
        return socket(open_ballot, HERE, (b"x-forwarded-for", words))

    hall = [from_address(b"198.51.100.9, 203.0.113.7") for _ in range(3)]
    assert [(await watcher.connect())[0] for watcher in hall] == [True, True, False]
    home = from_address(b"203.0.113.7, 203.0.113.8")  # what a client says of itself counts for nothing
    assert (await home.connect())[0]
    assert (await from_address(b"203.0.113.7").connect())[0] is False
    await hall[0].disconnect()
    later = from_address(b"203.0.113.7")
    assert (await later.connect())[0]
    for watcher in (hall[1], home, later):
        await watcher.disconnect()
    assert not limiter.open
    assert address_of({"client": ["2001:db8::1", 1]}, 1) == address_of({"client": ["2001:db8::2", 1]}, 0)
    assert address_of({"headers": [(b"x-forwarded-for", b"rubbish")], "client": None}, 2) == ""
