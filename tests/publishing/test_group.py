"""The admin opens to whoever contributes for a council, for as long as they do."""

import datetime as dt

import pytest
from django.urls import reverse
from wagtail.models import GroupCollectionPermission

from core.signals import rows_changed
from councils.models import Membership
from publishing.permissions import CONTRIBUTORS
from tests.factories.councils import MembershipFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


def is_in_group(person) -> bool:
    return person.groups.filter(name=CONTRIBUTORS).exists()


def test_a_confirmed_contributor_enters(amina, signed_in):
    assert is_in_group(amina)
    assert signed_in(amina).get(reverse("wagtailadmin_home")).status_code == 200


@pytest.mark.parametrize(
    "membership",
    [{"state": Membership.State.CANDIDATE}, {"role": Membership.Role.READER}, {"state": Membership.State.ENDED}],
)
def test_others_do_not(membership, signed_in):
    person = MembershipFactory(**membership).person

    assert not is_in_group(person)
    assert signed_in(person).get(reverse("wagtailadmin_home")).status_code != 200


def test_whoever_leaves_their_last_council_leaves_the_group(amina, harlow, surrey):
    elsewhere = MembershipFactory(person=amina, organisation=surrey)
    amina.memberships.get(organisation=harlow).delete()
    assert is_in_group(amina)

    elsewhere.state = Membership.State.ENDED
    elsewhere.save()

    assert not is_in_group(amina)
    last = MembershipFactory(person=amina, organisation=surrey)
    assert is_in_group(amina)
    last.delete()
    assert not is_in_group(amina)


def test_places_that_make_nobody_a_contributor_of_a_council_let_nobody_in():
    department = OrganisationFactory(kind="department")
    ended = OrganisationFactory(ends_on=dt.date(2020, 3, 31))
    for organisation in (department, ended):
        assert not is_in_group(MembershipFactory(organisation=organisation).person)
    assert not is_in_group(MembershipFactory(person__is_active=False).person)


def test_memberships_written_in_bulk_count_too(ben, harlow):
    [made] = Membership.objects.bulk_create(
        [Membership(person=ben, organisation=harlow, role="contributor", state="confirmed")]
    )

    rows_changed.send(sender=Membership, keys=[made.pk])

    assert is_in_group(ben)


def test_documents_are_put_there_by_editors_alone(amina, signed_in):
    """What is uploaded is checked by nobody but its uploader, so councils send theirs to an editor."""
    groups = GroupCollectionPermission.objects.values_list("group__name", flat=True)

    assert set(groups) == {"Alliance editors"}
    assert signed_in(amina).get(reverse("wagtaildocs:add")).status_code != 200
