"""The cast: the few named people and councils every test may ask for.

Councils, services, roles and Wagtail's first pages come with the migrations, so the real rows are there.
On SQLite the migrated database is built once per set of migrations and copied for each run and worker.
"""

import datetime as dt
import fcntl
import hashlib
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext, override_settings

from accounts.models import User
from accounts.roles import Role
from audit import triggers
from core import clock
from councils.models import Membership, Organisation
from tests.factories.accounts import UserFactory, give_role
from tests.factories.councils import MembershipFactory


def _fingerprint() -> str:
    """Changes with any migration or reference table of ours, and with the packages' versions."""
    files = sorted(
        path
        for pattern in ("*/migrations/*.py", "*/reference/*", "requirements/runtime.txt")
        for path in settings.BASE_DIR.glob(pattern)
    )
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _migrated_template() -> Path:
    template = Path(tempfile.gettempdir()) / f"portal-migrated-{_fingerprint()}.sqlite3"
    with open(template.with_suffix(".lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not template.exists():
            making = template.with_suffix(".making")
            making.unlink(missing_ok=True)
            connection.close()
            connection.settings_dict["NAME"] = str(making)
            call_command("migrate", verbosity=0)
            connection.close()
            with sqlite3.connect(making) as database:
                database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            database.close()
            making.rename(template)
    return template


def _end_other_sessions() -> None:
    """A thread of the tests' sockets may hold a connection longer than its test, and nobody drops a database in use."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture(scope="session")
def django_db_setup(request, django_test_environment, django_db_blocker, worker_id):
    """PostgreSQL: pytest-django's own way. SQLite: a copy of the migrated template."""
    if connection.vendor != "sqlite":
        request.getfixturevalue("django_db_modify_db_settings")
        from django.test.utils import setup_databases, teardown_databases

        with django_db_blocker.unblock():
            config = setup_databases(verbosity=0, interactive=False)
        yield
        with django_db_blocker.unblock():
            _end_other_sessions()
            teardown_databases(config, verbosity=0)
        return
    with django_db_blocker.unblock():
        template = _migrated_template()
        mine = Path(tempfile.mkdtemp(prefix="portal-db-")) / f"{worker_id}.sqlite3"
        shutil.copy(template, mine)
        for alias in connections:
            connections[alias].close()
            connections[alias].settings_dict["NAME"] = str(mine)
        connection._test_serialized_contents = connection.creation.serialize_db_to_string()
    yield
    with django_db_blocker.unblock():
        connection.close()
    shutil.rmtree(mine.parent, ignore_errors=True)


@pytest.fixture(scope="session")
def worker_id(request):
    return getattr(request.config, "workerinput", {}).get("workerid", "main")


@pytest.fixture(scope="session", autouse=True)
def emptying_the_database_may_empty_the_audit_trail(django_db_setup):
    """Tests that commit are followed by a flush, which the trail's triggers would refuse."""
    flush = connection.ops.execute_sql_flush

    def flush_past_triggers(statements):
        triggers.remove(connection)
        flush(statements)
        triggers.install(connection)

    connection.ops.execute_sql_flush = flush_past_triggers
    yield
    connection.ops.execute_sql_flush = flush


@pytest.fixture(autouse=True)
def quiet_edges(settings, tmp_path):
    """Each test has its own cache, media and index; nothing slow runs by itself."""
    from django.core.cache import cache

    settings.MEDIA_ROOT = tmp_path / "media"
    settings.SEARCH_INDEX = tmp_path / "index"
    cache.clear()


@pytest.fixture
def pages_are_kept(settings):
    """As on the site: pages for strangers and figures are kept while nothing changes. Other tests keep none."""
    from portal.serving import content_version, page_cache

    settings.PAGES_KEPT_SECONDS = 60
    page_cache.pages.clear()
    content_version.answers.clear()


@pytest.fixture
def harlow(db) -> Organisation:
    """A district."""
    return Organisation.objects.get(slug="harlow")


@pytest.fixture
def surrey(db) -> Organisation:
    """A county."""
    return Organisation.objects.get(slug="surrey")


@pytest.fixture
def luton(db) -> Organisation:
    """A unitary."""
    return Organisation.objects.get(slug="luton")


@pytest.fixture
def amina(harlow) -> User:
    """A contributor at Harlow."""
    return MembershipFactory(person__name="Amina Shah", organisation=harlow).person


@pytest.fixture
def grace(harlow) -> User:
    """Harlow's lead: confirms members and adoptions."""
    return MembershipFactory(person__name="Grace Holt", organisation=harlow, role=Membership.Role.LEAD).person


@pytest.fixture
def carlos(surrey) -> User:
    """A contributor at Surrey."""
    return MembershipFactory(person__name="Carlos Reid", organisation=surrey).person


@pytest.fixture
def ben(db) -> User:
    """Has an account, belongs to no council."""
    return UserFactory(name="Ben Okoro")


@pytest.fixture
def fatima(db) -> User:
    """A facilitator."""
    return give_role(UserFactory(name="Fatima Khan"), Role.FACILITATOR)


@pytest.fixture
def boris(db) -> User:
    """On the steering board."""
    return give_role(UserFactory(name="Boris Lane"), Role.BOARD)


@pytest.fixture
def sunita(db) -> User:
    """Of the secretariat."""
    return give_role(UserFactory(name="Sunita Rao"), Role.SECRETARIAT)


@pytest.fixture
def edith(db) -> User:
    """An Alliance editor."""
    return give_role(UserFactory(name="Edith Moss"), Role.EDITOR)


@pytest.fixture
def anna(db) -> User:
    """An analyst."""
    return give_role(UserFactory(name="Anna Webb"), Role.ANALYST)


@pytest.fixture
def root_user(db) -> User:
    """A superuser with a second factor."""
    return give_role(UserFactory(name="Root", is_staff=True, is_superuser=True))


@pytest.fixture
def signed_in(client):
    """A function: the test client signed in as someone."""

    def sign_in(person: User):
        client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
        return client

    return sign_in


@pytest.fixture
def asked():
    """A function: a context whose list holds the statements asked in it, but for marks of a transaction."""

    @contextmanager
    def asking() -> Iterator[list[str]]:
        statements: list[str] = []
        with CaptureQueriesContext(connection) as queries:
            yield statements
        marks = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")
        statements += [query["sql"] for query in queries if not query["sql"].startswith(marks)]

    return asking


@pytest.fixture
def on_day():
    """A function: a context in which the one clock stands at a day or moment."""

    def at(*parts: int):
        return clock.at(dt.datetime(*parts))

    return at


@pytest.fixture
def demo_mode():
    """With DEMO=1: no second factor asked, /demo/ open."""
    with override_settings(DEMO=True):
        yield
