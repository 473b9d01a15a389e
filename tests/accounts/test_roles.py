"""The secretariat gives and takes platform roles; a role gives no rights until its holder has a second factor."""

import pytest
from allauth.mfa import signals
from django.core.exceptions import PermissionDenied
from django.test import Client, RequestFactory

from accounts.models import User
from accounts.operations import deactivate, give_role, reactivate, set_roles, take_role
from accounts.permissions import acts_as, has_role, needs_second_factor
from accounts.roles import Role
from audit.models import AuditEvent
from core.errors import Refused
from tests.factories.accounts import UserFactory, with_second_factor

pytestmark = pytest.mark.django_db


def test_a_role_gives_no_rights_until_the_second_factor_is_there(ben, sunita):
    give_role(ben, Role.FACILITATOR, by=sunita)

    assert has_role(ben, Role.FACILITATOR)
    assert not acts_as(ben, Role.FACILITATOR)
    assert needs_second_factor(ben)
    awake = User.objects.get(pk=with_second_factor(ben).pk)
    assert acts_as(awake, Role.FACILITATOR)
    assert not needs_second_factor(awake)


def test_the_demo_asks_for_no_second_factor(ben, sunita, demo_mode):
    give_role(ben, Role.FACILITATOR, by=sunita)

    assert acts_as(ben, Role.FACILITATOR)


def test_giving_and_taking_leave_lines(ben, sunita):
    give_role(ben, Role.BOARD, by=sunita)
    give_role(ben, Role.BOARD, by=sunita)
    take_role(ben, Role.BOARD, by=sunita)

    lines = AuditEvent.objects.order_by("pk").values_list("action", "about", "details")
    about = f"Account {ben.pk}"
    role = {"role": "Steering board"}
    assert list(lines) == [("accounts.role_given", about, role), ("accounts.role_taken", about, role)]
    assert not has_role(ben, Role.BOARD)


def test_only_the_secretariat_gives_roles(amina, grace, fatima, boris, edith, ben):
    for person in (amina, grace, fatima, boris, edith):
        with pytest.raises(PermissionDenied):
            give_role(ben, Role.FACILITATOR, by=person)


def test_the_secretariat_without_a_second_factor_gives_none(sunita, ben):
    sunita.authenticator_set.all().delete()

    with pytest.raises(PermissionDenied):
        give_role(ben, Role.FACILITATOR, by=sunita)


def test_nobody_gives_themselves_a_role_or_touches_a_superuser(sunita, root_user):
    with pytest.raises(PermissionDenied):
        give_role(sunita, Role.EDITOR, by=sunita)
    with pytest.raises(PermissionDenied):
        deactivate(root_user, by=sunita)


def test_a_role_that_does_not_exist_is_refused(ben, sunita):
    with pytest.raises(Refused):
        give_role(ben, "Emperors", by=sunita)


def test_other_groups_are_left_alone(ben, sunita):
    ben.groups.create(name="Chess club")

    set_roles(ben, [Role.ANALYST], by=sunita)
    set_roles(ben, [], by=sunita)

    assert list(ben.groups.values_list("name", flat=True)) == ["Chess club"]


def test_a_shut_account_is_signed_out_at_once(signed_in, ben, sunita):
    client = signed_in(ben)
    assert client.get("/account/data/").status_code == 200

    deactivate(ben, by=sunita)

    assert client.get("/account/data/").status_code == 302
    reactivate(ben, by=sunita)
    assert User.objects.get(pk=ben.pk).is_active


def test_a_new_second_factor_ends_the_sessions_begun_without_it(ben):
    elsewhere, here = Client(), Client()
    elsewhere.force_login(ben)
    here.force_login(ben)
    request = RequestFactory().get("/")
    request.session = here.session
    person = with_second_factor(ben)

    signals.authenticator_added.send(
        type(person), request=request, user=person, authenticator=person.authenticator_set.get()
    )

    assert here.get("/account/data/").status_code == 200
    assert elsewhere.get("/account/data/").status_code == 302


def test_the_people_page_finds_and_changes(signed_in, sunita, ben):
    client = signed_in(sunita)
    assert "Ben Okoro" in client.get("/people/?q=okoro").content.decode()

    response = client.post(f"/people/{ben.pk}/", {"roles": [Role.FACILITATOR, Role.EDITOR]})

    assert response.status_code == 302
    assert set(ben.groups.values_list("name", flat=True)) == {"Facilitators", "Alliance editors"}
    assert "Ben Okoro" in client.get("/people/?role=Facilitators").content.decode()
    assert "Ben Okoro" in client.get("/people/?format=csv").content.decode()


def test_a_role_that_is_not_on_the_list_is_refused_beside_the_field(signed_in, sunita, ben):
    page = signed_in(sunita).post(f"/people/{ben.pk}/", {"roles": ["Emperors"]}).content.decode()

    assert "Choose only roles from the list" in page


@pytest.mark.parametrize("how_many", [3, 30])
def test_the_people_page_costs_the_same_however_many_there_are(
    signed_in, sunita, django_assert_max_num_queries, how_many
):
    for person in UserFactory.create_batch(how_many):
        person.groups.add(*sunita.groups.all())
    client = signed_in(sunita)

    for address in ("/people/", "/people/?q=example", f"/people/{person.pk}/"):
        with django_assert_max_num_queries(12):
            assert client.get(address).status_code == 200
