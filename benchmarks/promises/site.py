"""A site with production's settings on a PostgreSQL database of its own: page servers, and a worker to be killed."""

import http.client
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from bs4 import BeautifulSoup

from benchmarks.datasets import ROOT
from benchmarks.production import COOKIES, HOST, TOKEN, scratch_database

# What stands under the lock, and would stop a sale too many or answer it with a failure: a control goes without.
GUARDS = {
    "events_signup": ("one_sign_up_per_position", "one_living_sign_up_per_person"),
    "sealing_mark": ("a_person_answers_a_round_once",),
}
BACKLOG = 120  # seconds that a client waits for its answer


@dataclass(frozen=True)
class Answer:
    status: int
    location: str
    page: str
    seconds: float


class Site:
    """Asks its page servers as one of its people, and starts and kills its worker."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.folder, self.environment, self.port = folder, environment, _free_port()
        self.servers: subprocess.Popen | None = None
        self.beside: list[subprocess.Popen] = []

    def serve(self, *, processes: int, locked: bool = True, application: str = "portal.wsgi") -> None:
        """Start page servers; without the lock, or with another application, for a control."""
        application = application if locked else "benchmarks.promises.unlocked"
        gunicorn = str(Path(sys.executable).parent / "gunicorn")
        command = [
            gunicorn,
            f"{application}:application",
            "--workers",
            str(processes),
            "--bind",
            f"127.0.0.1:{self.port}",
        ]
        self.servers = self._start([*command, "--timeout", "120"])
        _wait_for(self.port)

    def serve_sockets(self, program: tuple[str, ...] = ("portal.server",), **told: str) -> tuple[subprocess.Popen, int]:
        """Start a sockets' server as the portal runs it, or another program in its place; its process and port."""
        port = _free_port()
        self.beside.append(
            self._start([sys.executable, "-m", *program, "--port", str(port), "--only-problems"], **told)
        )
        _wait_for(port)
        return self.beside[-1], port

    @contextmanager
    def beside_it(self, way: str, **told: str) -> Iterator[tuple[subprocess.Popen, int]]:
        """A server that fans out in this way, of `benchmarks.promises.fan`."""
        process, port = self.serve_sockets(("benchmarks.promises.fan", way), **told)
        try:
            yield process, port
        finally:
            process.kill()
            process.wait()

    def stop(self) -> None:
        for process in (self.servers, *self.beside):
            if process is not None and process.poll() is None:
                process.terminate()
                try:
                    process.wait(30)
                except subprocess.TimeoutExpired:
                    process.kill()

    def start_worker(self, *, schedules: bool = False) -> subprocess.Popen:
        """Start a worker, which `stop` ends."""
        command = [sys.executable, "manage.py", "worker", "--worker-id", "bench"]
        self.beside.append(self._start(command if schedules else [*command, "--no-schedules"]))
        return self.beside[-1]

    @property
    def log(self) -> Path:
        """What its processes have written."""
        return self.folder / "log"

    def _start(self, command: list[str], **told: str) -> subprocess.Popen:
        with self.log.open("ab") as log:
            return subprocess.Popen(command, env=self.environment | told, cwd=ROOT, stdout=log, stderr=log)

    def ask(
        self,
        address: str,
        session: str,
        form: Mapping[str, str | list[str]] | bytes | None = None,
        *,
        drop: bool = False,
    ) -> Answer:
        """Get a page, or post a form or JSON. Whoever drops the answer hangs up once the form is sent."""
        headers = {"Host": HOST, "X-Forwarded-Proto": "https", "Origin": f"https://{HOST}"}
        headers["Cookie"] = COOKIES.format(session=session, token=TOKEN)
        body: str | bytes | None = None
        if isinstance(form, bytes):
            headers |= {"Content-Type": "application/json", "X-CSRFToken": TOKEN}
            body = form
        elif form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            body = urlencode({**form, "csrfmiddlewaretoken": TOKEN}, doseq=True)
        began = time.perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=BACKLOG)
        try:
            connection.request("GET" if body is None else "POST", address, body, headers)
            if drop:
                return Answer(0, "", "", 0.0)
            answer = connection.getresponse()
            page = answer.read().decode(errors="replace")
            return Answer(answer.status, answer.headers.get("Location", ""), page, time.perf_counter() - began)
        finally:
            connection.close()

    def deliver(self, *, kills: int, is_done, wait: float = 0.4) -> int:
        """Run a worker until all is sent, killing it so many times at work; returns how often it was killed."""
        killed, before = 0, self.mails_handed_over()
        command = [sys.executable, "manage.py", "worker", "--no-schedules", "--worker-id", "bench"]
        worker = self._start(command)
        deadline = time.monotonic() + 1800
        try:
            while not is_done():
                assert time.monotonic() < deadline, "the worker never came to the end"
                time.sleep(wait)
                if killed < kills and len(self.message_ids()) > before:
                    worker.send_signal(signal.SIGKILL)
                    worker.wait()
                    killed, before = killed + 1, self.mails_handed_over()
                    worker = self._start(command)
        finally:
            worker.terminate()
            worker.wait(60)
        return killed

    def message_ids(self) -> list[str]:
        """The Message-ID of every mail that the server was handed, as often as it was."""
        mails = (path.read_text(errors="replace") for path in (self.folder / "mail").glob("*"))
        return [found for mail in mails for found in re.findall(r"^Message-ID: (\S+)", mail, re.MULTILINE)]

    def mails_handed_over(self) -> int:
        return len(self.message_ids())


def form_with(name: str, page: str) -> dict[str, str]:
    """What a browser would send of the form on a page that has a field of this name, as it stands there."""
    field = BeautifulSoup(page, "html.parser").find(attrs={"name": name})
    form = field.find_parent("form") if field else None
    assert form is not None, f"no form with {name} on the page"
    sent: dict[str, str] = {}
    for one in form.find_all(["input", "textarea", "select"]):
        if one.name == "select":
            chosen = one.find("option", selected=True) or one.find("option")
            sent[one["name"]] = chosen.get("value", "")
        elif one.name == "textarea":
            sent[one["name"]] = one.get_text().removeprefix("\n")
        elif one.get("type") not in ("checkbox", "radio") or one.has_attr("checked"):
            sent[one["name"]] = one.get("value", "")
    return sent


def drop_guards() -> None:
    """Take the constraints off this database."""
    from django.db import connection

    with connection.cursor() as cursor:
        for table, names in GUARDS.items():
            for name in names:
                cursor.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT IF EXISTS "{name}"')
                cursor.execute(f'DROP INDEX IF EXISTS "{name}"')


@contextmanager
def migrated(server: str) -> Iterator[str]:
    """The name of a migrated and otherwise empty database to make copies of, removed afterwards."""
    clean = f"portal_bench_{os.getpid()}_clean"
    with tempfile.TemporaryDirectory() as folder, _database(server, folder, name=clean) as database:
        command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
        subprocess.run(command, env=_environment(database, folder), cwd=ROOT, check=True)
        yield urlsplit(database).path if is_sqlite(database) else clean


def is_sqlite(server: str) -> bool:
    return not server.startswith("postgres")


@contextmanager
def _database(server: str, folder: str, *, copy_of: str = "", name: str = "") -> Iterator[str]:
    """The address of a database of one's own: a file in the folder, or one that is removed from the server."""
    if is_sqlite(server):
        path = Path(folder) / "portal.sqlite3"
        if copy_of:
            shutil.copy(copy_of, path)
        yield f"sqlite://{path}"
        return
    with scratch_database(server, copy_of=copy_of or "template1", name=name) as database:
        yield database


@contextmanager
def site_on(server: str, clean: str, *, redis: str = "", search: str = "") -> Iterator[Site]:
    """A site in a copy of the `clean` database, removed afterwards; this process is set up on the same one."""
    with tempfile.TemporaryDirectory() as folder, _database(server, folder, copy_of=clean) as database:
        environment = _environment(database, folder)
        environment |= {name: at for name, at in (("REDIS_URL", redis), ("ELASTICSEARCH_URL", search)) if at}
        os.environ.clear()
        os.environ.update(environment)
        import django

        django.setup()
        from django.db import connections

        site = Site(Path(folder), environment)
        try:
            yield site
        finally:
            site.stop()
            connections.close_all()


def _environment(database: str, folder: str) -> dict[str, str]:
    """What the processes of a site are told: production's settings, without Redis and Elasticsearch."""
    left_out = {"DEMO", "REDIS_URL", "ELASTICSEARCH_URL"}
    return {name: value for name, value in os.environ.items() if name not in left_out} | {
        "DATABASE_URL": database,
        "PORTAL_DATA": folder,
        "BALLOT_KEYS": f"{folder}-keys",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": HOST,
        "BASE_URL": f"https://{HOST}",
        "DJANGO_SETTINGS_MODULE": f"benchmarks.{'sqlite' if is_sqlite(database) else 'production'}_settings",
    }


def _wait_for(port: int) -> None:
    """Come back once a server answers at this port."""
    for _ in range(300):
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise AssertionError("the server did not start")


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return listening.getsockname()[1]
