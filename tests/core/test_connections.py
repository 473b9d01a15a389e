"""A statement holds as many values as the database takes; a connection just used is not looked at again."""

import threading

import pytest
from django.core.signals import request_finished, request_started
from django.db import connection

from core import connections as connections_kept
from councils.models import Organisation


@pytest.mark.django_db
def test_two_thousand_rows_of_many_columns_are_a_handful_of_statements(asked):
    rows = [Organisation(name=f"Body {n}", official_name=f"Body {n}", slug=f"body-{n}") for n in range(2000)]

    with asked() as statements:
        Organisation.objects.bulk_create(rows)

    assert len([each for each in statements if each.startswith("INSERT")]) <= 2, connection.vendor


@pytest.fixture
def kept(monkeypatch):
    """Connections as a page server keeps them, whose thread has answered nothing yet."""
    before = dict(connection.settings_dict)
    monkeypatch.setattr(connections_kept, "_last", threading.local())
    connections_kept.keep_connections()
    yield connection
    connection.settings_dict.update(before)
    request_started.disconnect(connections_kept._trust)
    request_finished.disconnect(connections_kept._note)


def test_a_connection_is_looked_at_again_only_after_a_second_of_rest(kept, monkeypatch):
    now = 100.0
    monkeypatch.setattr(connections_kept.time, "monotonic", lambda: now)

    def is_trusted() -> bool:
        kept.health_check_done = False  # as Django does when a request begins
        connections_kept._trust()
        return kept.health_check_done

    assert not is_trusted()  # it has answered nothing
    connections_kept._note()  # as a request ends
    now += 0.9
    assert is_trusted()
    now += 0.2
    assert not is_trusted()
