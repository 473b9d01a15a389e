"""What a hall that watches a vote is promised: screens equal to the database, and sockets that end with their right."""

import asyncio
import json
import random
import time
from typing import Any

import uvloop
from django.contrib.sessions.models import Session

from accounts.models import User
from benchmarks.promises.making import Caller, callers, vote
from benchmarks.promises.site import HOST, Site
from benchmarks.promises.sockets import Place, Screen, empty, open_hall, storm, until_equal
from voting.ballots import live
from voting.casting.operations import cast, ticks
from voting.models import Ballot
from voting.room.state import live_state

Report = dict[str, Any]
VOTES_A_MINUTE = 120
PORTAL, DEAF, BARE = ("portal.server",), ("benchmarks.promises.fan", "deaf"), ("benchmarks.promises.fan", "bare")


def place_of(port: int, ballot: Ballot, caller: Caller | None = None, *, n: int = 0) -> Place:
    cookie = f"__Host-session={caller.session}" if caller else ""
    return Place(port, f"/ws/votes/{ballot.reference}/", f"https://{HOST}", cookie, address_of(n))


def address_of(n: int) -> str:
    """Four addresses by turns: one alone may not hold a thousand sockets."""
    return f"127.0.0.{1 + n % 4}"


def p13(site: Site, *, sockets: int, seconds: int, killed: int, dropped: int, seed: int, locked: bool = True) -> Report:
    """After a storm every screen equals the database: lines cut, nudges lost (the last one always), slow readers."""
    dice = random.Random(seed)
    people = callers(seconds * 50, "p13-")
    ballot = vote("p13", [caller.person for caller in people])
    send, nudges, is_last = live._send, {"sent": 0, "dropped": 0}, False

    def send_most(ballot_id: int) -> None:
        is_lost = is_last or dice.random() < dropped / 100
        nudges["dropped" if is_lost else "sent"] += 1
        if not is_lost:
            send(ballot_id)

    live._send = send_most
    options = list(ballot.options.all())
    _, port = site.serve_sockets(PORTAL if locked else DEAF)

    async def run() -> tuple[float, int, int]:
        nonlocal is_last
        hall = await open_hall([place_of(port, ballot)] * sockets)
        storming = asyncio.create_task(storm(hall, seconds=seconds, killed=killed / 100, dice=dice))
        cast_votes = 0
        while not storming.done():
            await asyncio.to_thread(cast, ballot, by=people[cast_votes].person, marks=ticks(dice.sample(options, k=3)))
            cast_votes += 1
            await asyncio.sleep(0.02)
        await asyncio.sleep(1)  # so that no window is still open in which the last change would be seen unasked
        is_last = True
        await asyncio.to_thread(cast, ballot, by=people[cast_votes].person, marks=ticks(options[:3]))
        truth = json.loads(json.dumps(await asyncio.to_thread(live_state, ballot.pk)))
        took, equal = await until_equal(hall, truth, within=10)
        await empty(hall)
        return took, equal, cast_votes + 1

    took, equal, cast_votes = uvloop.run(run())
    return {
        "n": sockets,
        "votes": cast_votes,
        "nudges": nudges,
        "seconds_until_equal": round(took, 2),
        "unequal": sockets - equal,
        "late": int(took > 2),
    }


def p19(site: Site, *, sockets: int, seed: int, locked: bool = True) -> Report:
    """Signed out, with another password or without an account, a socket ends within five seconds; others go on."""
    people = callers(sockets + 20, "p19-")
    ballot = vote("p19", [caller.person for caller in people])
    _, port = site.serve_sockets(PORTAL if locked else DEAF)

    def end(number: int, caller: Caller) -> None:
        if number % 3 == 0:
            Session.objects.filter(pk=caller.session).delete()
        elif number % 3 == 1:
            User.objects.filter(pk=caller.person.pk).update(password="!another")
        else:
            User.objects.filter(pk=caller.person.pk).update(is_active=False)

    async def run() -> list[Screen]:
        hall = await open_hall([place_of(port, ballot, caller) for caller in people])
        for number, caller in enumerate(people[:sockets]):
            await asyncio.to_thread(end, number, caller)
        await asyncio.sleep(5)
        return hall

    hall = uvloop.run(run())
    return {
        "n": sockets,
        "outlived": sum(screen.code != 4401 for screen in hall[:sockets]),
        "ended_with_them": sum(screen.code != 0 for screen in hall[sockets:]),
    }


def hall(site: Site, *, sockets: int, rounds: int, seed: int, locked: bool = True) -> Report:
    """How long a hall takes until every screen shows the vote again after a restart of the sockets' server."""
    people = callers(sockets, "hall-")
    ballot = vote("hall", [caller.person for caller in people])
    report: Report = {"n": rounds, "sockets": sockets}
    strangers = [None] * sockets
    ways = {"signed_in": (PORTAL, people), "strangers": (PORTAL, strangers), "bare": (BARE, strangers)}
    took: dict[str, list[float]] = {way: [] for way in ways}
    for _ in range(rounds):
        for way, (program, names) in ways.items():
            process, port = site.serve_sockets(program)
            began = time.perf_counter()
            screens = uvloop.run(open_hall([place_of(port, ballot, name) for name in names]))
            took[way].append(round(time.perf_counter() - began, 2))
            assert all(screen.frames for screen in screens), "some screens stayed empty"
            process.kill()
            process.wait()
    return report | {f"seconds_{way}": each for way, each in took.items()}


def full(site: Site, *, sockets: int, minutes: int, seed: int, locked: bool = True) -> Report:
    """A full hall for a while: votes arrive, some leave and come back, and the server's memory stays as it was.

    The memory is read with the hall open and after each minute. It has grown by what the last minute has over the
    first one, in which each kind of work was done once; of a single minute, over the start. It is flat where the last
    third of the minutes added nothing: until then Python has not yet looked for what the first sockets left behind.
    """
    dice = random.Random(seed)
    people = callers(minutes * VOTES_A_MINUTE, "full-")
    ballot = vote("full", [caller.person for caller in people])
    options = list(ballot.options.all())
    process, port = site.serve_sockets()
    megabytes: list[float] = []
    report: Report = {"n": sockets, "votes": 0, "never_told": 0, "closed": 0}

    async def votes_of(minute: int) -> None:
        began = time.perf_counter()
        for number in range(VOTES_A_MINUTE):
            person = people[VOTES_A_MINUTE * minute + number].person
            await asyncio.to_thread(cast, ballot, by=person, marks=ticks(dice.sample(options, k=3)))
            await asyncio.sleep(max(0.0, began + 58 * (number + 1) / VOTES_A_MINUTE - time.perf_counter()))

    async def run() -> int:
        hall = await open_hall([place_of(port, ballot)] * sockets)
        megabytes.append(_megabytes(process.pid))
        for minute in range(minutes):
            before = max(screen.version for screen in hall)
            coming = asyncio.create_task(storm(hall, seconds=60, killed=0.005, dice=dice))
            await votes_of(minute)
            await coming
            await asyncio.sleep(1)  # those who came back last have their frame
            report["never_told"] += sum(screen.version <= before for screen in hall)
            report["closed"] += sum(not screen.is_open for screen in hall)
            for screen in hall:
                del screen.frames[:-1]
            megabytes.append(_megabytes(process.pid))
        truth = json.loads(json.dumps(await asyncio.to_thread(live_state, ballot.pk)))
        equal = (await until_equal(hall, truth, within=2))[1]
        await empty(hall)
        return equal

    equal = uvloop.run(run())
    report["votes"] = ballot.votes.count()
    return report | {
        "lost": VOTES_A_MINUTE * minutes - report["votes"],
        "megabytes": megabytes,
        "growth": round(megabytes[-1] / megabytes[min(1, minutes - 1)], 3),
        "growth_in_the_last_third": round(megabytes[-1] / megabytes[-1 - minutes // 3], 3),
        "unequal": sockets - equal,
    }


def _megabytes(pid: int) -> float:
    """The memory that a process holds."""
    with open(f"/proc/{pid}/status") as file:
        return next(int(line.split()[1]) / 1024 for line in file if line.startswith("VmRSS"))
