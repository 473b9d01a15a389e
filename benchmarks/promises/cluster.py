"""A PostgreSQL and a Redis of one's own in a folder that is removed, which may be killed as nobody else's may."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from benchmarks.promises.site import _free_port, _wait_for

RULES = {
    "fsync": "on",
    "wal_keep_size": "4GB",  # so that all of a run can be read
    "max_connections": "150",
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    # The control, which commits without waiting, must have something to lose.
    "wal_writer_delay": "2s",
    "wal_writer_flush_after": "64MB",
    "autovacuum": "off",
}


@dataclass(frozen=True)
class Cluster:
    """A PostgreSQL server in its folder, which any process may kill and start by what lies there."""

    folder: Path
    port: int

    @property
    def address(self) -> str:
        return f"postgres://postgres@127.0.0.1:{self.port}/postgres"

    @property
    def log(self) -> Path:
        return self.folder / "log"

    def start(self) -> None:
        """Start it, and come back once it answers; after a kill it first recovers from its log."""
        told = [f"-c{name}={value}" for name, value in (RULES | {"port": str(self.port)}).items()]
        command = [program("postgres"), "-D", self.folder / "data", *told]
        with self.log.open("ab") as log:
            subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True, **_as_postgres())
        ready = [program("pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        for _ in range(600):
            if subprocess.run(ready, check=False).returncode == 0:
                return
            time.sleep(0.1)
        raise AssertionError(f"PostgreSQL did not start: {self.log.read_text()[-2000:]}")

    def kill(self) -> None:
        """End all of its processes at once with SIGKILL: what they had only in memory is gone."""
        lock = self.folder / "data" / "postmaster.pid"
        first = int(lock.read_text().splitlines()[0])
        kill_all([first, *children_of(first)])
        # Else a first process that its parent has not asked after yet would be taken for a living one.
        lock.unlink()


@contextmanager
def own_cluster(there: str = "") -> Iterator[Cluster]:
    """A new cluster, removed afterwards; or one that is `there` already, in the form of `folder:port`."""
    if there:
        folder, _, port = there.rpartition(":")
        yield Cluster(Path(folder), int(port))
        return
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        cluster = Cluster(Path(name), _free_port())
        if os.getuid() == 0:
            shutil.chown(name, "postgres", "postgres")
        made = [program("initdb"), "-D", cluster.folder / "data", "-A", "trust", "-U", "postgres", "-E", "UTF8", "-N"]
        subprocess.run(
            made, check=True, stdout=subprocess.DEVNULL, env=os.environ | {"LC_ALL": "C.UTF-8"}, **_as_postgres()
        )
        cluster.start()
        try:
            yield cluster
        finally:
            cluster.kill()


class Redis:
    """A Redis server of one's own."""

    def __init__(self) -> None:
        self.port = _free_port()
        self.start()

    @property
    def address(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        command = ["redis-server", "--port", str(self.port), "--save", "", "--bind", "127.0.0.1"]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _wait_for(self.port)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


@contextmanager
def own_redis() -> Iterator[Redis]:
    """A new Redis, ended afterwards."""
    redis = Redis()
    try:
        yield redis
    finally:
        redis.kill()


def children_of(parent: int) -> list[int]:
    """The processes that a process has started."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            words = path.read_text().rpartition(")")[2].split()
            if int(words[1]) == parent:
                found.append(int(path.parent.name))
    return found


def kill_all(processes: list[int]) -> None:
    """Kill these processes, and wait until none of them runs."""
    for process in processes:
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
    for _ in range(600):
        if not any(map(_runs, processes)):
            return
        time.sleep(0.05)
    raise AssertionError("a killed process goes on")


def _runs(process: int) -> bool:
    with suppress(OSError):
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    return False


def program(name: str) -> str:
    """Where a program of PostgreSQL is; Debian keeps those of the server out of the path. Empty if it is not here."""
    found = shutil.which(name) or next(
        iter(sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)), ""
    )
    return str(found)


def _as_postgres() -> dict[str, str]:
    """PostgreSQL refuses to run as root."""
    return {"user": "postgres", "group": "postgres", "extra_groups": []} if os.getuid() == 0 else {}
