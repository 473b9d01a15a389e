"""Every role is started by one script, and none starts with settings that do not fit it."""

import gc
import os
import runpy
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings

from portal import supervisor
from portal.serving import page_server

ROOT = Path(settings.BASE_DIR)
SAFE = {
    "SECRET_KEY": "x7Kq" * 16,
    "ALLOWED_HOSTS": "portal.example.org",
    "BASE_URL": "https://portal.example.org",
    "DATABASE_URL": "postgres://portal:secret@127.0.0.1:9/portal",
    "REDIS_URL": "redis://127.0.0.1:9/0",
}
UNTOLD = {"DJANGO_SETTINGS_MODULE", "DEMO", "DEBUG", "MIGRATION_DATABASE_URL", *SAFE}


def run(command: list[str], tmp_path, **told: str) -> subprocess.CompletedProcess:
    clean = {name: value for name, value in os.environ.items() if name not in UNTOLD}
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    return subprocess.run(
        command,
        env={**clean, "PATH": path, "PORTAL_DATA": str(tmp_path), **told},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.mark.parametrize(
    ("role", "told", "said"),
    [
        (
            "worker",
            {**SAFE, "DJANGO_SETTINGS_MODULE": "portal.settings.dev"},
            "DJANGO_SETTINGS_MODULE is portal.settings",
        ),
        ("web", {**SAFE, "REDIS_URL": ""}, "REDIS_URL is not set"),
        ("sockets", {**SAFE, "REDIS_URL": ""}, "REDIS_URL is not set"),
        ("worker", {**SAFE, "REDIS_URL": ""}, "REDIS_URL is not set"),
        ("web", {**SAFE, "SECRET_KEY": "short"}, "SECRET_KEY is one that others know"),
        ("migrate", {**SAFE, "DATABASE_URL": ""}, "DATABASE_URL is SQLite or missing"),
        ("dance", SAFE, "Say which role"),
    ],
)
def test_a_role_whose_settings_do_not_fit_does_not_start_and_says_why(tmp_path, role, told, said):
    refused = run(["sh", "deploy/run.sh", role], tmp_path, **told)

    assert refused.returncode in {1, 2}, refused.stderr
    assert said in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_command_beside_a_production_site_never_runs_a_laptops_settings(tmp_path):
    refused = run([sys.executable, "manage.py", "worker"], tmp_path, **SAFE)

    assert refused.returncode == 1
    assert "BASE_URL is https://portal.example.org" in refused.stderr
    assert "DJANGO_SETTINGS_MODULE=portal.settings.production" in refused.stderr
    assert len(refused.stderr.strip().splitlines()) == 1


def test_pages_without_collected_style_sheets_stop_the_start_with_a_sentence(tmp_path):
    collected = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }

    with override_settings(STORAGES=collected, STATIC_ROOT=tmp_path):
        with pytest.raises(SystemExit, match=r"have not been collected\. Run: .*run\.sh static"):
            page_server.refuse_without_style_sheets()
    page_server.refuse_without_style_sheets()


def test_two_sites_on_one_machine_share_no_name(tmp_path):
    says = (
        "import portal.settings.dev as s; print(s.SITE_KEY, s.CACHES['default']['KEY_PREFIX'], "
        "s.CHANNEL_LAYERS['default']['CONFIG']['prefix'])"
    )
    told = {"REDIS_URL": "redis://127.0.0.1:9/0", "DEMO": "1"}
    names = [
        run([sys.executable, "-c", says], tmp_path, BASE_URL=f"https://{site}.example.org", **told).stdout.split()
        for site in ("live", "staging")
    ]

    assert names == [["live-example-org"] * 3, ["staging-example-org"] * 3]


def test_a_page_servers_control_socket_stands_with_its_sites_data(monkeypatch, tmp_path):
    monkeypatch.setenv("PORTAL_DATA", str(tmp_path))

    told = runpy.run_path(str(ROOT / "deploy/gunicorn.conf.py"))

    assert told["control_socket"] == str(tmp_path / f"pages-{socket.gethostname()}-{os.getpid()}.ctl")


OTHERS = {"elasticsearch", "elasticsearch_dsl", "daphne", "openpyxl"}
PAGES = {"portal.urls", "wagtail.admin.urls", "gunicorn"}


@pytest.mark.parametrize(
    "roles",
    [
        [
            ("import portal.supervisor", {"django", "structlog", "channels"}),
            (
                "import django; django.setup(); import search.engines; search.engines.engines(); "
                "from portal.management.commands.worker import Command; Command.handle = lambda *a, **k: None; "
                "Command().run_from_argv(['manage.py', 'worker'])",
                {"uvicorn", "channels.routing", *OTHERS, *PAGES},
            ),
            ("import gc, portal.wsgi; assert gc.isenabled(); assert gc.get_freeze_count()", {"uvicorn", *OTHERS}),
        ],
        [
            (
                "import gc, portal.asgi; assert gc.isenabled(); assert gc.get_freeze_count(); "
                "assert gc.get_threshold()[1:] == (5, 2)",
                {"portal.management", *OTHERS, *PAGES},
            )
        ],
    ],
)
def test_what_one_engine_or_one_process_needs_is_not_imported_by_the_others(tmp_path, roles):
    """Those that need ever more are loaded one after another: what an earlier one may not load, no later one hides."""
    told = "; ".join(f"{role}; print({never!r} & set(sys.modules))" for role, never in roles)
    loaded = run(
        [sys.executable, "-c", f"import sys; {told}"],
        tmp_path,
        DJANGO_SETTINGS_MODULE="portal.settings.dev",
        ELASTICSEARCH_URL="",
    )

    assert loaded.stdout.split() == ["set()"] * len(roles), loaded.stderr


def test_python_looks_for_circles_of_objects_seldom():
    assert gc.get_threshold()[0] >= 10_000


def test_the_port_asked_for_is_in_the_sites_own_address(monkeypatch, tmp_path):
    monkeypatch.setenv("PORT", "8000")  # so that it is put back
    monkeypatch.delenv("BASE_URL", raising=False)
    monkeypatch.setattr(supervisor, "is_taken", lambda host, port: False)
    told = []

    def watch(**processes):
        says = "import portal.settings.dev as s; print(s.BASE_URL, s.LIVE_ORIGINS)"
        told.append(run([sys.executable, "-c", says], tmp_path).stdout.strip())
        return 0

    monkeypatch.setattr(supervisor, "watch", watch)
    supervisor.main(["--port", "8123"])

    assert told == ["http://localhost:8123 ['http://localhost:8123', 'http://127.0.0.1:8123']"]


def test_a_worker_that_died_is_started_again_and_the_sites_end_is_the_end(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(supervisor.signal, "signal", lambda *args: None)
    begun = tmp_path / "begun"

    ended = supervisor.watch(
        web=["sh", "-c", f"until [ -e {begun} ] && [ $(wc -l < {begun}) -ge 2 ]; do sleep 0.1; done; exit 3"],
        worker=["sh", "-c", f"echo again >> {begun}"],
        until_answering=lambda: True,
        greeting="{now} The site answers",
    )

    assert ended == 3
    said = capsys.readouterr().out
    assert "The site answers" in said
    assert "The worker ended (0); starting it again" in said
