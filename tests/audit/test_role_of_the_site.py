"""Under the role of the site, as the page for who puts it live makes it, the trail takes lines and gives none up.

The statements are read from that page, so that what is tried is what is written there. They are run inside the test's
transaction and go with it. Where the server lets the tests make no role, all but the first are run for the tests' own.
"""

import re

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from audit.models import AuditEvent
from audit.operations import extend_chain, log_action
from projects.needs.operations import raise_need
from tests.factories.councils import MembershipFactory

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]
TRIES = [
    "UPDATE audit_auditevent SET action = 'events.forged' WHERE id = %s",
    "DELETE FROM audit_auditevent WHERE id = %s",
    "TRUNCATE audit_auditevent -- %s",
    "UPDATE audit_chainlink SET digest = 'x' WHERE %s > 0",
    "DELETE FROM audit_chainlink WHERE %s > 0",
    "TRUNCATE audit_chainlink -- %s",
]


def statements():
    """What `deploy/README.md` says to run as the owner, each by itself."""
    page = (settings.BASE_DIR / "deploy/README.md").read_text()
    [block] = re.findall(r"```sql\n(CREATE ROLE portal_site .*?)```", page, re.S)
    return [each.strip() for each in block.split(";") if each.strip()]


def may_make_roles():
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user")
        return cursor.fetchone()[0]


def as_the_site(written):
    """Take on the role that these statements make. Whoever may make none has its own rights cut down to the role's."""
    connection.check_constraints()
    makes_it = may_make_roles()
    role = f'"portal_site_{connection.settings_dict["NAME"]}"' if makes_it else "CURRENT_USER"
    with connection.cursor() as cursor:
        for each in written:
            if makes_it or not each.startswith("CREATE ROLE"):
                cursor.execute(each.replace("portal_site", role))
        if makes_it:
            cursor.execute(f"SET LOCAL ROLE {role}")


def why_refused(statement, key):
    """The reason for which the database refuses a statement; None where it does not."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, [key])
    except DatabaseError as refusal:
        return str(refusal).splitlines()[0]
    return None


def test_each_of_a_thousand_changes_is_refused_for_want_of_permission(grace):
    as_the_site(statements())
    keys = [log_action("events.signed_up", by=grace, number=number).pk for number in range(20)]
    before = list(AuditEvent.objects.order_by("pk").values())

    refused = [why_refused(TRIES[number % len(TRIES)], keys[number % len(keys)]) for number in range(1_000)]

    assert set(refused) == {f"permission denied for table {table}" for table in ("audit_auditevent", "audit_chainlink")}
    assert list(AuditEvent.objects.order_by("pk").values()) == before


def test_control_without_its_last_statement_only_the_triggers_refuse(grace):
    *others, last = statements()
    assert last.startswith("REVOKE UPDATE, DELETE, TRUNCATE")
    as_the_site(others)

    assert "append-only" in why_refused(TRIES[0], log_action("events.signed_up", by=grace).pk)


def test_the_site_itself_works_under_that_role(client, signed_in, harlow):
    member = MembershipFactory(organisation=harlow).person
    as_the_site(statements())

    need = raise_need(by=member, council=harlow, title="Bins", who_for="Residents", what="To know the day.")
    pages = [client.get(path).status_code for path in ("/", "/board/", need.get_absolute_url())]
    own = signed_in(member).get("/needs/new/").status_code

    assert ([*pages, own], extend_chain()) == ([200] * 4, AuditEvent.objects.count())
