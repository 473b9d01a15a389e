"""Fixtures of a host whose clock is a day wrong, while the database's is right."""

import datetime as dt

import pytest
from django.db.models import DateTimeField, Value
from django.utils import timezone

from core import clock, statements

DAY = dt.timedelta(days=1)
NEARLY = dt.timedelta(minutes=5)


def so_far(ahead=dt.timedelta()):
    """The right moment, and so far from it."""
    return dt.datetime.now(dt.UTC) + ahead


@pytest.fixture(params=[-DAY, DAY], ids=["a day behind", "a day ahead"])
def own_clock(request, monkeypatch):
    """The clock of this host, which is wrong; the database's is right."""
    right = timezone.now
    monkeypatch.setattr(timezone, "now", lambda: right() + request.param)
    assert abs(clock.now() - so_far(request.param)) < NEARLY


@pytest.fixture
def nobody_asks_the_database(monkeypatch):
    """For the controls: what is to come from the database is this host's own clock."""
    monkeypatch.setattr(clock, "DatabaseClock", lambda: Value(timezone.now(), output_field=DateTimeField()))
    monkeypatch.setattr(statements, "built", {})
