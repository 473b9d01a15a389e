"""A run without servers skips what needs them and says so at its end; a run that was promised them fails instead."""

from collections import Counter
from types import SimpleNamespace

import pytest

from tests import servers


@pytest.fixture(autouse=True)
def nothing_left_out(monkeypatch):
    monkeypatch.setattr(servers, "_not_run", {})
    monkeypatch.setattr(servers, "_parts_left_out", set())


@pytest.fixture
def no_redis(settings):
    settings.REDIS_URL = ""


def a_test(*marks, promised=False):
    return SimpleNamespace(
        get_closest_marker=lambda name: name in marks or None, config=SimpleNamespace(getoption=lambda name: promised)
    )


def said():
    return servers.summary(servers._not_run.values())


def test_a_test_whose_server_is_not_given_is_skipped_with_the_reason(no_redis):
    with pytest.raises(pytest.skip.Exception, match="needs Redis"):
        servers.pytest_runtest_setup(a_test("redis"))

    assert said() == ["1 test needs PostgreSQL/Redis/Elasticsearch and did not run: make services-test"]


def test_where_the_servers_were_promised_it_fails_so_that_nothing_goes_unproved(no_redis):
    with pytest.raises(pytest.fail.Exception, match="needs Redis, which this run was said to have"):
        servers.pytest_runtest_setup(a_test("redis", promised=True))


def test_a_test_whose_server_is_given_runs(settings):
    settings.REDIS_URL = "redis://localhost:6379/0"

    servers.pytest_runtest_setup(a_test("redis", "sql"))

    assert said() == []


def test_what_was_left_out_is_counted_once_by_the_command_that_proves_it():
    servers.pytest_deselected([a_test("redis", "postgresql"), a_test("browser"), a_test("browser"), a_test("sql")])

    assert said() == [
        "2 tests need Chromium and did not run: make journeys",
        "1 test needs PostgreSQL/Redis/Elasticsearch and did not run: make services-test",
    ]


def test_what_a_test_that_ran_did_not_try_is_said_once_at_the_end_whichever_worker_ran_it():
    sentence, lines = "The forensic proof read no WAL.", []
    servers.leave_out_part(sentence)
    worker = SimpleNamespace(config=SimpleNamespace(workeroutput={}))
    servers.pytest_sessionfinish(worker)
    servers._parts_left_out.clear()
    for name in ("gw0", "gw1"):
        node = SimpleNamespace(gateway=SimpleNamespace(id=name), workeroutput=worker.config.workeroutput)
        servers.pytest_testnodedown(node, None)

    servers.pytest_terminal_summary(SimpleNamespace(write_line=lambda line, yellow: lines.append(line)))

    assert lines == [sentence]


def test_workers_that_leave_out_the_same_tests_are_not_added_up():
    each = Counter({"make journeys": 73})

    assert servers.summary([each, each]) == ["73 tests need Chromium and did not run: make journeys"]
