"""Two people decide at once, or one asks twice at once: one place, and the last word stands.

Each rule has a control: with the guard off the same starting line must see it broken. The guard is the row locked by
the operation on PostgreSQL; on SQLite the write lock taken when a transaction begins.
"""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import Error

from audit.models import AuditEvent
from core.errors import Refused
from councils import operations
from councils.models import Membership, Organisation
from councils.operations import ask_to_join, change_role, confirm_membership, end_membership
from outbox.models import Message
from tests.factories.accounts import UserFactory
from tests.factories.councils import MembershipFactory
from tests.race import all_at_once, problems, slowly

pytestmark = pytest.mark.django_db(transaction=True)
State, Role = Membership.State, Membership.Role


@pytest.fixture(autouse=True)
def everyone_meets_in_the_middle(monkeypatch):
    """Wait a moment between reading and writing, in the guarded runs and the controls alike."""
    monkeypatch.setattr(operations, "verified_domains", slowly(operations.verified_domains))
    monkeypatch.setattr(Organisation, "has_ended", property(slowly(Organisation.has_ended.fget)))


@pytest.fixture
def leaving_takes_a_moment(monkeypatch):
    monkeypatch.setattr(operations, "_end", slowly(operations._end))


@pytest.fixture
def changing_takes_a_moment(monkeypatch):
    monkeypatch.setattr(operations, "_locked", slowly(operations._locked))


@pytest.fixture
def second_lead(harlow):
    return MembershipFactory(organisation=harlow, role=Role.LEAD).person


def ask_six_times(harlow, person):
    return all_at_once([lambda: ask_to_join(harlow, by=person)] * 6)


def confirm_and_refuse(harlow, grace, second_lead):
    """Six candidates, each confirmed by one lead and refused by the other at the same moment."""
    places = [ask_to_join(harlow, by=person) for person in UserFactory.create_batch(6)]
    told = all_at_once(
        [
            action
            for place in places
            for action in (
                lambda place=place: end_membership(place, by=second_lead),
                lambda place=place: confirm_membership(place, by=grace),
            )
        ]
    )
    return told, [Membership.objects.get(pk=place.pk) for place in places]


def both_leave(grace, second_lead):
    own = [person.memberships.get() for person in (grace, second_lead)]
    return all_at_once([lambda place=place: end_membership(place, by=place.person) for place in own])


def both_demote_the_other(grace, second_lead):
    places = {person: person.memberships.get() for person in (grace, second_lead)}
    return all_at_once(
        [
            lambda: change_role(places[second_lead], by=grace, role=Role.READER),
            lambda: change_role(places[grace], by=second_lead, role=Role.READER),
        ]
    )


def test_asking_six_times_at_once_makes_one_place_and_one_letter(harlow, ben, grace):
    told = ask_six_times(harlow, ben)

    assert problems(told) == []
    assert ben.memberships.count() == 1
    assert Message.objects.get().person == grace


def test_control_without_the_guard_only_the_database_stops_the_second(guard_off, harlow, ben):
    assert [problem for problem in problems(ask_six_times(harlow, ben)) if isinstance(problem, Error)]


def test_who_was_refused_is_not_confirmed_by_another_lead_at_the_same_moment(harlow, grace, second_lead):
    told, places = confirm_and_refuse(harlow, grace, second_lead)

    assert {type(problem) for problem in problems(told)} <= {Refused}
    assert {place.state for place in places} == {State.ENDED}
    for place in places:
        trail = AuditEvent.objects.filter(about_kind="councils.membership", about_key=place.pk).order_by("pk")
        assert trail.last().action == "councils.membership_ended"


def test_control_without_the_guard_the_refused_are_members(guard_off, harlow, grace, second_lead):
    told, places = confirm_and_refuse(harlow, grace, second_lead)

    refused_by_the_database = [problem for problem in problems(told) if isinstance(problem, Error)]
    assert refused_by_the_database or State.CONFIRMED in {place.state for place in places}


def test_two_leads_who_leave_at_once_leave_one(leaving_takes_a_moment, grace, second_lead, harlow):
    told = both_leave(grace, second_lead)

    assert [type(problem) for problem in problems(told)] == [Refused]
    assert harlow.memberships.filter(role=Role.LEAD, state=State.CONFIRMED).count() == 1


def test_control_without_the_guard_nobody_leads(guard_off, leaving_takes_a_moment, grace, second_lead, harlow):
    told = both_leave(grace, second_lead)

    refused_by_the_database = [problem for problem in problems(told) if isinstance(problem, Error)]
    assert refused_by_the_database or not harlow.memberships.filter(role=Role.LEAD, state=State.CONFIRMED).exists()


def test_of_two_leads_who_demote_each_other_at_once_one_still_leads(
    changing_takes_a_moment, grace, second_lead, harlow
):
    told = both_demote_the_other(grace, second_lead)

    assert [type(problem) for problem in problems(told)] == [PermissionDenied]
    assert harlow.memberships.filter(role=Role.LEAD, state=State.CONFIRMED).count() == 1


def test_control_without_the_guard_nobody_is_left_to_lead(
    guard_off, changing_takes_a_moment, grace, second_lead, harlow
):
    told = both_demote_the_other(grace, second_lead)

    refused_by_the_database = [problem for problem in problems(told) if isinstance(problem, Error)]
    assert refused_by_the_database or not harlow.memberships.filter(role=Role.LEAD, state=State.CONFIRMED).exists()
