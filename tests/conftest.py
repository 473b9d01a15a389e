"""The cast: the few named people and councils every test may ask for.

Councils, services, roles and Wagtail's first pages come with the migrations, so the real rows are there.
The migrated database is a template: copied for each worker, and again after each test that commits. It is built
once per set of migrations.
"""

import datetime as dt
import fcntl
import gc
import hashlib
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from types import CodeType
from weakref import WeakSet

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.backends.utils import CursorWrapper
from django.dispatch import receiver
from django.test import TransactionTestCase
from django.test.utils import CaptureQueriesContext, override_settings

from accounts.models import User
from accounts.roles import Role
from core import clock
from councils.models import Membership, Organisation
from tests.factories.accounts import UserFactory, give_role
from tests.factories.councils import MembershipFactory

pytest_plugins = ["tests.servers"]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark as `sql` what PostgreSQL could answer otherwise than SQLite, beside the modules that say so themselves."""
    for item in items:
        if _could_differ(item):
            item.add_marker("sql")


def pytest_collection_finish() -> None:
    """What is loaded by now stays: collecting garbage looks only at what the tests make, and less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def _could_differ(item: pytest.Item) -> bool:
    """Whether a test commits, counts statements, leans on a constraint, or walks all pages or forms."""
    database = item.get_closest_marker("django_db")
    if database is None and "db" not in item.fixturenames:
        return False
    commits = database is not None and database.kwargs.get("transaction", False)
    counts = {"asked", "django_assert_num_queries", "django_assert_max_num_queries"} & set(item.fixturenames)
    walks = item.path.parent.name == "architecture"
    return bool(commits or counts or walks or {"IntegrityError", "CaptureQueriesContext"} & _names(item.function.__code__))


def _names(code: CodeType) -> set[str]:
    """What a function's body calls by name, with the functions inside it."""
    inner = [constant for constant in code.co_consts if isinstance(constant, CodeType)]
    return {*code.co_names, *code.co_varnames}.union(*map(_names, inner))


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


class SQLiteTemplate:
    """Every worker has a copy of the migrated database, and after a test that commits, a fresh one."""

    def __init__(self, worker: str) -> None:
        self.template = _migrated_template()
        self.mine = Path(tempfile.mkdtemp(prefix="portal-db-")) / f"{worker}.sqlite3"
        shutil.copy(self.template, self.mine)
        connection.close()
        connection.settings_dict["NAME"] = str(self.mine)

    def restore(self) -> None:
        """In place, since a thread of the test may still hold the file open."""
        connection.close()
        with closing(sqlite3.connect(self.template)) as whole, closing(sqlite3.connect(self.mine, timeout=30)) as used:
            whole.backup(used)

    def drop(self) -> None:
        connection.close()
        shutil.rmtree(self.mine.parent, ignore_errors=True)


class PostgreSQLTemplate:
    """The server keeps one migrated database; every worker has a copy, and after a test that commits, a fresh one."""

    def __init__(self, worker: str) -> None:
        name = connection.settings_dict["NAME"]
        self.template, self.mine = f"{name}_migrated_{_fingerprint()}", f"test_{name}_{worker}"
        with connection._nodb_cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(hashtext(%s))", [name])  # one worker migrates, the others wait
            cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [f"{name}_migrated_"])
            kept = [database for (database,) in cursor.fetchall()]
            if self.template not in kept:
                for older in kept:
                    cursor.execute(f'DROP DATABASE "{older}"')
                self._migrate(cursor, making=f"{name}_migrated_")
            cursor.execute("SELECT pg_advisory_unlock(hashtext(%s))", [name])
        connection.settings_dict["NAME"] = self.mine
        self.restore()

    def _migrate(self, cursor: CursorWrapper, making: str) -> None:
        cursor.execute(f'CREATE DATABASE "{making}"')
        connection.settings_dict["NAME"] = making
        call_command("migrate", verbosity=0)
        connection.close()
        cursor.execute(f'ALTER DATABASE "{making}" RENAME TO "{self.template}"')

    def restore(self) -> None:
        self.drop()
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{self.mine}" TEMPLATE "{self.template}"')

    def drop(self) -> None:
        """Nobody drops a database in use, and a thread of the tests' sockets keeps its connection."""
        for wrapper in list(_connected):
            wrapper.inc_thread_sharing()
            wrapper.close()
            wrapper.dec_thread_sharing()
        with connection._nodb_cursor() as cursor:
            # Those of processes that a test killed. Not FORCE: it stumbles over the server's own autovacuum.
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND usename = current_user",
                [self.mine],
            )
            cursor.execute(f'DROP DATABASE IF EXISTS "{self.mine}"')


_connected: WeakSet[BaseDatabaseWrapper] = WeakSet()  # in every thread


@receiver(connection_created)
def _remember(connection: BaseDatabaseWrapper, **details: object) -> None:
    _connected.add(connection)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, worker_id):
    """A migrated database for this worker, and the way back to it."""
    kind = PostgreSQLTemplate if connection.vendor == "postgresql" else SQLiteTemplate
    with django_db_blocker.unblock():
        database = kind(worker_id)
    back = TransactionTestCase._fixture_teardown
    TransactionTestCase._fixture_teardown = lambda self: database.restore()
    yield
    TransactionTestCase._fixture_teardown = back
    with django_db_blocker.unblock():
        database.drop()


@pytest.fixture(scope="session")
def worker_id(request):
    return getattr(request.config, "workerinput", {}).get("workerid", "main")


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
