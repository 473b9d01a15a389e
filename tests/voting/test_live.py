"""Screens see what the database holds: by socket in a moment, after any loss within two seconds; sockets only send."""

import asyncio
import datetime as dt
import json
import threading
import time
from itertools import pairwise
from types import SimpleNamespace

import pytest
from asgiref.sync import sync_to_async
from channels.layers import get_channel_layer
from channels.testing import WebsocketCommunicator
from django.conf import settings
from django.db.models import F

from core import clock
from core.sessions import SessionStore
from portal.asgi import application
from tests.factories.voting import BallotFactory, OptionFactory, RollEntryFactory, voted
from tests.voting.sockets import HERE, PATIENCE, cookie_of, session_of, socket
from voting.ballots import live
from voting.casting import operations as casting
from voting.models import Ballot
from voting.outcome import operations as outcome
from voting.room import arrivals, state, watchers
from voting.room import hub as hubs
from voting.room.watchers import Arrival

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def open_ballot():
    ballot = BallotFactory(open=True, shows_tally=True, version=1)
    for n in range(2):
        OptionFactory(ballot=ballot, order=n)
    return ballot


@pytest.fixture
def entry(open_ballot):
    return RollEntryFactory(ballot=open_ballot)


@sync_to_async
def cast(ballot, entry):
    casting.cast(ballot, by=entry.person, marks=casting.ticks(ballot.options.all()[:1]))


async def state_from(watcher):
    return json.loads(await watcher.receive_from())


FOREIGN = [
    None,
    b"null",
    b"",
    b"https://evil.example",
    HERE[1].replace(b"http://", b"https://"),
    HERE[1].replace(b"://localhost", b"://evillocalhost"),
    HERE[1].replace(b"localhost", b"localhost.evil.example"),
    b"http://localhost:1",
]


@pytest.mark.parametrize("origin", FOREIGN)
async def test_a_foreign_page_opens_no_socket(open_ballot, origin):
    watcher = socket(open_ballot, *([(b"origin", origin)] if origin is not None else []))

    connected, _ = await watcher.connect()

    assert not connected


async def test_a_socket_of_two_origins_is_refused(open_ballot):
    for origins in ([HERE, (b"origin", b"https://evil.example")], [(b"origin", b"https://evil.example"), HERE]):
        assert not (await socket(open_ballot, *origins).connect())[0]


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
        assert [line["people"] for line in state["tally"]] == ["1", "0"]
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

    assert (await state_from(watcher))["turnout"]["voted"] == 1
    await watcher.disconnect()


async def test_a_lost_nudge_loses_no_vote(open_ballot, entry, monkeypatch):
    monkeypatch.setattr(live, "_send", lambda ballot_id: None)
    monkeypatch.setattr(hubs, "REREAD", 0.3)
    watcher = socket(open_ballot, HERE)
    await watcher.connect()
    await state_from(watcher)

    await cast(open_ballot, entry)

    assert (await state_from(watcher))["turnout"]["voted"] == 1
    await watcher.disconnect()


class Layer:
    """Redis as a nudge sees it: notes when it was told, and may be slow or broken."""

    def __init__(self):
        self.told, self.loops, self.may_go_on = [], set(), threading.Event()

    async def group_send(self, group, message):
        self.told.append(time.monotonic())
        self.loops.add(asyncio.get_running_loop())
        await asyncio.to_thread(self.may_go_on.wait, 5)


@pytest.fixture
def redis(monkeypatch):
    layer = Layer()
    monkeypatch.setattr(live, "layer_between_processes", lambda: layer)
    yield layer
    layer.may_go_on.set()
    deadline = time.monotonic() + PATIENCE
    while live._told and time.monotonic() < deadline:
        time.sleep(0.05)


def test_no_voter_waits_for_the_layer_between_processes_and_it_keeps_its_connection(open_ballot, redis):
    for ballot_id in (open_ballot.pk, open_ballot.pk + 1):
        live.nudge(ballot_id)  # comes back although nothing has arrived

    assert until(lambda: len(redis.told) == 2)
    assert len(redis.loops) == 1


def test_a_rush_of_votes_tells_other_processes_once_in_a_window_and_once_after_the_last(
    open_ballot, redis, monkeypatch
):
    redis.may_go_on.set()
    windows = []

    async def begins(seconds):
        windows.append(time.monotonic())
        await asyncio.sleep(seconds)

    monkeypatch.setattr(live, "asyncio", SimpleNamespace(**{**vars(asyncio), "sleep": begins}))
    began = time.monotonic()

    for _ in range(60):
        last = time.monotonic()
        live.nudge(open_ballot.pk)
        time.sleep(0.01)

    assert until(lambda: not live._told)
    assert len(redis.told) <= (time.monotonic() - began) / live.WINDOW + 2
    assert redis.told[0] <= windows[0]
    assert redis.told[-1] >= last
    assert all(later - earlier >= live.WINDOW for earlier, later in pairwise(redis.told))


def test_a_broken_layer_costs_a_warning_and_the_next_nudge_is_sent_again(open_ballot, redis, monkeypatch):
    redis.may_go_on.set()

    async def broken(group, message):
        redis.told.append(0)
        raise ConnectionError("no Redis")

    monkeypatch.setattr(redis, "group_send", broken)

    for number in (1, 2):
        live.nudge(open_ballot.pk)

        assert until(lambda number=number: len(redis.told) == number and not live._told)


def until(is_so, within=PATIENCE):
    """Whether it becomes so in time."""
    deadline = time.monotonic() + within
    while not is_so() and time.monotonic() < deadline:
        time.sleep(0.01)
    return is_so()


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
        frames.append(await state_from(watcher))

    assert len(frames) <= took / hubs.WINDOW + 3
    await watcher.disconnect()


async def test_the_close_is_sent(open_ballot, entry, fatima):
    watcher = socket(open_ballot, HERE)
    await watcher.connect()
    await state_from(watcher)
    await asyncio.sleep(0.05)

    await sync_to_async(outcome.close_ballot)(open_ballot, by=fatima)

    state = await state_from(watcher)
    assert (state["state"], state["heading"], state["tally"]) == ("closed", "Voting has closed", None)
    await sync_to_async(outcome.reveal_ballot)(open_ballot, by=fatima)
    assert (await state_from(watcher))["heading"] == "Nobody voted"
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

        closed = await watcher.receive_output()
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
        assert (await watcher.receive_output())["code"] == 4401, how
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
        f"/ws/votes/{live.group_name(open_ballot.pk)}/",  # a name of a group is nothing that anybody can ask for
        f"/ws/votes/{open_ballot.pk}/",
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


async def test_a_hall_that_comes_at_once_is_let_in_and_shown_the_ballot_by_a_handful_of_readings(
    open_ballot, monkeypatch
):
    asked, read, reading = [], [], state.live_state
    monkeypatch.setattr(
        arrivals, "admit", lambda those: asked.append(len(those)) or time.sleep(0.2) or watchers.admit(those)
    )
    monkeypatch.setattr(hubs.state, "live_state", lambda key: read.append(key) or reading(key))
    people = await sync_to_async(lambda: [RollEntryFactory(ballot=open_ballot).person for _ in range(30)])()
    sessions = [await sync_to_async(session_of)(person) for person in people]
    hall = [socket(open_ballot, HERE, cookie_of(session)) for session in sessions]

    async def come(number):
        await asyncio.sleep(number * 0.005)
        return await hall[number].connect()

    connected = await asyncio.gather(*(come(number) for number in range(30)))

    assert [is_in for is_in, _ in connected] == [True] * 30
    states = [await state_from(each) for each in hall]

    assert {each["version"] for each in states} == {1}
    assert sum(asked) == 30
    assert len(asked) <= 3
    assert len(read) == 1
    late = socket(open_ballot, HERE)
    await late.connect()
    assert (await state_from(late))["version"] == 1
    assert len(read) == 1
    for each in (*hall, late):
        await each.disconnect()


def test_a_hall_costs_as_many_queries_as_one_socket(open_ballot, django_assert_max_num_queries):
    def arriving(number, is_crowded):
        people = [RollEntryFactory(ballot=open_ballot).person for _ in range(number)]
        return [Arrival(open_ballot.reference, session_of(person).session_key, is_crowded) for person in people]

    for is_crowded, most in ((False, 4), (True, 5)):
        for number in (1, 20):
            those = arriving(number, is_crowded)
            with django_assert_max_num_queries(most):
                assert len(watchers.admit(those)) == number


async def test_a_door_that_fails_refuses_and_opens_again(open_ballot, monkeypatch):
    def broken(those):
        raise ConnectionError("no database")

    monkeypatch.setattr(arrivals, "admit", broken)
    assert not (await socket(open_ballot, HERE).connect())[0]
    monkeypatch.setattr(arrivals, "admit", watchers.admit)

    watcher = socket(open_ballot, HERE)

    assert (await watcher.connect())[0]
    await watcher.disconnect()


class Reader:
    """A client whose line takes a frame only when it is told to."""

    def __init__(self, ballot):
        self.frames, self.may_take, self.inbox = [], asyncio.Event(), asyncio.Queue()
        scope = {"type": "websocket", "path": f"/ws/votes/{ballot.reference}/", "headers": [HERE], "client": ["a", 1]}
        self.inbox.put_nowait({"type": "websocket.connect"})
        self.served = asyncio.create_task(application(scope, self.inbox.get, self.send))

    async def send(self, message):
        if message["type"] == "websocket.send":
            await self.may_take.wait()
            self.frames.append(json.loads(message["text"])["version"])

    async def hang_up(self):
        self.inbox.put_nowait({"type": "websocket.disconnect", "code": 1001})
        await self.served


async def test_a_slow_reader_holds_up_nobody_and_misses_all_but_the_newest(open_ballot, monkeypatch):
    monkeypatch.setattr(hubs, "WINDOW", 0.01)
    slow, quick = Reader(open_ballot), Reader(open_ballot)
    quick.may_take.set()

    def change():
        Ballot.objects.filter(pk=open_ballot.pk).update(version=F("version") + 1)
        live._send(open_ballot.pk)

    for version in range(1, 6):
        await wait_for(lambda version=version: quick.frames and quick.frames[-1] == version)
        if version < 5:
            await sync_to_async(change)()
    assert quick.frames == [1, 2, 3, 4, 5]
    assert slow.frames == []
    slow.may_take.set()

    await wait_for(lambda: slow.frames and slow.frames[-1] == 5)
    assert slow.frames == [1, 5]
    await slow.hang_up()
    await quick.hang_up()


async def wait_for(is_so, within=PATIENCE):
    async with asyncio.timeout(within):
        while not is_so():
            await asyncio.sleep(0.01)


async def test_what_looks_the_same_is_not_sent_again(open_ballot, monkeypatch):
    monkeypatch.setattr(hubs, "REREAD", 0.05)
    stamps = iter(range(1000))
    monkeypatch.setattr(hubs.state, "stamp_of", lambda key: (next(stamps),))
    watcher = socket(open_ballot, HERE)
    await watcher.connect()
    await state_from(watcher)

    assert await watcher.receive_nothing(1)
    assert next(stamps) > 2
    await watcher.disconnect()


async def test_a_change_without_nudge_or_version_is_seen_by_its_stamp(open_ballot, monkeypatch):
    """As the turnout of a secret vote, which is counted once in a while."""
    shown = {"version": 1, "state": "open", "turnout": {"voted": 5}}
    monkeypatch.setattr(hubs, "REREAD", 0.1)
    monkeypatch.setattr(hubs.state, "stamp_of", lambda key: (1, "open", shown["turnout"]["voted"]))
    monkeypatch.setattr(hubs.state, "live_state", lambda key: dict(shown))
    watcher = socket(open_ballot, HERE)
    await watcher.connect()
    await state_from(watcher)

    shown["turnout"] = {"voted": 10}

    assert (await state_from(watcher))["turnout"]["voted"] == 10
    await watcher.disconnect()


async def test_the_announced_end_is_sent_although_nobody_wrote(open_ballot, monkeypatch):
    monkeypatch.setattr(hubs, "REREAD", 0.1)
    ends = clock.now() + dt.timedelta(seconds=1)
    await sync_to_async(Ballot.objects.filter(pk=open_ballot.pk).update)(closes_at=ends)
    watcher = socket(open_ballot, HERE)
    await watcher.connect()
    assert (await state_from(watcher))["takes_votes"]

    assert not (await state_from(watcher))["takes_votes"]
    await watcher.disconnect()


async def test_a_hub_goes_with_its_last_socket(open_ballot):
    for _ in range(3):
        watcher = socket(open_ballot, HERE)
        await watcher.connect()
        await state_from(watcher)
        assert len(hubs._hubs_here()) == 1
        await watcher.disconnect()

        await wait_for(lambda: not hubs._hubs_here())

    assert open_ballot.pk not in live._shown_here


async def test_a_hub_goes_once_its_ballot_has_ended_and_tells_its_sockets_not_to_come_back(
    open_ballot, fatima, monkeypatch
):
    monkeypatch.setattr(state, "ENDED", {"closed"})
    watchers = [socket(open_ballot, HERE) for _ in range(3)]
    for watcher in watchers:
        await watcher.connect()
        await state_from(watcher)

    await sync_to_async(outcome.close_ballot)(open_ballot, by=fatima)

    for watcher in watchers:
        assert (await state_from(watcher))["state"] == "closed"
        assert (await watcher.receive_output())["code"] == 4410
    late = socket(open_ballot, HERE)
    await late.connect()
    assert (await state_from(late))["state"] == "closed"
    assert (await late.receive_output())["code"] == 4410
    await wait_for(lambda: not hubs._hubs_here())


async def test_sockets_that_were_never_accepted_leave_no_hub(open_ballot):
    inbox = asyncio.Queue()
    inbox.put_nowait({"type": "websocket.connect"})

    async def send(message):
        raise ConnectionError("gone before it was answered")

    scope = {"type": "websocket", "path": f"/ws/votes/{open_ballot.reference}/", "headers": [HERE], "client": ["a", 1]}
    with pytest.raises(ConnectionError):
        await application(scope, inbox.get, send)

    await wait_for(lambda: not hubs._hubs_here())


async def test_a_socket_has_no_channel_of_its_own(open_ballot):
    hall = [socket(open_ballot, HERE) for _ in range(3)]
    for watcher in hall:
        await watcher.connect()
        await state_from(watcher)

    assert len(get_channel_layer().channels) <= 1  # with Redis its hub has one
    for watcher in hall:
        await watcher.disconnect()


async def test_who_comes_while_others_are_asked_about_is_asked_about_with_all_who_came_meanwhile(monkeypatch):
    asked, admit_all = [], threading.Event()
    monkeypatch.setattr(arrivals, "admit", lambda those: asked.append(len(those)) or (admit_all.wait(PATIENCE) and {}))
    door = arrivals.Door()

    def come(number):
        return asyncio.create_task(door.ask(Arrival(f"ballot {number}", "", is_crowded=False)))

    coming = [come(0)]
    await wait_for(lambda: asked)
    coming += [come(number) for number in range(1, 20)]
    await wait_for(lambda: len(door.waiting) == 19)
    admit_all.set()

    assert await asyncio.gather(*coming) == [None] * 20
    assert asked == [1, 19]
