"""One form of log line from every process, and nothing in it that nobody should read there."""

import io
import json
import logging
import logging.config
import os
import subprocess
import sys
from types import SimpleNamespace

import pytest
import structlog
from django.conf import settings
from django.test import override_settings
from django_tasks.signals import task_finished

from core import logs
from core.middleware import client_address


@pytest.fixture
def said(monkeypatch):
    """What was logged so far, each line read as JSON."""
    stream = io.StringIO()
    formatter = logs.LOGGING["formatters"]["json"]
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(**{name: value for name, value in formatter.items() if name != "()"})
    )
    for name in ("site.requests", "site.tasks", "others"):
        logger = logging.getLogger(name)
        monkeypatch.setattr(logger, "handlers", [handler])
        monkeypatch.setattr(logger, "level", logging.INFO)
        monkeypatch.setattr(logger, "propagate", False)
        logger.manager._clear_cache()
    return lambda: [json.loads(line) for line in stream.getvalue().splitlines()]


@pytest.mark.django_db
def test_a_request_has_one_line_with_its_id_and_duration_and_without_what_was_asked_for(client, said):
    answer = client.get("/search/?q=quietwords")

    [line] = said()
    assert line["request_id"] == answer["X-Request-ID"]
    assert (line["event"], line["method"], line["path"], line["status"]) == ("request_finished", "GET", "/search/", 200)
    assert line["duration_ms"] > 0
    assert line["address"] == "127.0.0.1"
    assert {"timestamp", "level", "logger"} <= line.keys()
    assert "quietwords" not in json.dumps(line)


def test_a_fault_of_somebody_elses_code_is_one_line_with_its_traceback(said):
    try:
        raise ValueError("broken")
    except ValueError:
        logging.getLogger("others").exception("It failed:\n%s", "twice")

    [line] = said()
    assert line["event"] == "It failed:\ntwice"
    assert "ValueError: broken" in line["exception"]


def test_the_worker_says_what_it_did(said):
    task = SimpleNamespace(module_path="search.tasks.follow_changes")
    done = SimpleNamespace(
        id="1", task=task, args=[7], kwargs={"attempt": 2}, status="SUCCESSFUL", started_at=None, finished_at=None
    )

    task_finished.send(sender=None, task_result=done)

    [line] = said()
    assert (line["event"], line["task"], line["about"], line["attempt"], line["status"]) == (
        "task_finished", "search.tasks.follow_changes", [7], 2, "SUCCESSFUL",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("proxies", "said_by_proxies", "address"),
    [(0, "192.0.2.7", "127.0.0.1"), (1, "198.51.100.1, 192.0.2.7", "192.0.2.7"), (1, "", "127.0.0.1")],
)
def test_who_is_asking_is_what_our_own_proxies_say(rf, proxies, said_by_proxies, address):
    headers = {"X-Forwarded-For": said_by_proxies} if said_by_proxies else {}

    with override_settings(ALLAUTH_TRUSTED_PROXY_COUNT=proxies):
        assert client_address(rf.get("/", headers=headers)) == address


def test_a_warning_of_python_is_a_line_like_any_other():
    program = "import warnings, django; django.setup(); warnings.warn('Careful.', stacklevel=1)"
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "portal.settings.dev"}

    run = subprocess.run(
        [sys.executable, "-c", program],
        env=environment,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )

    said = json.loads(run.stderr.splitlines()[-1])
    assert (said["logger"], said["level"]) == ("py.warnings", "warning")
    assert "Careful." in said["event"]
