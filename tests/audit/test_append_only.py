"""A line of the audit trail is added and never changed or removed, by no road."""

import pytest
from django.db import DatabaseError, connection, transaction

from audit import triggers
from audit.models import AppendOnly, AuditEvent
from audit.operations import log_action
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
ROADS = [
    "UPDATE audit_auditevent SET action = 'events.forged' WHERE id = %s",
    "DELETE FROM audit_auditevent WHERE id = %s",
]


@pytest.fixture
def line(harlow, grace):
    line = log_action("councils.member_confirmed", by=grace, about=harlow, role="lead")
    connection.check_constraints()  # PostgreSQL empties no table while it still owes a check
    return line


def run(statement, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.mark.parametrize("statement", ROADS)
def test_the_database_refuses_to_change_or_remove_a_line(line, statement):
    with pytest.raises(DatabaseError, match="append-only"):
        run(statement, line.pk)

    assert AuditEvent.objects.get(pk=line.pk).action == "councils.member_confirmed"


@pytest.mark.parametrize("statement", ROADS)
def test_without_the_triggers_it_would_not(line, statement):
    """The control."""
    triggers.remove(connection)
    try:
        run(statement, line.pk)

        assert not AuditEvent.objects.filter(pk=line.pk, action="councils.member_confirmed").exists()
    finally:
        triggers.install(connection)


def test_a_line_is_not_replaced_by_another_with_its_number(line):
    if connection.vendor == "sqlite":
        statement = "INSERT OR REPLACE INTO audit_auditevent SELECT * FROM audit_auditevent WHERE id = %s"
    else:
        statement = "TRUNCATE audit_auditevent -- %s"
    with pytest.raises(DatabaseError, match="append-only"):
        run(statement, line.pk)


def test_the_model_refuses_first(line):
    line.action = "events.forged"

    for action in (
        line.save,
        line.delete,
        AuditEvent.objects.all().delete,
        lambda: AuditEvent.objects.update(action="x"),
        lambda: AuditEvent.objects.bulk_update([line], ["action"]),
    ):
        with pytest.raises(AppendOnly):
            action()


def test_a_line_about_a_person_does_not_hold_their_name():
    person = UserFactory(name="Amina Shah", email="amina@example.org")

    line = log_action("accounts.role_given", by=None, about=person, role="Facilitators")

    assert line.about == f"Account {person.pk}"
