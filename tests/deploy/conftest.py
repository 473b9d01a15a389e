"""A production site's processes, started by the same script as in the image, against real servers."""

import fcntl
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
RUN = ["sh", str(ROOT / "deploy/run.sh")]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def database():
    """A database of its own on the server that DATABASE_URL names."""
    server = os.environ["DATABASE_URL"]
    name = f"processes_{secrets.token_hex(4)}"
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
    yield urlsplit(server)._replace(path=f"/{name}").geturl()
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def environment(database, tmp_path_factory):
    """What the roles are told, with the style sheets collected and the database migrated by their own roles."""
    environment = {
        **os.environ,
        "DATABASE_URL": database,
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": "portal.example.org",
        "BASE_URL": "https://portal.example.org",
        "TRUSTED_PROXY_COUNT": "1",
        "PORTAL_DATA": str(tmp_path_factory.mktemp("data")),
        "HOST": "127.0.0.1",
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "WEB_WORKERS": "1",
    }
    for name in ("DEMO", "DJANGO_SETTINGS_MODULE"):
        environment.pop(name, None)
    # Tests run side by side, and the folder of collected files is one.
    with open(Path(tempfile.gettempdir()) / "portal-collecting.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        subprocess.run([*RUN, "static"], env=environment, check=True)
    subprocess.run([*RUN, "migrate"], env=environment, check=True)
    return environment


@pytest.fixture(scope="session")
def site(environment, tmp_path_factory):
    """web, sockets and worker as production runs them; yields their ports, and where what they log is kept."""
    ports = {"web": free_port(), "sockets": free_port()}
    told = {**environment, "PORT": str(ports["web"]), "SOCKETS_PORT": str(ports["sockets"])}
    logs = {role: tmp_path_factory.mktemp("logs") / role for role in ("web", "sockets", "worker")}
    roles = [subprocess.Popen([*RUN, role], env=told, stderr=logs[role].open("w")) for role in logs]
    for name in ports:
        wait_for_answer(ports[name], roles)
    yield {**ports, "logs": logs}
    for process in roles:
        process.terminate()
    for process in roles:
        assert process.wait(20) is not None


def wait_for_answer(port: int, processes) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert all(process.poll() is None for process in processes), "a process ended by itself"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise AssertionError(f"nothing answers on port {port}")


def get(port: int, path: str, **headers: str):
    asked = urllib.request.Request(f"http://127.0.0.1:{port}{path}")
    for name, value in {"Host": "portal.example.org", "X-Forwarded-Proto": "https", **headers}.items():
        asked.add_header(name.replace("_", "-"), value)
    try:
        return urllib.request.urlopen(asked, timeout=20)
    except urllib.error.HTTPError as refused:
        return refused
