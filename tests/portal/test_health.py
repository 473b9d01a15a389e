"""/healthz says that the process lives; /readyz says how each part is."""

import datetime as dt
import re

import pytest
from django.db import OperationalError
from django_tasks_db.models import DBTaskResult

from core import clock
from portal.models import ScheduledRun
from portal.status import engines, health, views
from search import follower
from search.engines.embedded import EmbeddedEngine
from search.models import Change, Cursor
from tests.factories.projects import NeedFactory
from tests.pages import words

pytestmark = pytest.mark.sql


def test_the_process_says_it_lives_without_touching_anything(client):
    answer = client.get("/healthz")

    assert answer.status_code == 200
    assert answer.json() == {"status": "ok"}


@pytest.mark.django_db
def test_ready_has_a_line_for_each_part(client):
    answer = client.get("/readyz")

    names = [line.partition(":")[0] for line in answer.content.decode().splitlines()]
    assert answer.status_code == 200
    assert names == [
        "database",
        "migrations",
        "cache",
        "channel layer",
        "search",
        "worker",
        "schedules",
        "change log",
        "audit trail",
        "ballot keys",
        "mail",
    ]


@pytest.mark.django_db
def test_a_site_without_a_worker_is_ready_but_degraded(client):
    ScheduledRun.objects.all().delete()

    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert "worker: degraded (no worker has run yet)" in answer.content.decode()


@pytest.mark.django_db
def test_a_schedule_that_failed_and_has_not_gone_through_since_degrades_the_site(client):
    def ran(status, name, minutes_ago):
        DBTaskResult.objects.create(
            status=status,
            task_path="portal.tasks.run_schedule",
            args_kwargs={"args": [name], "kwargs": {}},
            run_after=clock.now(),
            finished_at=clock.now() - dt.timedelta(minutes=minutes_ago),
        )

    ran("FAILED", "events.schedules.forget_people", 30)
    ran("FAILED", "events.schedules.settle_events", 20)
    ran("SUCCESSFUL", "events.schedules.settle_events", 10)
    ran("SUCCESSFUL", "events.schedules.forget_people", 40)

    answer = client.get("/readyz").content.decode()

    assert "schedules: degraded (failed and not gone through since: events.schedules.forget_people)" in answer


@pytest.mark.django_db
def test_a_site_whose_folder_of_keys_lies_in_its_backup_is_degraded_and_names_no_path(client, settings):
    settings.BALLOT_KEYS = settings.PORTAL_DATA / "keys"

    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert "ballot keys: degraded (their folder cannot be used: manage.py check says why)" in answer.content.decode()
    assert str(settings.PORTAL_DATA) not in answer.content.decode()


@pytest.fixture
def followed(harlow):
    """The index holds what the rows say, and then a need is raised that it has not followed for 90 seconds."""
    follower.follow(EmbeddedEngine())
    NeedFactory()
    Change.objects.after(Cursor.objects.get()).update(at=clock.now() - dt.timedelta(seconds=90))
    return Change.objects.after(Cursor.objects.get()).count()


def test_which_engine_answers_and_how_far_it_is_behind_are_figures(client, followed, settings):
    settings.ELASTICSEARCH_URL = ""  # also where a server is there
    said = client.get("/readyz").content.decode()

    assert re.search(r"search: ok \(embedded with \d+ public documents; in use: embedded\)", said)
    assert re.search(rf"change log: ok \(embedded {followed} changes? and 9\d s behind\)", said)


def test_each_engine_is_asked_once_and_of_a_long_backlog_no_more_is_counted_than_is_told(
    client, signed_in, edith, followed, settings, monkeypatch
):
    settings.ELASTICSEARCH_URL = ""
    asked, count = [], EmbeddedEngine.count
    monkeypatch.setattr(EmbeddedEngine, "count", lambda engine: asked.append(1) or count(engine))
    monkeypatch.setattr(engines, "MOST_COUNTED", 1)
    monkeypatch.setattr(views, "MOST_COUNTED", 1)
    NeedFactory()

    assert "change log: ok (embedded more than 1 change and 9" in client.get("/readyz").content.decode()
    assert len(asked) == 1
    page = words(signed_in(edith).get("/status/"))
    assert ">More than 1<" in page
    assert len(asked) == 2


def test_an_engine_that_is_gone_leaves_the_other_in_use(client, followed, settings):
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"

    said = client.get("/readyz").content.decode()

    assert re.search(
        r"search: degraded \(elasticsearch cannot be reached; in use: embedded with \d+ public documents\)", said
    )


def test_editors_read_on_a_page_how_the_site_is(client, signed_in, edith, amina, followed, settings):
    settings.ELASTICSEARCH_URL = ""
    page = words(signed_in(edith).get("/status/"))

    assert "Change log" in page
    assert f"Embedded {followed} change" in page
    assert "Needs a look" in page  # no worker runs in tests
    assert signed_in(amina).get("/status/").status_code == 403


@pytest.mark.django_db
def test_a_dead_database_makes_it_unready(client, monkeypatch):
    def gone():
        raise OperationalError("connection refused")

    monkeypatch.setitem(health._VITAL, "database", gone)

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.content.decode() == "database: failed (connection refused)\n"


@pytest.mark.django_db
@pytest.mark.parametrize("host", ["127.0.0.1:8000", "web:8000", "10.0.0.7", "evil.example"])
def test_the_health_addresses_answer_whatever_host_is_asked(client, settings, host):
    settings.ALLOWED_HOSTS = ["portal.example.org"]
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]

    assert client.get("/healthz", headers={"host": host}).status_code == 200
    assert client.get("/readyz", headers={"host": host}).status_code == 200
    assert client.get("/", headers={"host": host}, secure=True).status_code == 400
