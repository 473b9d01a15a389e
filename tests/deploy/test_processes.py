"""The processes of a real deployment, started by the same script as in the image, against real servers.

Containers are not built here: this is the nearest thing to them.
"""

import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
import yaml
from django.conf import settings
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

pytestmark = [pytest.mark.postgresql, pytest.mark.redis, pytest.mark.elasticsearch]
ROOT = Path(settings.BASE_DIR)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def database():
    """A database of its own on the server that DATABASE_URL names."""
    server = os.environ["DATABASE_URL"]
    name = f"processes_{secrets.token_hex(4)}"
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
    yield urlsplit(server)._replace(path=f"/{name}").geturl()
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def site(database, tmp_path_factory):
    """web, sockets and worker as production runs them; yields their ports."""
    ports = {"web": free_port(), "sockets": free_port()}
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "portal.settings.production",
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
    environment.pop("DEMO", None)
    collected = {**environment, "DJANGO_SETTINGS_MODULE": "portal.settings.collect"}
    subprocess.run(
        [sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"], cwd=ROOT, env=collected, check=True
    )
    run = ["sh", str(ROOT / "deploy/run.sh")]
    subprocess.run([*run, "migrate"], env=environment, check=True, stdout=subprocess.DEVNULL)
    roles = [
        subprocess.Popen([*run, role], env={**environment, "PORT": str(ports.get(role, 0) or 8000)})
        for role in ("web", "sockets", "worker")
    ]
    for name in ports:
        wait_for_answer(ports[name], roles)
    yield ports
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
    of_a_laptop = {"DEBUG", "DEMO", "HOST", "PORT", "PORTAL_DATA"}
    lines = (ROOT / ".env.example").read_text().splitlines()
    variables = {line.partition("=")[0] for line in lines if line and not line.startswith("#")}
    compose = yaml.safe_load((ROOT / "deploy/compose.yaml").read_text())

    assert variables - of_a_laptop <= set(compose["x-portal"]["environment"])


def test_the_image_is_built_without_what_a_machine_has_installed():
    left_out = set((ROOT / "deploy/Dockerfile.dockerignore").read_text().splitlines())

    assert {".venv", "node_modules", "build", "var", "var-keys", ".env", ".git"} <= left_out
