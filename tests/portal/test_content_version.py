"""Every change of what strangers see raises the content version, in its own transaction; votes raise nothing."""

import re
import threading

import pytest
from django.db import connection, transaction
from django.db.models import F

from accounts.models import User
from audit.operations import log_action
from councils.models import Service
from events.models import Event
from portal.models import ContentChange
from portal.serving import page_cache
from portal.serving.content_version import changes_content, content_version, forget_old_changes
from projects.models import Need
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory
from tests.factories.projects import NeedFactory
from tests.factories.voting import BallotFactory, OptionFactory, RollEntryFactory
from voting.casting.operations import cast, ticks

pytestmark = pytest.mark.sql


@pytest.fixture
def raises():
    """A function: whether an action, in a transaction of its own, raises the version."""

    def ask(action):
        connection.run_on_commit.clear()  # as after a commit: these tests stand in one transaction
        before = content_version()
        action()
        return content_version() != before

    return ask


@pytest.mark.django_db
def test_whatever_way_a_row_is_written_the_version_is_raised(raises):
    need, event = NeedFactory(), EventFactory()

    assert raises(lambda: NeedFactory())
    assert raises(lambda: need.save())
    assert raises(lambda: Need.objects.filter(pk=need.pk).update(title="Another"))
    assert raises(lambda: Event.objects.filter(pk=event.pk).update(places_taken=F("places_taken") + 1))
    assert raises(lambda: Need.objects.bulk_update([need], ["title"]))
    assert raises(lambda: event.services.add(Service.objects.first()))
    assert raises(lambda: Event.objects.filter(pk=event.pk).delete())


@pytest.mark.django_db
def test_what_no_page_shows_raises_nothing(raises, amina, client):
    ballot = BallotFactory(open=True)
    RollEntryFactory(ballot=ballot, person=amina)
    options = OptionFactory.create_batch(2, ballot=ballot)

    assert not raises(lambda: cast(ballot, by=amina, marks=ticks(options[:1])))
    assert not raises(lambda: log_action("councils.tested", by=amina, about=amina))
    assert not raises(lambda: User.objects.get(pk=amina.pk))
    assert not raises(lambda: client.force_login(amina, backend="accounts.backends.ByAddress"))


@pytest.mark.django_db
def test_what_a_savepoint_took_back_does_not_stand_for_what_follows(raises):
    def taken_back_then_done():
        with transaction.atomic():
            NeedFactory()
            transaction.set_rollback(True)
        NeedFactory()

    assert raises(taken_back_then_done)


@pytest.mark.django_db
def test_one_transaction_adds_one_row(raises):
    connection.run_on_commit.clear()
    before = ContentChange.objects.count()

    NeedFactory.create_batch(3)

    assert ContentChange.objects.count() == before + 1


@pytest.mark.parametrize(
    ("sql", "changes"),
    [
        ('INSERT INTO "projects_need" ("title") VALUES (%s)', True),
        ('insert or ignore into "events_event_services" VALUES (1)', True),
        ('UPDATE "voting_ballot" SET "state" = %s WHERE', True),
        (
            'UPDATE "voting_ballot" SET "version" = "version" + 1 WHERE "id" = %s',
            False,
        ),
        ('UPDATE "voting_ballot" SET "version" = "version" + 1, "state" = %s WHERE', True),
        ('DELETE FROM "wagtailcore_pageviewrestriction" WHERE', True),
        ('DELETE FROM "django_session" WHERE', False),
        ('SELECT "projects_need"."title" FROM "projects_need"', False),
    ],
)
def test_a_statement_tells_whether_it_changes_content(sql, changes):
    assert changes_content(sql) is changes


@pytest.mark.django_db
def test_old_changes_are_forgotten_without_raising_the_version(monkeypatch):
    monkeypatch.setattr("portal.serving.content_version.WINDOW", 1)
    ContentChange.objects.bulk_create(ContentChange() for _ in range(20))
    before = content_version()

    forget_old_changes()

    assert content_version() == before
    assert ContentChange.objects.count() == 11


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_a_change_committed_late_under_a_lower_number_raises_the_version():
    begun, may_end = threading.Event(), threading.Event()

    def slow_change():
        with transaction.atomic():
            UserFactory()
            begun.set()
            may_end.wait(60)
        connection.close()

    slow = threading.Thread(target=slow_change)
    slow.start()
    begun.wait(60)
    UserFactory()
    between = content_version()
    may_end.set()
    slow.join()

    assert content_version() != between
    assert content_version() == content_version()


@pytest.mark.django_db
@pytest.mark.usefixtures("pages_are_kept")
def test_a_lists_counts_are_kept_for_strangers_and_follow_the_next_change(client, signed_in, amina, asked):
    NeedFactory.create_batch(3)

    def counted_for(reader):
        page_cache.pages.clear()
        with asked() as statements:
            page = reader.get("/needs/").content.decode()
        groups = [each for each in statements if "facet_rows" in each]
        return re.search(r"<b>(\d+) needs", page)[1], len(groups)

    assert counted_for(client) == ("3", 3)
    assert counted_for(client) == ("3", 0)
    connection.run_on_commit.clear()
    NeedFactory()
    assert counted_for(client) == ("4", 3)
    assert counted_for(signed_in(amina)) == ("4", 3)
    assert counted_for(client)[1] == 3
