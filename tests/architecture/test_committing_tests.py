"""What a test commits is gone for the next one, and the reference rows are back."""

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import TransactionTestCase

from audit import triggers
from audit.models import AuditEvent
from audit.operations import log_action
from core import clock
from councils.models import EmailDomain, Organisation, Service
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_after_a_test_that_commits_the_database_is_as_the_migrations_made_it():
    before = all_rows()
    log_action("accounts.signed_in", by=UserFactory())
    Service.objects.all().delete()
    EmailDomain.objects.first().delete()
    Organisation.objects.filter(slug="harlow").update(name="Harlow Town")
    assert all_rows() != before

    end_test()

    assert all_rows() == before
    assert Organisation.objects.count() > 400
    assert UserFactory().pk == 1  # numbers begin again


def test_putting_rows_back_is_no_change_of_content_itself():
    before = all_rows()
    Session.objects.create(session_key="left", session_data="", expire_date=clock.now())

    end_test()

    assert all_rows() == before


def test_a_test_that_changes_a_table_leaves_none_of_it():
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE councils_service ADD COLUMN left_behind integer")
        assert columns_of("councils_service") >= {"name", "left_behind"}

    end_test()

    assert "left_behind" not in columns_of("councils_service") >= {"name"}


def test_a_test_that_takes_off_a_guard_of_the_database_leaves_it_on():
    triggers.remove(connection)
    log_action("accounts.signed_in", by=UserFactory())
    AuditEvent.objects.all()._raw_delete("default")
    assert not AuditEvent.objects.exists()

    end_test()

    log_action("accounts.signed_in", by=UserFactory())
    with pytest.raises(Exception, match=triggers.SENTENCE):
        AuditEvent.objects.all()._raw_delete("default")


def end_test() -> None:
    TransactionTestCase()._fixture_teardown()


def columns_of(table: str) -> set[str]:
    with connection.cursor() as cursor:
        return {column.name for column in connection.introspection.get_table_description(cursor, table)}


def all_rows() -> dict[str, list[str]]:
    """Every row of every table, in words."""
    with connection.cursor() as cursor:
        rows = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - our own tables
            rows[table] = sorted(map(str, cursor.fetchall()))
        return rows
