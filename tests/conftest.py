"""The cast: the few named people and councils every test may ask for.

Councils, services, roles and Wagtail's first pages come with the migrations, so the real rows are there.
"""

import datetime as dt
import gc
import itertools
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from types import CodeType

import pytest
from django.conf import settings
from django.db import connection
from django.db.models.sql.compiler import SQLCompiler
from django.test import TransactionTestCase
from django.test.utils import CaptureQueriesContext, override_settings
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from core import clock
from councils.models import EmailDomain, Membership, Organisation, Service
from outbox.delivery import deliver_due
from tests.databases import PostgreSQLTemplate, SQLiteTemplate, migrate_meanwhile
from tests.factories.accounts import UserFactory, give_role
from tests.factories.councils import MembershipFactory

pytest_plugins = ["tests.servers", "tests.race", "tests.outside", "tests.wrong_clock"]
_numbers = itertools.count()

# On PostgreSQL the walks are taken by whoever reaches every page between them: strangers, a council's people, and the
# superuser, who may do all that needs no membership. What the others may do is no question to a database.
WALKERS = {None, "anonymous", "amina", "grace", "root_user"}

LAST_SECONDS_OF_A_DAY = dt.timedelta(seconds=30)  # longer than a test takes


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark as `sql` what PostgreSQL could answer otherwise than SQLite, beside the modules that say so themselves."""
    for item in items:
        if _could_differ(item):
            item.add_marker("sql")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Refuse to read the clock while tests are collected: what is read then is another day's when midnight passes."""
    is_over, read = [], timezone.now

    def now() -> dt.datetime:  # kept by whatever is imported meanwhile, as the default of a migration's field
        assert is_over, "The clock is read while tests are collected. Read it in the test, as when midnight passes."
        return read()

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(timezone, "now", now)
        collected = yield
    is_over.append(True)
    return collected


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    """Wait for the next day in the last seconds of one, so that a test says “today” once."""
    now = timezone.localtime()
    left = dt.timedelta(days=1) - dt.timedelta(hours=now.hour, minutes=now.minute, seconds=now.second)
    if left < LAST_SECONDS_OF_A_DAY:
        time.sleep(left.total_seconds())


def pytest_sessionstart(session: pytest.Session) -> None:
    if session.config.getoption("numprocesses", None) and not hasattr(session.config, "workerinput"):
        migrate_meanwhile()


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
    walker = item.callspec.params.get("name") if hasattr(item, "callspec") else None
    walks = item.path.parent.name == "architecture" and walker in WALKERS
    leans = {"IntegrityError", "CaptureQueriesContext"} & _names(item.function.__code__)
    return bool(commits or counts or walks or leans)


def _names(code: CodeType) -> set[str]:
    """What a function's body calls by name, with the functions inside it."""
    inner = [constant for constant in code.co_consts if isinstance(constant, CodeType)]
    return {*code.co_names, *code.co_varnames}.union(*map(_names, inner))


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
def quiet_edges(settings, tmp_path_factory):
    """Each test has its own cache, media, index and keys; nothing slow runs by itself. What fills a folder makes it."""
    from django.core.cache import cache

    own = tmp_path_factory.getbasetemp() / f"test-{next(_numbers)}"
    settings.MEDIA_ROOT = own / "media"
    settings.SEARCH_INDEX = own / "index"
    settings.BALLOT_KEYS = own / "keys"
    settings.EMAIL_BACKEND = "outbox.backend.Backend"  # as on the site; the test runner has put its own there
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
def short_directory(harlow, surrey, luton) -> None:
    """Three councils and three services: a form that offers some thousand takes most of its time to list them."""
    kept, services = [harlow.pk, surrey.pk, luton.pk], [*Service.objects.values_list("pk", flat=True)[:3]]
    Organisation.objects.filter(pk__in=kept).update(county=None)
    # Past the signals, which would look for what names each of them.
    for rows in (
        Organisation.successors.through.objects.all(),
        EmailDomain.objects.exclude(organisation__in=kept),
        Organisation.objects.exclude(pk__in=kept),
        Service.objects.exclude(pk__in=services),
    ):
        rows._raw_delete(rows.db)


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
def builds(monkeypatch):
    """The models of the queries for which a statement is built from here on."""
    built, build = [], SQLCompiler.as_sql

    def building(compiler, *args, **kwargs):
        built.append(compiler.query.model)
        return build(compiler, *args, **kwargs)

    monkeypatch.setattr(SQLCompiler, "as_sql", building)
    return built


@pytest.fixture
def on_day():
    """A function: a context in which the one clock stands at a day or moment."""

    def at(*parts: int):
        return clock.at(dt.datetime(*parts))

    return at


@pytest.fixture
def deliver(mailoutbox):
    """A function: sends what is due in the outbox, as the worker would, and returns these mails."""

    def send():
        before = len(mailoutbox)
        deliver_due()
        return mailoutbox[before:]

    return send


@pytest.fixture
def mail_at_any_time(monkeypatch):
    """Messages are asked for though `on_day` moves the clock, which else means that history is being told."""
    monkeypatch.setattr(clock, "is_entering_history", lambda: False)


@pytest.fixture
def demo_mode():
    """With DEMO=1: no second factor asked, /demo/ open."""
    with override_settings(DEMO=True):
        yield
