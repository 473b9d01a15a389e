"""A new release is put to work while people use the site: nobody is turned away and nobody waits for long."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time

import pytest

from tests.deploy.conftest import RUN, get

pytestmark = [pytest.mark.postgresql, pytest.mark.redis, pytest.mark.elasticsearch]
PAGES = ("/", "/needs/", "/events/", "/councils/", "/assets/")
PATIENCE = 30  # seconds: a server that does not start ends the test


# The door as descriptor 3, and the number of the process that becomes the role, as systemd gives them.
HAND_OVER = """
import os, sys
os.dup2(int(sys.argv[1]), 3)
os.environ["LISTEN_PID"] = str(os.getpid())
os.execvp(sys.argv[2], sys.argv[2:])
"""


class PageServer:
    """One page server, started the way systemd starts `portal-web@.service`: handed the door, and waited for."""

    def __init__(self, door: socket.socket, environment: dict[str, str], folder) -> None:
        self.door, self.environment, self.path = door, environment, str(folder / "notify")

    def start(self) -> None:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as told:
            told.bind(self.path)
            told.settimeout(PATIENCE)
            self.process = subprocess.Popen(
                [sys.executable, "-c", HAND_OVER, str(self.door.fileno()), *RUN, "web"],
                env={**self.environment, "LISTEN_FDS": "1", "NOTIFY_SOCKET": self.path},
                pass_fds=[self.door.fileno()],
            )
            assert told.recv(200).startswith(b"READY=1")
        os.unlink(self.path)

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(PATIENCE) == 0

    def restart(self) -> float:
        """Stop and start. Returns how many seconds nobody would have been answered with this server alone."""
        began = time.monotonic()
        self.stop()
        self.start()
        return time.monotonic() - began


class Visitors:
    """Ten requests a second, each in its own thread: nobody waits with asking because another is waiting."""

    def __init__(self, port: int) -> None:
        self.port, self.waits, self.failures = port, [], []

    def __enter__(self) -> "Visitors":
        self.leaving = threading.Event()
        self.coming = threading.Thread(target=self.come)
        self.coming.start()
        return self

    def come(self) -> None:
        asking = []
        while not self.leaving.wait(0.1):
            asking.append(threading.Thread(target=self.ask, args=[PAGES[len(asking) % len(PAGES)]]))
            asking[-1].start()
        for one in asking:
            one.join()

    def ask(self, path: str) -> None:
        began = time.monotonic()
        try:
            answer = get(self.port, path)
            answer.read()
            if answer.status != 200:
                self.failures.append((path, answer.status))
        except OSError as problem:
            self.failures.append((path, problem))
        self.waits.append(time.monotonic() - began)

    def __exit__(self, *exc: object) -> None:
        self.leaving.set()
        self.coming.join()


def test_a_restart_by_turns_fails_nobody_and_lets_nobody_wait_for_two_seconds(environment, tmp_path):
    with socket.create_server(("127.0.0.1", 0), backlog=128) as door:
        servers = []
        for name in ("1", "2"):
            (tmp_path / name).mkdir()
            servers.append(PageServer(door, environment, tmp_path / name))
            servers[-1].start()
        try:
            with Visitors(door.getsockname()[1]) as visitors:
                gaps = [server.restart() for server in servers]
                # A page server told to reload forks its workers afresh, with no gap either.
                servers[0].process.send_signal(signal.SIGHUP)
                time.sleep(1)
        finally:
            for server in servers:
                server.stop()

    assert visitors.failures == []
    assert len(visitors.waits) > 10
    # On a machine so busy that people wait anyway, still not as long as for a single server.
    assert max(visitors.waits) <= max(2, *gaps)
