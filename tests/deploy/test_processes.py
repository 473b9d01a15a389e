"""The processes of a real deployment, started by the same script as in the image, against real servers.

Containers are not built here: this is the nearest thing to them.
"""

import json
import subprocess
import time
import urllib.error
import urllib.request

import psycopg
import pytest
import yaml
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from tests.deploy.conftest import ROOT, get

pytestmark = [pytest.mark.postgresql, pytest.mark.redis, pytest.mark.elasticsearch]


def test_every_part_of_the_site_says_how_it_is(site):
    deadline = time.monotonic() + 30
    while "worker: ok" not in (lines := get(site["web"], "/readyz").read().decode()):
        assert time.monotonic() < deadline, lines
        time.sleep(0.5)

    for part in ("database", "migrations", "cache", "channel layer", "worker"):
        assert f"{part}: ok" in lines


def test_the_home_page_comes_with_its_style_sheet_and_its_policy(site):
    page = get(site["web"], "/")
    html = page.read().decode()

    assert page.status == 200
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]
    assert page.headers["Strict-Transport-Security"].startswith("max-age=31536000")
    sheet = next(part for part in html.split('"') if part.startswith("/static/") and part.endswith(".css"))
    assert get(site["web"], sheet).status == 200


def test_an_address_that_is_not_there_gets_the_sites_own_page(site):
    page = get(site["web"], "/nothing/here/")

    assert page.status == 404
    assert "Local Digital" in page.read().decode()


def test_a_request_for_another_host_is_refused(site):
    assert get(site["web"], "/", Host="evil.example").status == 400


def test_a_plain_request_is_sent_to_the_encrypted_address(site):
    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *args):
            return None

    asked = urllib.request.Request(f"http://127.0.0.1:{site['web']}/", headers={"Host": "portal.example.org"})
    with pytest.raises(urllib.error.HTTPError) as redirected:
        urllib.request.build_opener(Stay).open(asked, timeout=20)

    assert redirected.value.code == 301
    assert redirected.value.headers["Location"] == "https://portal.example.org/"


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "http://portal.example.org", "https://evilportal.example.org", "null"]
)
def test_a_socket_opens_for_the_sites_own_origin_only(site, origin):
    with pytest.raises(InvalidStatus) as refused:
        connect(f"ws://127.0.0.1:{site['sockets']}/ws/votes/abcdefghij/", origin=origin)

    assert refused.value.response.status_code == 403


def test_the_compose_file_names_every_role_and_server():
    compose = yaml.safe_load((ROOT / "deploy/compose.yaml").read_text())
    images = {name: service.get("image", "") for name, service in compose["services"].items()}

    assert {"web", "sockets", "worker", "migrate", "proxy", "postgres", "redis", "elasticsearch"} <= set(images)
    version = images["elasticsearch"].rpartition(":")[2]
    assert tuple(map(int, version.split("."))) >= (8, 19, 23)
    for role in ("web", "sockets", "worker", "migrate"):
        assert compose["services"][role]["command"] == ["sh", "deploy/run.sh", role]


def test_every_variable_of_the_site_reaches_its_containers():
    of_a_laptop = {"DEBUG", "DEMO", "HOST", "PORT", "PORTAL_DATA", "SOCKETS_PORT"}
    lines = (ROOT / ".env.example").read_text().splitlines()
    variables = {line.partition("=")[0] for line in lines if line and not line.startswith("#")}
    compose = yaml.safe_load((ROOT / "deploy/compose.yaml").read_text())

    assert variables - of_a_laptop <= set(compose["x-portal"]["environment"])


def test_the_image_is_built_without_what_a_machine_has_installed():
    left_out = set((ROOT / "deploy/Dockerfile.dockerignore").read_text().splitlines())

    assert {".venv", "node_modules", "build", "var", "var-keys", ".env", ".git"} <= left_out


def test_a_request_finds_the_database_connection_of_the_one_before(site, database):
    with psycopg.connect(database, autocommit=True) as server:
        get(site["web"], "/needs/")
        before = server.execute("SELECT now()").fetchone()[0]
        get(site["web"], "/needs/")
        kept = server.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'portal' "
            "AND backend_start < %(before)s AND query_start > %(before)s "
            # The worker keeps its own, and looks for tasks and messages on them.
            "AND query LIKE 'SELECT%%FROM%%' AND query NOT LIKE '%%django_tasks%%' AND query NOT LIKE '%%outbox_%%'",
            {"before": before},
        ).fetchone()[0]

    assert kept


def test_the_containers_own_checks_pass_on_the_processes(site):
    compose = yaml.safe_load((ROOT / "deploy/compose.yaml").read_text())
    for role, inside in (("web", "8000"), ("web2", "8000"), ("sockets", "8001")):
        how, *command = compose["services"][role]["healthcheck"]["test"]
        assert how == "CMD"
        port = str(site[role.rstrip("2")])
        checked = subprocess.run([part.replace(inside, port) for part in command], capture_output=True, timeout=30)

        assert checked.returncode == 0, checked.stderr


def test_every_process_logs_json_with_durations_and_never_what_was_searched_for(site):
    answer = get(site["web"], "/search/?q=quietwords", X_Forwarded_For="192.0.2.7")
    deadline = time.monotonic() + 30
    while "task_finished" not in site["logs"]["worker"].read_text():
        assert time.monotonic() < deadline, "the worker has said nothing"
        time.sleep(0.2)
    text = {role: log.read_text() for role, log in site["logs"].items()}
    lines = {role: [json.loads(line) for line in said.splitlines()] for role, said in text.items()}

    for said in lines.values():
        assert all({"timestamp", "level", "logger", "event"} <= line.keys() for line in said)
    # A request that was slow, or found an index still being built, has a second line that says so.
    of_request = [line for line in lines["web"] if line.get("request_id") == answer.headers["X-Request-ID"]]
    [searched] = [line for line in of_request if line["event"] == "request_finished"]
    assert (searched["path"], searched["status"], searched["address"]) == ("/search/", 200, "192.0.2.7")
    assert searched["duration_ms"] > 0
    assert not any("quietwords" in said for said in text.values())
    done = next(line for line in lines["worker"] if line["event"] == "task_finished")
    assert done["task"] == "portal.tasks.run_schedule"
    assert done["status"] == "SUCCESSFUL"
    assert done["duration_ms"] >= 0
    assert any("running on" in line["event"] for line in lines["sockets"])
