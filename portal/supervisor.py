"""The site and its worker in one terminal (`manage.py site`): a supervisor of two processes, without Django."""

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from typing import TextIO

from portal.settings import env

STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def main(arguments: list[str]) -> int:
    """Run both until Ctrl-C, SIGTERM or the end of the site's process; a worker that died is restarted."""
    parser = argparse.ArgumentParser(prog="manage.py site", description=__doc__)
    parser.add_argument("--port", type=int, default=env.number("PORT", 8000, least=1))
    # With DEMO=1 anyone may become anyone, so other machines cannot reach it unless `--host` says so.
    parser.add_argument("--host", default=os.environ.get("HOST") or "127.0.0.1")
    asked = parser.parse_args(arguments)
    if is_taken(asked.host, asked.port):
        say(f"Port {asked.port} is taken. Stop what runs there, or choose another: PORT=8001 make start", to=sys.stderr)
        return 1
    # Links in mails lead to where the site listens.
    os.environ["PORT"] = str(asked.port)
    address = os.environ.get("BASE_URL") or f"http://localhost:{asked.port}"
    web = [sys.executable, "-m", "portal.server", "--host", asked.host, "--port", str(asked.port)]
    return watch(
        web=[*web, "--patience", "2", "--only-problems"],
        worker=[sys.executable, sys.argv[0], "worker", "--worker-id", f"site-{os.getpid()}"],
        until_answering=lambda: is_taken(asked.host, asked.port),
        greeting=f"{{now}}  The site answers on {address}  (Ctrl-C stops it)",
    )


def watch(*, web: list[str], worker: list[str], until_answering: Callable[[], bool], greeting: str) -> int:
    stopping = False

    def stop(signum: int, frame: object) -> None:
        nonlocal stopping
        stopping = True

    for name in STOPS:
        signal.signal(name, stop)
    site, hand = start(web), start(worker)
    announced = False
    while not stopping and site.poll() is None:
        if not announced and until_answering():
            announced = True
            say(greeting.format(now=time.strftime("%H:%M:%S")))
        if hand.poll() is not None:
            say(f"The worker ended ({hand.returncode}); starting it again")
            time.sleep(1)
            hand = start(worker)
        time.sleep(0.1)
    end([site, hand])
    say("Stopped")
    return 0 if stopping else site.returncode or 1


def start(command: list[str]) -> subprocess.Popen:
    """Start a process in a group of its own, so that Ctrl-C reaches the supervisor alone, which stops them in order."""
    return subprocess.Popen(command, start_new_session=True)  # noqa: S603 - our own commands


def end(children: list[subprocess.Popen]) -> None:
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        try:
            child.wait(10)
        except subprocess.TimeoutExpired:
            child.kill()


def is_taken(host: str, port: int) -> bool:
    """Whether something listens at this address."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.settimeout(0.5)
        return probe.connect_ex((host if host != "0.0.0.0" else "127.0.0.1", port)) == 0  # noqa: S104 - compared, not bound


def say(sentence: str, *, to: TextIO | None = None) -> None:
    stream = to or sys.stdout
    stream.write(f"{sentence}\n")
    stream.flush()
