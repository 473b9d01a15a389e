"""Tests that need a server: skipped without it, failed where it was promised, named at the run's end."""

import os
import shutil
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest
from django.conf import settings

_PLAYWRIGHTS_OWN = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache/ms-playwright")
# The mark of a test: what it needs, whether that is given, and which command gives it.
SERVERS = {
    "postgresql": ("PostgreSQL", lambda: "postgresql" in settings.DATABASES["default"]["ENGINE"], "make services-test"),
    "redis": ("Redis", lambda: bool(settings.REDIS_URL), "make services-test"),
    "elasticsearch": ("Elasticsearch", lambda: bool(settings.ELASTICSEARCH_URL), "make services-test"),
    "browser": ("Chromium", lambda: bool(chromium_path()) or _PLAYWRIGHTS_OWN.is_dir(), "make journeys"),
}
_not_run: dict[str, Counter[str]] = {}  # by process: how many tests need each command
_parts_left_out: set[str] = set()  # what tests that ran did not try, in sentences


def chromium_path() -> str | None:
    """The browser of this machine; None leaves the choice to Playwright."""
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


def needed(item: pytest.Item) -> list[str]:
    """The marks of the servers that a test needs."""
    return [mark for mark in SERVERS if item.get_closest_marker(mark)]


def leave_out_part(sentence: str) -> None:
    """Say at the end of the run what a test did not try, though it ran."""
    _parts_left_out.add(sentence)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--servers-are-there", action="store_true", help="fail, instead of skipping, a test whose server is not given"
    )


def pytest_deselected(items: Iterable[pytest.Item]) -> None:
    for item in items:
        _leave_out(item)


def _leave_out(item: pytest.Item) -> None:
    commands = {SERVERS[mark][2] for mark in needed(item)}
    _not_run.setdefault("here", Counter()).update(commands)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Before any fixture asks the server."""
    missing = [SERVERS[mark][0] for mark in needed(item) if not SERVERS[mark][1]()]
    if not missing:
        return
    reason = f"needs {', '.join(missing)}"
    if item.config.getoption("servers_are_there"):
        pytest.fail(f"{reason}, which this run was said to have", pytrace=False)
    _leave_out(item)
    pytest.skip(reason)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A worker of xdist hands its counts to the process that speaks."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["not_run"] = dict(_not_run.get("here", {}))
        session.config.workeroutput["parts_left_out"] = sorted(_parts_left_out)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: object, error: object) -> None:
    said = getattr(node, "workeroutput", {})
    _not_run[node.gateway.id] = Counter(said.get("not_run", {}))
    _parts_left_out.update(said.get("parts_left_out", ()))


def summary(counts: Iterable[Counter[str]]) -> list[str]:
    """One line for each command that proves what this run left out. Every process leaves out the same tests."""
    most: Counter[str] = Counter()
    for each in counts:
        most |= each
    names = {
        command: "/".join(name for name, _, given_by in SERVERS.values() if given_by == command) for command in most
    }
    return [
        f"{number} {'test needs' if number == 1 else 'tests need'} {names[command]} and did not run: {command}"
        for command, number in sorted(most.items())
    ]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for line in [*summary(_not_run.values()), *sorted(_parts_left_out)]:
        terminalreporter.write_line(line, yellow=True)
