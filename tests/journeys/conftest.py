"""A real site with the demo programme, its worker, and Chromium.

A journey that fails leaves a picture of each of its pages in screenshots/; with PICTURES=1 every page of every journey
leaves one.
"""

import contextlib
import fcntl
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from playwright.sync_api import ConsoleMessage, Error, Page, Response, expect, sync_playwright

from tests.databases import migrated_template
from tests.journeys.browsers import PATIENCE, Browsers
from tests.journeys.templates import HEADER
from tests.servers import chromium_path

ROOT = Path(settings.BASE_DIR)
SCREENSHOTS = ROOT / "screenshots"
PICTURES = os.environ.get("PICTURES") == "1"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--js-flags=--single-threaded",  # a page is left before threads that compile and collect beside it are worth it
]


def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)


def pytest_sessionstart(session):
    """The pictures of the run before go, once, before any worker takes one."""
    if not hasattr(session.config, "workerinput"):
        shutil.rmtree(SCREENSHOTS, ignore_errors=True)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
    report = yield
    item.has_failed = getattr(item, "has_failed", False) or report.failed
    return report


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def environment_of(folder: Path, address: str, secret: str) -> dict[str, str]:
    """What a site whose data and keys lie in a folder is told, whatever servers this run knows of."""
    servers = {"DATABASE_URL", "REDIS_URL", "ELASTICSEARCH_URL"}
    return {
        **{name: value for name, value in os.environ.items() if name not in servers},
        "DJANGO_SETTINGS_MODULE": "tests.journeys.settings",
        "PORTAL_DATA": str(folder / "data"),
        "BALLOT_KEYS": str(folder / "keys"),
        "BASE_URL": address,
        "DEMO": "1",
        "SECRET_KEY": secret,
    }


@pytest.fixture(scope="session")
def programme(tmp_path_factory, worker_id, django_db_blocker):
    """A folder with the demo programme, its index and keys: made by the first worker, while the others wait for it."""
    shared = tmp_path_factory.getbasetemp()
    if worker_id != "main":
        shared = shared.parent
    made = shared / "programme"
    with open(shared / "programme.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            making = shared / "programme.making"
            (making / "data").mkdir(parents=True)
            if connection.vendor == "sqlite":
                with django_db_blocker.unblock():
                    shutil.copy(migrated_template(), making / "data" / "portal.sqlite3")
            environment = environment_of(making, "http://localhost", secrets.token_urlsafe(50))
            for command in ("demo", "rebuild_search"):
                manage = [sys.executable, "manage.py", command]
                subprocess.run(manage, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
            making.rename(made)
    return made


@pytest.fixture(scope="session")
def site(request, tmp_path_factory):
    """The address of a site that runs as `make start` runs it, on data of its own; or one named by JOURNEYS_AT."""
    if running_already := os.environ.get("JOURNEYS_AT"):
        yield running_already
        return
    with site_of_its_own(request.getfixturevalue("programme"), tmp_path_factory.mktemp("site")) as address:
        yield address


@contextlib.contextmanager
def site_of_its_own(programme: Path, folder: Path) -> Iterator[str]:
    """The address of a site on a copy of the demo programme in `folder`, which runs until the block ends."""
    port = free_port()
    shutil.copytree(programme, folder, dirs_exist_ok=True)
    address = f"http://localhost:{port}"
    running = subprocess.Popen(
        [sys.executable, "manage.py", "site", "--port", str(port)],
        cwd=ROOT,
        env=environment_of(folder, address, secrets.token_urlsafe(50)),
        stdout=subprocess.DEVNULL,
    )
    deadline = time.monotonic() + 60
    with socket.socket() as probe:
        while probe.connect_ex(("127.0.0.1", port)):
            assert running.poll() is None, "the site ended by itself"
            assert time.monotonic() < deadline, "the site never answered"
            time.sleep(0.3)
            probe.close()
            probe = socket.socket()
    yield address
    running.terminate()
    assert running.wait(20) == 0


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def browsers(chromium, site):
    """Browsers that are handed from journey to journey, each as good as new."""
    return Browsers(chromium, site)


@pytest.fixture(scope="session")
def sessions():
    """What the browser of each demo person keeps once they have signed in, through the page that lets one be them."""
    return {}


@pytest.fixture
def visit(site, browsers, sessions, request):
    """A function: a browser of one's own, as one of the demo people or a stranger."""
    expect.set_options(timeout=PATIENCE)
    contexts = []

    def open_browser(name: str = "", *, width: int = 1280, scripts: bool = True, pictures: bool = True) -> Page:
        context = browsers.take(width, scripts)
        contexts.append(context)
        context.add_cookies(sessions.get(name, []))
        page = context.new_page()
        page.coming_template = page.template = ""
        problems: list[str] = []

        def hear(answer: Response):
            if not answer.request.is_navigation_request():
                if answer.status >= 400:
                    problems.append(f"{answer.status} {answer.url} on {page.url}")
            elif answer.frame == page.main_frame:
                page.coming_template = answer.headers.get(HEADER, "")

        def arrive(*_):
            page.template = page.coming_template

        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda line: problems.append(line.text) if is_complaint(line) else None)
        page.on("response", hear)
        page.on("domcontentloaded", arrive)
        page.problems = problems
        count = [0]

        def keep(frame):
            if frame == page.main_frame and frame.url.startswith(site):
                count[0] += 1
                address = re.sub(r"[^a-z0-9-]+", "_", frame.url.removeprefix(site).lower()).strip("_") or "home"
                page.picture = f"{request.node.name}-{name or 'stranger'}-{width}-{count[0]:02}-{address[:60]}.png"

        page.picture = ""
        page.on("framenavigated", keep)
        if pictures and PICTURES:
            page.on("load", lambda: keep_picture(page))
        if name and name not in sessions:
            page.goto("/demo/")
            with page.expect_navigation(url="**/account/"):
                page.locator(f"#become-{name}").click()
            sessions[name] = context.cookies()
        return page

    yield open_browser
    if getattr(request.node, "has_failed", False):
        for context in contexts:
            for page in context.pages:
                keep_picture(page)
    complaints = [line for context in contexts for page in context.pages for line in page.problems]
    for context in contexts:
        if getattr(request.node, "has_failed", False):
            context.close()  # whatever hangs in it
        else:
            browsers.give_back(context)
    assert not complaints, f"the browser complained: {complaints}"


def keep_picture(page: Page) -> None:
    """A page that is left while its picture is taken goes without one, as does one that nobody came to."""
    if not page.picture:
        return
    SCREENSHOTS.mkdir(exist_ok=True)
    with contextlib.suppress(Error):
        page.screenshot(path=SCREENSHOTS / page.picture, full_page=True, timeout=2_000)


def is_complaint(line: ConsoleMessage) -> bool:
    """What the content policy blocked, or a script's error; not a page that was meant to be refused."""
    # The admin's content checker writes what it found as an error.
    return line.type == "error" and not line.text.startswith(("Failed to load resource", "axe.run results"))
