"""What pages, sign-ups and votes cost over HTTP with production's settings on PostgreSQL, where DATABASE_URL names one.

One page server, asked by one client, in a database that is made for the run and removed after it. `prepare` runs in a
process of its own, because a process has one database.
"""

import http.client
import json
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import psycopg

from benchmarks import datasets
from benchmarks.rows import Goal, Row

WANTS = {datasets.SMALL}
HOST = "bench.example"
PEOPLE, ROUNDS, ASKED = 320, 5, 10
COOKIES = "__Host-session={session}; __Host-csrf={token}"
TOKEN = "b" * 32


def run() -> Iterator[Row]:
    server = os.environ.get("BENCH_DATABASE_URL", "")
    if not server.startswith("postgres"):
        print("DATABASE_URL names no PostgreSQL, so production’s price is left out.")
        return
    with scratch_database(server) as database, _page_server(database) as (ask, known):
        people = iter(known["sessions"])
        yield from _pages(ask, known["pages"])
        ours, bare = known["sign_up"]
        yield _action("a sign-up", ask, people, ours, bare, {"kind": "other", "access_needs": ""})
        ours, bare, options = known["vote"]
        yield _action("a vote", ask, people, ours, bare, {"step": "count"}, options)


def _pages(ask: Callable[..., None], addresses: dict[str, str]) -> Iterator[Row]:
    cost = _by_turns({name: lambda address=address: ask(address) for name, address in addresses.items()})
    for name, seconds in cost.items():
        times = Goal("× a lean page", seconds / cost["a lean Wagtail page"])
        yield Row("production", name, "ms by the clock", 1000 * seconds, None, (times,))


def _action(name: str, ask, people: Iterator[str], ours: str, bare: str, answers: dict, options=("", "")) -> Row:
    def post(address: str, option: str) -> Callable[[], None]:
        body = urlencode(answers | {"csrfmiddlewaretoken": TOKEN} | ({"options": option} if option else {}))
        return lambda: ask(address, body=body, session=next(people), expected=(200, 302))

    cost = _by_turns({"ours": post(ours, options[0]), "bare": post(bare, options[1])})
    speed = Goal("× the bare view’s requests a second", cost["bare"] / cost["ours"], 0.25, is_least=True)
    return Row("production", name, "ms by the clock", 1000 * cost["ours"], None, (speed,))


def _by_turns(works: dict[str, Callable[[], None]]) -> dict[str, float]:
    """Seconds a request, in the best of the rounds."""
    found: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(ROUNDS):
        for name, work in works.items():
            began = time.perf_counter()
            for _ in range(ASKED):
                work()
            found[name].append((time.perf_counter() - began) / ASKED)
    return {name: min(times) for name, times in found.items()}


@contextmanager
def scratch_database(server: str, *, copy_of: str = "template1", name: str = "") -> Iterator[str]:
    """The address of a database on this server that is removed afterwards."""
    name = name or f"portal_bench_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{copy_of}"')
    try:
        yield urlsplit(server)._replace(path=f"/{name}").geturl()
    finally:
        with psycopg.connect(server, autocommit=True) as connection:  # the server may have been restarted meanwhile
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def _page_server(database: str) -> Iterator[tuple[Callable[..., None], dict]]:
    """A server on a free port: how to ask it, and what it holds."""
    folder = datasets.place(datasets.SMALL).parent / "production"
    common = {name: value for name, value in os.environ.items() if name not in ("DEMO", "DJANGO_SETTINGS_MODULE")}
    common |= {"DATABASE_URL": database, "PORTAL_DATA": str(folder), "SECRET_KEY": secrets.token_urlsafe(50)}
    building = common | {"DEMO": "1", "DJANGO_SETTINGS_MODULE": "benchmarks.settings"}
    said = subprocess.run(
        [sys.executable, "-c", "from benchmarks import production; production.prepare()"],
        env=building, cwd=datasets.ROOT, check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    serving = common | {
        "DJANGO_SETTINGS_MODULE": "benchmarks.production_settings",
        "ALLOWED_HOSTS": HOST,
        "BASE_URL": f"https://{HOST}",
    }
    port = _free_port()
    gunicorn = str(Path(sys.executable).parent / "gunicorn")
    command = [gunicorn, "portal.wsgi:application", "--workers", "1", "--bind", f"127.0.0.1:{port}"]
    # It logs every request, as it does in production; nobody reads it here.
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    server = subprocess.Popen(command, env=serving, cwd=datasets.ROOT, **quiet)
    try:
        _wait_for(port)
        yield _asker(port), json.loads(said.splitlines()[-1])
    finally:
        server.terminate()
        server.wait(20)


def _asker(port: int) -> Callable[..., None]:
    def ask(address: str, *, body: str = "", session: str = "", expected: tuple[int, ...] = (200,)) -> None:
        headers = {"Host": HOST, "X-Forwarded-Proto": "https", "Origin": f"https://{HOST}"}
        if session:
            headers["Cookie"] = COOKIES.format(session=session, token=TOKEN)
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request("POST" if body else "GET", address, body or None, headers)
        answer = connection.getresponse()
        answer.read()
        connection.close()
        if answer.status not in expected:
            raise AssertionError(f"{address} answers {answer.status}")

    return ask


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return listening.getsockname()[1]


def _wait_for(port: int) -> None:
    for _ in range(300):
        with socket.socket() as asking:
            if asking.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("the page server did not start")


def prepare() -> None:
    """Fill the database and print what is needed to ask the server, as JSON."""
    import django

    django.setup()
    from django.conf import settings
    from django.test import Client

    from benchmarks import actions, making
    from benchmarks.pages import ANEW
    from projects.models import Need

    making.programme()
    people = actions.make_people(PEOPLE)
    days, votes = (
        [actions.make_day(name) for name in ("ours", "bare")],
        [actions.make_vote(n) for n in ("ours", "bare")],
    )
    sessions = []
    for person in people:
        client = Client()
        client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
        sessions.append(client.cookies[settings.SESSION_COOKIE_NAME].value)
    pages = {
        "a lean Wagtail page": f"/{making.LEAN}/{ANEW}",
        "home": f"/{ANEW}",
        "a need": Need.objects.order_by("pk").first().get_absolute_url() + ANEW,
        "needs": f"/needs/{ANEW}",
    }
    sign_up = [f"/events/{days[0].slug}/sign-up/", f"/bench/sign-up/{days[1].slug}/"]
    options = [str(ballot.options.first().pk) for ballot in votes]
    vote = [f"/votes/{votes[0].reference}/cast/", f"/bench/vote/{votes[1].reference}/", options]
    print(json.dumps({"sessions": sessions, "pages": pages, "sign_up": sign_up, "vote": vote}))
