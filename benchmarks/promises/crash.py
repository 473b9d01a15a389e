"""What votes promise of a crash: whoever was told that their vote is counted finds it in the count, once."""

import http.client
import random
import subprocess
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from django.db import connections

from benchmarks.promises.cluster import Cluster, Redis, children_of, kill_all
from benchmarks.promises.engine import Elasticsearch
from benchmarks.promises.kept import _at_once
from benchmarks.promises.making import Caller, callers, facilitators, vote
from benchmarks.promises.site import Answer, Site
from benchmarks.promises.votes import OPEN, SECRET, casts, form_for, what_was_said
from voting.models import Ballot, Receipt, Vote

Report = dict[str, Any]
KILLED = ("web", "worker", "postgresql", "redis", "elasticsearch")
PATIENCE = 1800  # seconds within which a vote is told that it is counted
CRASHES = (OSError, http.client.HTTPException)


def p8(
    site: Site, cluster: Cluster, redis: Redis, elasticsearch: Elasticsearch, *, votes: int, kills: int, clients: int,
    processes: int, seed: int, locked: bool = True,
) -> Report:  # fmt: skip
    """Votes come while web, worker, PostgreSQL, Redis and Elasticsearch are killed by turns.

    A voter sends the same form until the page says that their vote is counted, as people do. Half of the votes are
    secret. The control commits without waiting for the disk.
    """
    dice = random.Random(seed)
    people, (by,) = callers(votes, "p8-"), facilitators(1, "p8-closes")
    halves = people[: votes // 2], people[votes // 2 :]
    ballots = [
        vote(f"p8-{secrecy}", [caller.person for caller in half], secrecy=secrecy)
        for secrecy, half in zip((SECRET, OPEN), halves, strict=True)
    ]
    options = {ballot.pk: list(ballot.options.values_list("pk", flat=True)) for ballot in ballots}
    site.environment |= {} if locked else {"COMMITS_ARE_NOT_WAITED_FOR": "1"}
    planned = [*KILLED] * kills
    dice.shuffle(planned)
    crashes = _Crashes(site, cluster, redis, elasticsearch, processes=processes, planned=planned, votes=votes)
    statuses: Counter[str] = Counter()
    works = [
        partial(_until_counted, site, ballot, caller, form_for(dice.choice(options[ballot.pk])), statuses, crashes)
        for ballot, half in zip(ballots, halves, strict=True)
        for caller in half
    ]
    dice.shuffle(works)
    began = time.monotonic()
    with ThreadPoolExecutor(1) as beside:
        killing = beside.submit(crashes.go_on)
        codes = _at_once(clients, works)
        crashes.is_over.set()
        killing.result()
    took = time.monotonic() - began
    connections.close_all()  # was cut off as often as PostgreSQL was killed
    for ballot in ballots:
        site.ask(f"/votes/{ballot.reference}/close/", by.session, {})
    acked, counted = Counter(code for code in codes if code), Counter(Receipt.objects.values_list("code", flat=True))
    rows = Vote.objects.count()
    return {
        "n": votes,
        "killed": dict(crashes.killed),
        "acked": acked.total(),
        "counted": rows,
        "lost": (acked - counted).total(),
        "never_told": votes - acked.total(),
        "duplicate": max(rows - votes, 0) + (counted - acked).total(),
        "sent": dict(statuses),
        "votes_a_second": round(votes / took, 1),
    }


class _Crashes:
    """Kills what serves the votes, one thing after another, as votes are acknowledged."""

    def __init__(
        self, site: Site, cluster: Cluster, redis: Redis, engine: Elasticsearch, *, processes: int, planned: list[str],
        votes: int,
    ) -> None:  # fmt: skip
        self.site, self._cluster, self._redis, self._engine = site, cluster, redis, engine
        self._processes, self._planned, self._votes = processes, planned, votes
        self.acked, self.killed, self.is_broken, self.is_over = 0, Counter[str](), False, threading.Event()
        site.serve(processes=processes)
        self._worker = site.start_worker()

    def go_on(self) -> None:
        """Kill each as soon as its share of the votes is acknowledged. One that does not start again ends it all."""
        try:
            self._go_on()
        except BaseException:
            self.is_broken = True
            raise

    def _go_on(self) -> None:
        for number, what in enumerate(self._planned, start=1):
            while self.acked < self._due(number):
                if self.is_over.wait(0.005):
                    return
            getattr(self, what)()
            self.killed[what] += 1

    def _due(self, number: int) -> float:
        """With how many votes acknowledged the kill of this number comes."""
        return self._votes * number / (len(self._planned) + 1)

    def lets_vote(self) -> bool:
        """Whether a vote may be sent: none goes on where the next kill but one would be due, so that all come."""
        return self.is_broken or self.acked < self._due(self.killed.total() + 2)

    def web(self) -> None:
        assert self.site.servers is not None  # was started above
        _kill(self.site.servers)
        self.site.serve(processes=self._processes)

    def worker(self) -> None:
        _kill(self._worker)
        self._worker = self.site.start_worker()

    def postgresql(self) -> None:
        self._cluster.kill()
        self._cluster.start()

    def redis(self) -> None:
        self._redis.kill()
        self._redis.start()

    def elasticsearch(self) -> None:
        """Kill it once it is up, as it may still be starting after the last time."""
        self._engine.wait()
        self._engine.kill()
        self._engine.start()


def _kill(process: subprocess.Popen) -> None:
    kill_all([process.pid, *children_of(process.pid)])
    process.wait()


def _until_counted(
    site: Site, ballot: Ballot, caller: Caller, form: dict[str, str], statuses: Counter[str], crashes: _Crashes
) -> str:
    """The receipt that the voter was shown at last; empty where they never were."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and not crashes.is_broken:
        if not crashes.lets_vote():
            time.sleep(0.05)
            continue
        try:
            answer: Answer | None = casts(site, ballot, caller, form)
        except CRASHES:
            answer = None
        said = what_was_said(answer) if answer else "cut off"
        statuses["counted" if len(said) == 10 else said] += 1
        if len(said) == 10:
            crashes.acked += 1
            return said
        time.sleep(0.2)
    return ""
