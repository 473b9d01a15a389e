"""How the engines write: few segments however many commits, and a server with its hands full is asked again."""

import json
import threading
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from search.engines import elastic
from search.engines.elastic import ElasticEngine
from search.engines.embedded import EmbeddedEngine
from search.port import Unreachable
from tests.search.corpus import CORPUS


def document(key):
    return replace(CORPUS[0], key=key)


def test_many_commits_leave_few_segments(tmp_path):
    engine = EmbeddedEngine(tmp_path)
    engine.rebuild([], version=0)
    for number in range(9):
        engine.apply([document(f"need:{number}")], [], version=number)

    meta = json.loads(next(tmp_path.glob("*/public/meta.json")).read_text())
    assert engine.count() == 9
    assert len(meta["segments"]) < 8


class Busy(BaseHTTPRequestHandler):
    """Answers each bulk with 429 for its first document as often as `server.refusals` says; all else goes through."""

    def do_PUT(self):
        lines = self.rfile.read(int(self.headers["Content-Length"])).decode().splitlines()
        keys = [row["index"]["_id"] for row in map(json.loads, lines) if "index" in row]
        self.server.asked.append(keys)
        refused = keys[:1] if self.server.refusals else []
        self.server.refusals = max(0, self.server.refusals - 1)
        items = [{"index": {"_id": key, "status": 429 if key in refused else 200}} for key in keys]
        content = json.dumps({"errors": bool(refused), "items": items}).encode()
        self.send_response(200)
        for name, value in (
            ("X-Elastic-Product", "Elasticsearch"),
            ("Content-Type", "application/json"),
            ("Content-Length", str(len(content))),
        ):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args):
        pass


@pytest.fixture
def busy(monkeypatch):
    monkeypatch.setattr(elastic, "FIRST_WAIT", 0.01)
    with HTTPServer(("127.0.0.1", 0), Busy) as server:
        server.asked, server.refusals = [], 0
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def write(server):
    engine = ElasticEngine(f"http://127.0.0.1:{server.server_port}")
    engine._write("an-index", (elastic._entry(document(key)) for key in ("need:1", "need:2")), version=1)


def test_only_what_a_busy_server_turned_away_is_sent_again(busy):
    busy.refusals = elastic.RETRIES

    write(busy)

    assert busy.asked == [["need:1", "need:2"], ["need:1"], ["need:1"], ["need:1"]]


def test_a_server_that_stays_busy_is_left_for_later(busy):
    busy.refusals = elastic.RETRIES + 1

    with pytest.raises(Unreachable, match="429"):
        write(busy)
