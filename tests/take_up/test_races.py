"""A council that says the same six times at once is entered once, or renews it once; a measurement is checked by one.

The rule has a control: with the guard off the same starting line must see it broken. The guard is the row locked by
the operation on PostgreSQL; on SQLite the write lock taken when a transaction begins.
"""

import datetime as dt

import pytest

from accounts.roles import Role
from audit.models import AuditEvent
from core import clock
from core.errors import Refused
from outbox.models import Message
from take_up.models import Adoption, Commitment
from take_up.operations import adopt, check_measurement, commit, declare_adoption, renew_commitment
from take_up.operations.benefit import measurement
from tests.factories.accounts import UserFactory, give_role
from tests.factories.assets_registry import AssetFactory
from tests.factories.take_up import CommitmentFactory, MeasurementFactory
from tests.race import all_at_once, problems, slowly

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def everyone_meets_in_the_middle(monkeypatch):
    """Between looking and writing passes a moment, in the guarded run and the control alike."""
    monkeypatch.setattr(adopt, "can_lead", slowly(adopt.can_lead))


def declare_six_times(harlow, amina):
    asset, word = AssetFactory(), {"status": Adoption.Status.LIVE, "since": dt.date(2015, 6, 1)}
    return all_at_once([lambda: declare_adoption(asset, by=amina, council=harlow, **word)] * 6)


def test_declared_six_times_at_once_a_council_is_entered_once(harlow, amina):
    outcomes = declare_six_times(harlow, amina)

    assert [type(problem) for problem in problems(outcomes)] == [Refused] * 5
    assert Adoption.objects.count() == 1
    assert AuditEvent.objects.filter(action="assets_registry.adoption_declared").count() == 1


def test_control_without_the_guard_only_the_database_stops_the_second(guard_off, harlow, amina):
    assert {type(problem) for problem in problems(declare_six_times(harlow, amina))} != {Refused}


def check_six_times():
    waiting = MeasurementFactory(waiting=True)
    analysts = [give_role(UserFactory(), Role.ANALYST) for _ in range(6)]
    return all_at_once([lambda by=each: check_measurement(waiting, by=by) for each in analysts])


@pytest.fixture
def checkers_meet(monkeypatch):
    monkeypatch.setattr(measurement, "can_check_measurement", slowly(measurement.can_check_measurement))


def test_checked_by_six_at_once_a_measurement_is_checked_by_one(checkers_meet):
    outcomes = check_six_times()

    assert [type(problem) for problem in problems(outcomes)] == [Refused] * 5
    assert AuditEvent.objects.filter(action="assets_registry.benefit_checked").count() == 1


def test_control_without_the_guard_several_check_the_same_measurement(guard_off, checkers_meet):
    assert {type(problem) for problem in problems(check_six_times())} != {Refused}


def renew_six_times(monkeypatch, harlow, amina):
    monkeypatch.setattr(commit, "why_not_renewed", slowly(commit.why_not_renewed))
    old = CommitmentFactory(council=harlow, begins_on=clock.today() - dt.timedelta(days=175))
    return all_at_once([lambda: renew_commitment(old, by=amina)] * 6)


def test_renewed_six_times_at_once_it_is_asked_for_once(monkeypatch, harlow, amina, grace):
    outcomes = renew_six_times(monkeypatch, harlow, amina)

    assert [type(problem) for problem in problems(outcomes)] == [Refused] * 5
    assert (Commitment.objects.count(), Message.objects.filter(kind="take_up.commitment_waits").count()) == (2, 1)


def test_control_without_the_guard_several_renew(guard_off, monkeypatch, harlow, amina, grace):
    assert {type(problem) for problem in problems(renew_six_times(monkeypatch, harlow, amina))} != {Refused}
