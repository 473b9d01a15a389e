"""Remembered rights are read anew once their rows change, on any user object."""

import datetime as dt
from contextlib import contextmanager

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.db import transaction

from accounts import operations as accounts
from accounts.models import User
from accounts.permissions import acts_as, has_second_factor, roles_of
from accounts.rights import Rights
from accounts.roles import Role
from core.signals import rows_changed
from councils import operations as councils
from councils.models import Membership, Organisation
from councils.permissions import asked_memberships_of, can_lead, memberships_of
from tests.factories.councils import MembershipFactory

pytestmark = pytest.mark.django_db

READER, LEAD = Membership.Role.READER, Membership.Role.LEAD


def roles(person):
    return (roles_of(person), has_second_factor(person), acts_as(person, Role.ANALYST))


def places(person):
    held = [(each.organisation.slug, each.role) for each in memberships_of(person)]
    return (
        held,
        len(asked_memberships_of(person)),
        [can_lead(person, each.organisation) for each in memberships_of(person)],
    )


def _ask(person, by):
    councils.ask_to_join(Organisation.objects.get(slug="luton"), by=person)


def _confirm(person, by):
    councils.confirm_membership(MembershipFactory(person=person, state=Membership.State.CANDIDATE), by=by)


def _end_in_bulk(person, by):
    keys = list(person.memberships.values_list("pk", flat=True))
    person.memberships.update(state=Membership.State.ENDED)
    rows_changed.send(sender=Membership, keys=keys)


def _end_the_council(person, by):
    council = person.memberships.get().organisation
    council.ends_on = dt.date(2016, 4, 1)
    council.save()


def _leave_the_address(person, by):
    person.emailaddress_set.all().delete()
    person.memberships.update(via_domain="harlow.gov.uk")
    councils.recompute_memberships(person)


CHANGES_OF_ROLES = {
    "a role given": lambda person, by: accounts.give_role(person, Role.BOARD, by=by),
    "a role taken": lambda person, by: accounts.take_role(person, Role.ANALYST, by=by),
    "roles set": lambda person, by: accounts.set_roles(person, [Role.EDITOR], by=by),
    "a role that is gone": lambda person, by: Group.objects.get(name=Role.ANALYST).delete(),
    "a role under another name": lambda person, by: Group(pk=Group.objects.get(name=Role.ANALYST).pk, name="X").save(),
    "a group emptied": lambda person, by: Group.objects.get(name=Role.ANALYST).user_set.clear(),
    "a factor removed": lambda person, by: Authenticator.objects.get(user=person).delete(),
    "an account closed": lambda person, by: accounts.close_account(person, by=by),
}
CHANGES_OF_PLACES = {
    "a place asked for": _ask,
    "a place confirmed": _confirm,
    "another role": lambda person, by: councils.change_role(person.memberships.get(), by=by, role=READER),
    "made lead": lambda person, by: councils.change_role(person.memberships.get(), by=by, role=LEAD),
    "a place ended": lambda person, by: councils.end_membership(person.memberships.get(), by=by),
    "left": lambda person, by: councils.end_membership(person.memberships.get(), by=person),
    "to confirm anew": lambda person, by: councils.ask_again_for_places_given_by_hand(person),
    "an address left": _leave_the_address,
    "ended in bulk": _end_in_bulk,
    "a row deleted": lambda person, by: person.memberships.all().delete(),
    "the council ended": _end_the_council,
}


@contextmanager
def undone():
    """Roll back everything written within the block."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def answers_anew(asked, person: User, change, by: User) -> bool:
    """Whether the same object gives the new answer, and only after the change was noticed."""
    before, seen = asked(person), Rights.changes
    change(User.objects.get(pk=person.pk), by)  # each request has a user object of its own
    told, Rights.changes = Rights.changes, seen
    untold = asked(person)
    Rights.changes = told
    now = asked(person)
    return untold == before != now == asked(User.objects.get(pk=person.pk))


def test_the_same_person_answers_anew_after_any_change_of_roles_or_second_factor(anna, sunita):
    silent = []
    for name, change in CHANGES_OF_ROLES.items():
        with undone():
            if not answers_anew(roles, User.objects.get(pk=anna.pk), change, sunita):
                silent.append(name)

    assert silent == []


def test_the_same_person_answers_anew_after_any_change_of_their_places(amina, sunita, monkeypatch):
    monkeypatch.setattr(
        "publishing.receivers.keep_group_in_step", lambda person, **more: None
    )  # a change of roles besides
    silent = []
    for name, change in CHANGES_OF_PLACES.items():
        with undone():
            if not answers_anew(places, User.objects.get(pk=amina.pk), change, sunita):
                silent.append(name)

    assert silent == []


def test_a_second_factor_wakes_the_role_of_whoever_sets_it_up(anna):
    anna.authenticator_set.all().delete()
    assert not acts_as(anna, Role.ANALYST)

    Authenticator.objects.create(user=anna, type=Authenticator.Type.TOTP, data={})

    assert acts_as(anna, Role.ANALYST)


def test_rights_are_read_once_while_nothing_changes(amina, asked):
    with asked() as statements:
        for _ in range(3):
            roles(amina), places(amina)

    assert len(statements) == 3  # roles, second factor, places
