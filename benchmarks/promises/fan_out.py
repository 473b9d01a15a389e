"""What it costs until every screen of a hall has a vote, against the least it can cost, by turns in one run."""

import asyncio
import math
import os
import statistics
import subprocess
import time
from typing import Any

import uvloop

from benchmarks.promises.hall import Report, address_of, place_of
from benchmarks.promises.making import Caller, callers, vote
from benchmarks.promises.site import HOST, Site
from benchmarks.promises.sockets import Place, Screen, empty, open_hall
from benchmarks.promises.votes import casts, form_for, what_was_said
from voting.models import Ballot

HALLS = (100, 500, 1000)
WINDOW = 0.25
RATE, SECONDS = 50, 2
TICKS = os.sysconf("SC_CLK_TCK")
COSTLY = 500  # of so many sockets the stock way is measured too


def fan(site: Site, *, rounds: int, votes: int, seed: int, locked: bool = True) -> Report:
    """Goals C1 to C5 and C7: medians of the rounds, in which the sides took turns."""
    report: Report = {"n": rounds, "votes": votes, "others": _Others()}
    report["spaced"] = {f"{size}": _spaced(site, size, rounds, votes) for size in HALLS}
    report["burst"] = _burst(site, COSTLY, rounds)
    report["whole"] = _whole(site, rounds, votes)
    report["others"] = report["others"].share()
    report["goals"] = goals(report)
    for goal in report["goals"]:
        print(goal, flush=True)
    return report


def goals(report: Report) -> list[str]:
    """Each goal with its figure, and whether it is met."""
    spaced, burst, whole = report["spaced"], report["burst"], report["whole"]
    ours, bare, stock = burst["ours"], spaced[f"{COSTLY}"]["bare"], spaced[f"{COSTLY}"]["stock"]
    one, two = (whole[f"500 watch{how}"]["p95_ms"] for how in ("", " two processes"))
    times = stock["cpu_us"] / spaced[f"{COSTLY}"]["ours"]["cpu_us"]
    most_frames = math.ceil(SECONDS / WINDOW) + 2
    found = [
        *((f"C1 p95 with {size}, × bare", each["ratio_p95"], "≤", 1.5) for size, each in spaced.items()),
        ("C2 p95 of a burst, ms", ours["p95_ms"], "≤", round(1000 * WINDOW + 1.5 * bare["p95_ms"])),
        ("C2 p95 of a burst, × bare coalesced", burst["ratio_p95"], "≤", 1.3),
        ("C2 p99 of a burst, × bare coalesced", burst["ratio_p99"], "≤", 1.5),
        *(
            (f"C3 processor per frame with {size}, × bare", each["ratio_cpu"], "≤", 2.5)
            for size, each in spaced.items()
        ),
        ("C3 times cheaper than group_send", round(times, 1), "≥", 8),
        ("C4 frames a client in a burst", burst["most_frames"], "≤", most_frames),
        ("C4 clients without the last frame", burst["missed_the_last"], "≤", 0),
        ("C5 p95 of a post with 1,000 watching, × nobody watching", whole["ratio_post_p95"], "≤", 2),
        ("C7 p95 of two processes, ms", two, "≤", round(1.5 * one + 10)),
    ]
    return [
        f"{'met' if (figure <= goal if sign == '≤' else figure >= goal) else 'MISSED'}: {name} {figure} ({sign} {goal})"
        for name, figure, sign, goal in found
    ]


class _Others:
    """The share of the machine that processes took which are none of ours."""

    def __init__(self) -> None:
        self.began, self.ours = self._busy(), self._own()

    def share(self) -> float:
        busy, total = (now - then for now, then in zip(self._busy(), self.began, strict=True))
        return round(max(0.0, (busy - TICKS * (self._own() - self.ours)) / total), 2)

    def _busy(self) -> tuple[int, int]:
        with open("/proc/stat") as file:
            spent = [int(word) for word in file.readline().split()[1:9]]
        return sum(spent) - spent[3] - spent[4], sum(spent)

    def _own(self) -> float:
        times = os.times()
        return times.user + times.system + times.children_user + times.children_system


def _spaced(site: Site, size: int, rounds: int, votes: int) -> Report:
    """Votes one after another, none of them coalesced: milliseconds from the post until the last screen has it."""
    ways = ["bare", "ours"] + ["stock"] * (size == COSTLY)
    found: dict[str, list[Report]] = {way: [] for way in ways}
    for _ in range(rounds):
        for way in ways:
            with site.beside_it(way, WINDOW="0") as (process, port):
                few = votes if way != "stock" else max(3, votes // 4)
                found[way].append(uvloop.run(_spaced_votes(process, port, size, few)))
    return {way: _medians(reports) for way, reports in found.items()} | {
        "ratio_p95": _ratio(found["ours"], found["bare"], "p95_ms"),
        "ratio_cpu": _ratio(found["ours"], found["bare"], "cpu_us"),
    }


async def _spaced_votes(process: subprocess.Popen, port: int, size: int, votes: int) -> Report:
    hall = await _hall(port, size)
    await asyncio.sleep(0.3)
    before, sent, posted = _cpu(process), sum(len(screen.frames) for screen in hall), {}
    for version in range(1, votes + 1):
        posted[version] = time.perf_counter()
        await _post(port)
        async with asyncio.timeout(30):
            while any(screen.version < version for screen in hall):
                await asyncio.sleep(0.02)
        await asyncio.sleep(0.05)
    spent = _cpu(process) - before
    took = _until_the_last(hall, posted)
    sent = sum(len(screen.frames) for screen in hall) - sent
    await empty(hall)
    return _percentiles(took) | {"cpu_us": 1e6 * spent / sent, "frames": sent}


def _burst(site: Site, size: int, rounds: int) -> Report:
    """Fifty votes a second, coalesced: the hub beside a bare coalesced fan-out; one reader stops for five seconds."""
    found: dict[str, list[Report]] = {"bare": [], "ours": []}
    for _ in range(rounds):
        for way, reports in found.items():
            with site.beside_it(way, WINDOW=str(WINDOW)) as (process, port):
                reports.append(uvloop.run(_rush(process, port, size, has_slow=way == "ours")))
    return {way: _medians(reports) for way, reports in found.items()} | {
        "ratio_p95": _ratio(found["ours"], found["bare"], "p95_ms"),
        "ratio_p99": _ratio(found["ours"], found["bare"], "p99_ms"),
        "most_frames": max(report["most_frames"] for report in found["ours"]),
        "missed_the_last": sum(report["missed_the_last"] for report in found["ours"]),
    }


async def _rush(process: subprocess.Popen, port: int, size: int, *, has_slow: bool) -> Report:
    hall = await _hall(port, size)
    slow = hall.pop() if has_slow else None
    await asyncio.sleep(0.5)
    if slow:
        slow.transport.pause_reading()
    before, first, posted, posts = _cpu(process), len(hall[0].frames), {}, []
    began = time.perf_counter()
    for version in range(1, RATE * SECONDS + 1):
        await asyncio.sleep(max(0.0, began + version / RATE - time.perf_counter()))
        posted[version] = time.perf_counter()
        posts.append(asyncio.create_task(_post(port)))
    await asyncio.gather(*posts)
    await asyncio.sleep(WINDOW + 1)
    spent, last = _cpu(process) - before, RATE * SECONDS
    missed = sum(screen.version != last for screen in hall)
    if slow:
        await asyncio.sleep(5 - SECONDS - WINDOW - 1)
        slow.transport.resume_reading()
        await asyncio.sleep(WINDOW + 1)
        missed += slow.version != last
    frames = [len(screen.frames) - first for screen in hall]
    took = _until_the_last(hall, posted)
    await empty(hall)
    return _percentiles(took) | {"cpu_s": spent, "most_frames": max(frames), "missed_the_last": missed}


def _whole(site: Site, rounds: int, votes: int) -> Report:
    """Real votes through page servers, PostgreSQL and Redis: what a post takes without and with a hall that watches,
    and how soon the hall has it where one process serves it and where two do.
    """
    people = callers(rounds * 3 * votes + 1000, "fan-")
    ballot = vote("fan", [caller.person for caller in people])
    voters, option = iter(people), ballot.options.first().pk
    site.serve(processes=2)
    for _ in range(8):  # so that no process meets its first post in what is measured
        casts(site, ballot, next(voters), form_for(option))
    ballot.refresh_from_db()
    found: dict[str, list[Report]] = {}
    for _ in range(rounds):
        for name, size, processes in (("nobody watches", 0, 1), ("1000 watch", 1000, 1), ("500 watch", 500, 1),
                                      ("500 watch two processes", 500, 2)):  # fmt: skip
            servers = [site.serve_sockets() for _ in range(processes)]
            places = [place_of(servers[n % processes][1], ballot, n=n) for n in range(size)]
            few = votes if size != 500 else votes // 2
            report = uvloop.run(_real_votes(site, ballot, places, voters, option, few))
            found.setdefault(name, []).append(report)
            for process, _ in servers:
                process.kill()
                process.wait()
    return {name: _medians(reports) for name, reports in found.items()} | {
        "ratio_post_p95": _ratio(found["1000 watch"], found["nobody watches"], "post_p95_ms"),
    }


async def _real_votes(site: Site, ballot: Ballot, places: list[Place], voters: Any, option: int, votes: int) -> Report:
    hall = await open_hall(places)
    await asyncio.sleep(1)
    posted, took = {}, []
    for _ in range(votes):
        caller: Caller = next(voters)
        form = form_for(option)
        began = time.perf_counter()
        answer = await asyncio.to_thread(casts, site, ballot, caller, form)
        assert len(what_was_said(answer)) == 10, answer.status  # a receipt
        ballot.version += 1
        posted[ballot.version] = began
        took.append(1000 * answer.seconds)
        await asyncio.sleep(0.3)
    await asyncio.sleep(1)
    report = {f"post_{name}": value for name, value in _percentiles(took).items()}
    if hall:
        report |= _percentiles(_until_the_last(hall, posted))
    await empty(hall)
    return report


async def _hall(port: int, size: int) -> list[Screen]:
    places = [Place(port, "/ws/votes/aaaaaaaaaa/", f"https://{HOST}", address=address_of(n)) for n in range(size)]
    hall = await open_hall(places)
    assert all(screen.status == 101 for screen in hall), {screen.status for screen in hall}
    return hall


async def _post(port: int) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"POST / HTTP/1.1\r\nHost: bench.example\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
    await reader.read()
    writer.close()


def _until_the_last(hall: list[Screen], posted: dict[int, float]) -> list[float]:
    """Milliseconds from each post until the last screen had it; votes that a screen never had count as a minute."""
    never = time.perf_counter() + 60
    return [1000 * (max(screen.seen_at(v) or never for screen in hall) - at) for v, at in posted.items()]


def _percentiles(took: list[float]) -> dict[str, float]:
    ordered = sorted(took)
    return {f"p{share}_ms": ordered[math.ceil(share / 100 * len(ordered)) - 1] for share in (50, 95, 99)}


def _cpu(process: subprocess.Popen) -> float:
    """Seconds of processor time that a process has taken."""
    with open(f"/proc/{process.pid}/stat") as file:
        words = file.read().rpartition(")")[2].split()
    return (int(words[11]) + int(words[12])) / TICKS


def _medians(reports: list[Report]) -> Report:
    return {name: round(statistics.median(report[name] for report in reports), 2) for name in reports[0]}


def _ratio(ours: list[Report], theirs: list[Report], name: str) -> float:
    """The median of the rounds' ratios."""
    return round(statistics.median(a[name] / b[name] for a, b in zip(ours, theirs, strict=True)), 2)
