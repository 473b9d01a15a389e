"""Tests ask `core.clock`, which `on_day` moves: none sleeps, measures, or reads another clock, but for those named."""

import ast

from django.conf import settings

TESTS = settings.BASE_DIR / "tests"
CLOCKS = {
    "time.time", "time.monotonic", "time.perf_counter", "time.sleep", "asyncio.sleep", "timezone.now", "date.today",
    "datetime.now", "datetime.utcnow",
}  # fmt: skip
# Files, or whole folders, and what the clock is for.
WHY = {
    "accounts/test_council_sign_in.py": "a token's end, which the library that reads it compares with the real one",
    "accounts/test_sessions.py": "where hours that pass begin",
    "conftest.py": "the last seconds of a day are waited through, so that a test says “today” once",
    "core/jobs_for_tests.py": "a task that never ends by itself; whoever waits for it kills it",
    "core/test_outside.py": "a site that answers by single bytes is cut off after a real time",
    "core/test_slow_work.py": "rows of the queue, which asks the real one; a worker in another process is waited for",
    "core/test_wake.py": "whether a real wait is ended by a call, and only by one",
    "deploy/": "real processes are started, waited for and restarted under visitors",
    "wrong_clock.py": "the right moment, beside the wrong one of a host",
    "events/test_wrong_clock.py": "the right moment, beside a host's wrong one; a thread is waited for at a lock",
    "outbox/test_sender.py": "a thread is waited for",
    "outbox/test_nothing_is_lost.py": "a worker in another process is waited for, and killed",
    "publishing/test_lock_order.py": "a thread is waited for at a lock",
    "race.py": "a moment in which two who are not kept apart meet",
    "journeys/": "a real site stands in another process",
    "portal/test_page_cache.py": "where the minute begins for which a page is kept",
    "search/test_secured.py": "a certificate's end, which the library that reads it compares with the real one",
    "voting/test_live.py": "sockets that are pushed to, not asked",
    "voting/test_live_redis.py": "the same, through Redis",
    "voting/test_live_limits.py": "the same, as many as one machine opens",
    "voting/test_live_rights.py": "the same, closed soon after a right is lost",
    "voting/test_live_storm.py": "the same, while some break off",
}


def clocks_read(source: str) -> set[str]:
    """The last two words of each call of a clock, and of each clock handed on without being called."""
    if not any(clock in source for clock in CLOCKS):
        return set()
    dotted = {ast.unparse(node) for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Attribute)}
    return {".".join(name.split(".")[-2:]) for name in dotted} & CLOCKS


def test_tests_read_the_one_clock():
    """Else ask `clock.now()` or `clock.today()`; what has to wait for something real stands above, with its reason."""
    reading = {
        path.relative_to(TESTS).as_posix(): clocks
        for path in TESTS.rglob("*.py")
        if (clocks := clocks_read(path.read_text("utf-8")))
    }

    assert {file: clocks for file, clocks in reading.items() if not file.startswith(tuple(WHY))} == {}
    assert [named for named in WHY if not any(file.startswith(named) for file in reading)] == []


def test_a_clock_is_recognised_however_it_is_reached():
    assert clocks_read("import datetime as dt\ndt.datetime.now(dt.UTC)") == {"datetime.now"}
    assert clocks_read("field(default_factory=timezone.now)") == {"timezone.now"}
    assert clocks_read("clock.now(), clock.today()") == set()
