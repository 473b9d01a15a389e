"""An Elasticsearch of one's own in a folder that is removed, made from the program of this machine, to be killed."""

import os
import shutil
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from benchmarks.promises.cluster import children_of, kill_all
from benchmarks.promises.site import _free_port

PLACES = ("/usr/share/elasticsearch", "/opt/elasticsearch")
STARTS_WITHIN = 180  # seconds
RULES = """
cluster.name: promises
discovery.type: single-node
network.host: 127.0.0.1
http.port: {port}
transport.port: {transport}
path.data: {folder}/data
path.logs: {folder}/logs
xpack.security.enabled: false
cluster.routing.allocation.disk.threshold_enabled: false
"""


class Elasticsearch:
    """A server in its folder. Starting takes it some twenty seconds, so only `wait` waits for it."""

    def __init__(self, folder: Path, home: Path) -> None:
        self.folder, self.home, self.port = folder, home, _free_port()
        shutil.copytree(home / "config", folder / "config")
        rules = RULES.format(port=self.port, transport=_free_port(), folder=folder)
        (folder / "config" / "elasticsearch.yml").write_text(rules)
        self.owner = home.stat()
        if os.getuid() == 0:  # as which it refuses to run
            for path in (folder, *folder.rglob("*")):
                os.chown(path, self.owner.st_uid, self.owner.st_gid)
        self.start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        told = {"ES_PATH_CONF": str(self.folder / "config"), "ES_JAVA_OPTS": "-Xms256m -Xmx256m"}
        if not (self.home / "jdk").exists():
            java = shutil.which("java") or ""
            told["ES_JAVA_HOME"] = os.environ.get("ES_JAVA_HOME") or str(Path(java).resolve().parents[1])
        as_owner = {"user": self.owner.st_uid, "group": self.owner.st_gid, "extra_groups": []}
        with (self.folder / "log").open("w") as log:
            self.process = subprocess.Popen(
                [self.home / "bin" / "elasticsearch"], env=os.environ | told, stdout=log, stderr=log,
                **(as_owner if os.getuid() == 0 else {}),
            )  # fmt: skip

    def wait(self) -> None:
        """Come back once it answers."""
        deadline = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < deadline and self.process.poll() is None:
            with suppress(OSError), urllib.request.urlopen(self.address, timeout=2):
                return
            time.sleep(0.1)
        raise AssertionError(f"Elasticsearch did not start: {(self.folder / 'log').read_text()[-2000:]}")

    def kill(self) -> None:
        """End all of its processes at once with SIGKILL."""
        first = [self.process.pid, *children_of(self.process.pid)]
        kill_all([*first, *(each for child in first[1:] for each in children_of(child))])
        self.process.wait()


@contextmanager
def own_elasticsearch(home: Path) -> Iterator[Elasticsearch]:
    """A new server of the program that is installed there, starting; ended and removed afterwards."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        engine = Elasticsearch(Path(folder), home)
        try:
            yield engine
        finally:
            engine.kill()


def home_of_elasticsearch() -> Path | None:
    """Where it is installed: as ELASTICSEARCH_HOME or one that runs here says, or where packages put it."""
    said = [os.environ.get("ELASTICSEARCH_HOME", ""), *_homes_of_running_ones(), *PLACES]
    return next((Path(place) for place in said if place and (Path(place) / "bin" / "elasticsearch").exists()), None)


def _homes_of_running_ones() -> Iterator[str]:
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            words = path.read_bytes().split(b"\0")
            yield from (word.decode().partition("=")[2] for word in words if word.startswith(b"-Des.path.home="))
