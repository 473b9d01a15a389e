"""What changes the trail past its triggers, as the owner of its table can, is found by the chain over its lines."""

import datetime as dt
import random
from contextlib import contextmanager
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from audit import chain, operations, tasks, triggers
from audit.models import AuditEvent, ChainLink
from audit.operations import extend_chain, line, log_action
from core import clock
from outbox.models import Message
from portal.status.operations import mail_trail_digest

pytestmark = pytest.mark.django_db
CHANGES = {
    "at": "UPDATE audit_auditevent SET at = '2026-01-01 00:00:00.000001+00:00' WHERE id = {0}",
    "who": "UPDATE audit_auditevent SET by_id = NULL WHERE id = {0}",
    "action": "UPDATE audit_auditevent SET action = 'events.forged' WHERE id = {0}",
    "about": "UPDATE audit_auditevent SET about = about || '.' WHERE id = {0}",
    "details": """UPDATE audit_auditevent SET details = '{{"votes": 2}}' WHERE id = {0}""",
    "request": "UPDATE audit_auditevent SET request_id = 'another' WHERE id = {0}",
    "removed": "DELETE FROM audit_auditevent WHERE id = {0}",
    "swapped": (
        "UPDATE audit_auditevent SET id = -1 WHERE id = {0}; UPDATE audit_auditevent SET id = {0} WHERE id = {1}; "
        "UPDATE audit_auditevent SET id = {1} WHERE id = -1"
    ),
}


@contextmanager
def as_the_owner():
    """Past the triggers, as whoever owns the table can go."""
    connection.check_constraints()  # PostgreSQL alters no table while it still owes a check
    triggers.remove(connection)
    triggers.remove_from_chain(connection)
    try:
        yield
    finally:
        connection.check_constraints()
        triggers.install(connection)
        triggers.install_on_chain(connection)


def run(statements):
    with connection.cursor() as cursor:
        for statement in statements.split("; "):
            cursor.execute(statement)


def trail_of(number, by):
    """So many lines that differ, chained by two."""
    lines = [line("events.signed_up", by=by, votes=1, number=n) for n in range(number)]
    AuditEvent.objects.bulk_create(lines)
    operations_most, operations.MOST_OF_A_LINK = operations.MOST_OF_A_LINK, 2
    try:
        assert extend_chain() == number
    finally:
        operations.MOST_OF_A_LINK = operations_most
    return list(ChainLink.objects.all())


def checked(*digests):
    out = StringIO()
    call_command("check_trail", *digests, stdout=out)
    return out.getvalue()


def test_of_a_thousand_changes_of_a_thousand_links_each_is_found_and_no_other(grace):
    links = trail_of(2_004, grace)
    some = random.Random(30)
    changed = some.sample(links, 1_000)
    assert list(chain.faults()) == []

    with as_the_owner():
        for number, link in enumerate(changed):
            run([*CHANGES.values()][number % len(CHANGES)].format(link.up_to - 1, link.up_to))

    assert {fault.link.pk for fault in chain.faults()} == {link.pk for link in changed}


def test_each_of_a_thousand_changes_is_refused_to_the_site_itself(grace):
    keys = [key for link in trail_of(1_000, grace) for key in (link.up_to - 1, link.up_to)]
    refused = 0

    for number, key in enumerate(keys):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            run([*CHANGES.values()][number % len(CHANGES)].format(key, key))
        refused += 1

    assert refused == 1_000
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        run("UPDATE audit_chainlink SET digest = 'x'")


def test_new_lines_are_chained_once(grace, harlow):
    log_action("councils.member_confirmed", by=grace, about=harlow)

    assert (extend_chain(), extend_chain()) == (AuditEvent.objects.count(), 0)
    assert list(chain.faults()) == []


def test_a_line_that_was_committed_after_a_later_one_was_chained_is_chained_too(grace):
    first, late, last = (log_action("events.signed_up", by=grace, number=n) for n in range(3))
    with as_the_owner():
        run(CHANGES["removed"].format(late.pk))
    extend_chain()
    assert ChainLink.objects.get().gaps[-1] == [late.pk, late.pk]
    late.save_base(raw=True, force_insert=True)
    assert list(chain.faults()) == []  # it waits for its link, and is no fault meanwhile

    assert extend_chain() == 1
    assert list(chain.faults()) == []
    assert extend_chain() == 0
    with as_the_owner():
        run(CHANGES["about"].format(late.pk))
    assert [fault.link for fault in chain.faults()] == [chain.head()]
    assert first.pk < late.pk < last.pk


def test_a_line_put_into_an_old_gap_is_said_to_be_covered_by_no_link(grace):
    first, gone, last = (log_action("events.signed_up", by=grace, number=n) for n in range(3))
    with as_the_owner():
        run(CHANGES["removed"].format(gone.pk))
    extend_chain()
    with clock.at(clock.now() + dt.timedelta(days=2)):
        gone.save_base(raw=True, force_insert=True)
        assert extend_chain() == 0

        assert tasks.check_chain.call() == [f"1 line that no link covers: {gone.pk}"]
    assert first.pk < gone.pk < last.pk


def test_whoever_makes_the_chain_anew_cannot_make_the_digest_that_was_mailed(grace):
    links = trail_of(6, grace)
    mailed = links[-1].digest
    assert "no fault" in checked(mailed)

    with as_the_owner():
        run(CHANGES["action"].format(links[0].up_to))
        run("DELETE FROM audit_chainlink")
    extend_chain()

    assert list(chain.faults()) == []
    with pytest.raises(CommandError, match="1 fault"):
        checked(mailed)


def test_a_link_that_was_taken_out_is_missed(grace):
    links = trail_of(6, grace)

    with as_the_owner():
        ChainLink.objects.filter(pk=links[1].pk).delete()

    assert [fault.words for fault in chain.faults()] == ["it does not follow the link before it."]
    assert tasks.check_chain.call() == [str(fault) for fault in chain.faults()]


def test_the_secretariat_is_mailed_the_digest_once(grace, sunita):
    trail_of(2, grace)

    mail_trail_digest()
    mail_trail_digest()

    asked = Message.objects.filter(kind="portal.trail_digest")
    assert [message.person for message in asked] == [sunita]
