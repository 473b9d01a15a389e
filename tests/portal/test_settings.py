"""A wrong or missing variable stops the start with one sentence that names it and shows a right value."""

import json
import os
import subprocess
import sys
from functools import cache
from typing import NamedTuple

import pytest
from django.conf import settings as portal_settings

SAFE = {
    "SECRET_KEY": "x7Kq" * 16,
    "ALLOWED_HOSTS": "portal.example.org",
    "DATABASE_URL": "postgres://portal:secret@db:5432/portal",
    "BASE_URL": "https://portal.example.org",
}
SEARCH = ("ELASTICSEARCH_URL", "ELASTICSEARCH_API_KEY", "ELASTICSEARCH_CA")
NAMES = ("DEBUG", "DEMO", "REDIS_URL", *SEARCH, "EMAIL_URL", "PORT", "OIDC_SERVER_URL", *SAFE)
SAYS = "getattr(s, 'SESSION_COOKIE_NAME', ''), s.DEBUG"
# A process that has read what takes its time and asks for no variable. Each line it hears is a start, in a fork of its
# own, of which it tells the end.
STARTER = """
import core.logs, csp.constants, json, os, sys, tempfile
for line in sys.stdin:
    code, environment = json.loads(line)
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        child = os.fork()
        if not child:
            os.dup2(out.fileno(), 1)
            os.dup2(err.fileno(), 2)
            os.environ.clear()
            os.environ.update(environment)
            exec(code)
            sys.exit()
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        out.seek(0), err.seek(0)
        print(json.dumps([status, out.read(), err.read()]), flush=True)
"""


class Started(NamedTuple):
    returncode: int
    stdout: str
    stderr: str


@cache
def starter() -> subprocess.Popen:
    """Ends when the tests do."""
    return subprocess.Popen(
        [sys.executable, "-c", STARTER],
        cwd=portal_settings.BASE_DIR,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def load(module: str, tmp_path, *, says: str = SAYS, **environment: str) -> Started:
    clean = {name: value for name, value in os.environ.items() if name not in NAMES}
    code = f"import portal.settings.{module} as s; print({says})"
    process = starter()
    process.stdin.write(json.dumps([code, {**clean, "PORTAL_DATA": str(tmp_path), **environment}]) + "\n")
    process.stdin.flush()
    return Started(*json.loads(process.stdout.readline()))


def test_production_starts_with_what_it_needs(tmp_path):
    loaded = load("production", tmp_path, **SAFE)

    assert loaded.returncode == 0, loaded.stderr
    assert loaded.stdout.split() == ["__Host-session", "False"]


@pytest.mark.parametrize(
    ("server", "origins"),
    [("", "'self'"), ("https://login.example.org/tenant/v2.0", "'self' https://login.example.org")],
)
def test_forms_lead_to_our_own_pages_and_to_the_councils_sign_in(tmp_path, server, origins):
    says = "*s.CONTENT_SECURITY_POLICY['DIRECTIVES']['form-action']"

    loaded = load(
        "dev", tmp_path, says=says, OIDC_SERVER_URL=server, OIDC_CLIENT_ID="portal", OIDC_CLIENT_SECRET="known-to-both"
    )

    assert loaded.stdout.strip() == origins, loaded.stderr


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("DEBUG", "1"),
        ("DEMO", "1"),
        ("SECRET_KEY", "only-for-a-laptop-0123456789-abcdefghijklmnopqrstuvwxyz"),
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", ""),
        ("ALLOWED_HOSTS", "*"),
        ("ALLOWED_HOSTS", "portal.example.org,*"),
        ("DATABASE_URL", ""),
        ("DATABASE_URL", "sqlite:////tmp/x.sqlite3"),
        ("BASE_URL", "http://portal.example.org"),
    ],
)
def test_production_refuses_what_is_unsafe_and_names_it(tmp_path, variable, value):
    refused = load("production", tmp_path, **{**SAFE, variable: value})

    assert refused.returncode == 1
    assert variable in refused.stderr
    assert "Traceback" not in refused.stderr
    assert len(refused.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("PORT", "eighty"),
        ("PORT", "70000"),
        ("DEMO", "maybe"),
        ("DATABASE_URL", "mysql://localhost/portal"),
        ("DATABASE_URL", "postgres://portal:secret@db:port/portal"),
        ("REDIS_URL", "localhost:6379"),
        ("ELASTICSEARCH_URL", "elasticsearch"),
        ("EMAIL_URL", "mail.example.org"),
        ("BASE_URL", "portal.example.org"),
    ],
)
def test_a_malformed_variable_stops_a_laptop_too_with_a_right_value(tmp_path, variable, value):
    refused = load("dev", tmp_path, **{variable: value})

    assert refused.returncode == 1
    assert f"{variable} is " in refused.stderr
    assert f"A right value would be: {variable}=" in refused.stderr
    assert len(refused.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("variable", "address", "value"),
    [
        ("ELASTICSEARCH_CA", "https://elasticsearch:9200", "/nowhere/ca.crt"),
        ("ELASTICSEARCH_CA", "http://elasticsearch:9200", __file__),
        ("ELASTICSEARCH_API_KEY", "https://elasticsearch:9200", "secret id: secret key"),
        ("ELASTICSEARCH_API_KEY", "https://portal_site:secret@elasticsearch:9200", "c2VjcmV0"),
        ("ELASTICSEARCH_URL", "ftp://portal_site:secret/@elasticsearch:9200", ""),
    ],
)
def test_what_elasticsearch_cannot_be_reached_with_stops_the_start_and_no_secret_is_told(
    tmp_path, variable, address, value
):
    refused = load("dev", tmp_path, **{"ELASTICSEARCH_URL": address, **({variable: value} if value else {})})

    assert refused.returncode == 1
    assert f"{variable} is " in refused.stderr
    assert len(refused.stderr.strip().splitlines()) == 1
    assert not any(word in refused.stderr for word in ("secret", "c2VjcmV0"))


def test_every_variable_that_the_settings_read_stands_in_the_example():
    import re

    read = set()
    for path in (portal_settings.BASE_DIR / "portal/settings").glob("*.py"):
        read |= set(re.findall(r'env\.\w+\("([A-Z_]+)"', path.read_text()))
    example = set(re.findall(r"^([A-Z_]+)=", (portal_settings.BASE_DIR / ".env.example").read_text(), re.M))

    assert read <= example
