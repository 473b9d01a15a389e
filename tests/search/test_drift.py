"""Each night the indexes are compared with the rows: what is missing, stale or forbidden is told and followed anew."""

from dataclasses import replace
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django_tasks_db.models import DBTaskResult

from benchmarks.elastic import engine_of_ones_own
from core import clock
from search import drift, follower, schedules, tasks
from search.engines.embedded import EmbeddedEngine
from search.port import PUBLIC, WHOLE, Unreachable
from search.sources import SOURCES
from tests.factories.assets_registry import AssetFactory
from tests.factories.projects import NeedFactory

pytestmark = [pytest.mark.sql, pytest.mark.django_db]


@pytest.fixture(params=["embedded", pytest.param("elastic", marks=pytest.mark.elasticsearch)])
def engine(request, short_directory):
    """An engine that holds three needs, a draft asset and what the site has from the start."""
    NeedFactory.create_batch(3)
    AssetFactory(state="draft", published_at=None)
    if request.param == "embedded":
        request.getfixturevalue("settings").ELASTICSEARCH_URL = ""
        follower.rebuild(EmbeddedEngine())
        yield EmbeddedEngine()
    else:
        with engine_of_ones_own(settings.ELASTICSEARCH_URL) as engine:
            follower.rebuild(engine)
            yield engine


@pytest.fixture
def drifted(engine):
    """The same engine once it has lost a need, holds another's former words, and shows everyone the draft."""
    lost, stale, _ = (document_of("need", row) for row in SOURCES["need"].rows())
    draft = document_of("asset", SOURCES["asset"].rows().get())
    changed = [replace(stale, title="Former words"), replace(draft, readers=("everyone",))]
    engine.apply([*changed, replace(stale, key="need:999999")], [lost.key], version=follower.version())
    return {"missing": {lost.key}, "stale": {stale.key, draft.key}, "forbidden": {draft.key, "need:999999"}}


def document_of(name, row):
    return SOURCES[name].to_document(row)


def found(engine) -> dict[str, set[str]]:
    seen = drift.drift_of(engine)
    return {name: set(getattr(seen, name)) for name in ("missing", "stale", "forbidden")}


def test_an_index_that_followed_all_has_not_drifted(engine):
    NeedFactory()
    follower.follow(engine)

    seen = drift.drift_of(engine)

    assert seen.keys == ()
    assert seen.documents == len(dict(engine.held(WHOLE))) == len(dict(engine.held(PUBLIC))) + 1
    assert engine.count() == len(dict(engine.held(PUBLIC)))


def test_what_is_missing_stale_or_forbidden_is_found(engine, drifted):
    assert found(engine) == drifted


def test_what_waits_to_be_followed_is_no_drift(engine):
    need, asset = SOURCES["need"].rows().first(), SOURCES["asset"].rows().get()
    need.title = "New words"
    need.save()
    asset.state, asset.published_at = "published", clock.now()
    asset.save()
    NeedFactory()

    assert drift.drift_of(engine).keys == ()


def test_a_row_changed_past_every_signal_is_drift(engine):
    need = SOURCES["need"].rows().first()
    type(need).objects.filter(pk=need.pk).update(title="Past every signal")

    assert found(engine)["stale"] == {f"need:{need.pk}"}


def test_what_drifted_is_followed_anew(engine, drifted):
    drift.mend(drift.drift_of(engine))
    follower.follow(engine)

    assert found(engine) == {"missing": set(), "stale": set(), "forbidden": set()}


def test_an_index_that_is_not_there_is_not_compared(db):
    with pytest.raises(Unreachable):
        drift.drift_of(EmbeddedEngine())


# What is told ----------------------------------------------------------------------------------------------------


@pytest.fixture
def checked(drifted):
    """The nightly check has run, as the worker runs it, over an embedded index that has drifted."""
    schedules.check_indexes()
    run_what_waits()


def run_what_waits() -> None:
    for row in DBTaskResult.objects.filter(task_path=tasks.check_indexes.module_path, status="READY"):
        row.claim("test")
        row.set_successful(row.task.call())


@pytest.mark.parametrize("engine", ["embedded"], indirect=True)
def test_the_nightly_check_tells_the_site_s_health_and_mends(client, engine, checked):
    said = client.get("/readyz").content.decode()

    assert "search: degraded (embedded compared with the rows" in said
    assert "1 missing, 2 stale and 2 forbidden; manage.py check_search compares again" in said
    assert drift.drift_of(engine).keys == ()

    schedules.check_indexes()
    run_what_waits()

    assert "search: ok (embedded with" in client.get("/readyz").content.decode()
    assert "public documents; compared with the rows" in client.get("/readyz").content.decode()


@pytest.mark.parametrize("engine", ["embedded"], indirect=True)
def test_a_command_prints_what_drifted_and_has_it_mended_where_asked(engine, drifted):
    printed = StringIO()
    with pytest.raises(CommandError, match="embedded differs from the rows"):
        call_command("check_search", stdout=printed)
    assert "1 missing, 2 stale, 2 forbidden" in printed.getvalue()
    for name, keys in drifted.items():
        for key in keys:
            assert f"  {name}: {key}\n" in printed.getvalue()

    call_command("check_search", mend=True, stdout=StringIO())
    follower.follow(engine)

    call_command("check_search", stdout=printed)
    assert "0 missing, 0 stale, 0 forbidden" in printed.getvalue()
