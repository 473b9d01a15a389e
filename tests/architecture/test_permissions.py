"""Every address says who may come in: our own by decorator, foreign ones in one table. And the rule of those holds.

A foreign route without arguments is asked for as somebody; the answer must be the rule's: in, led to sign in, or 403.
Never 500. Our own addresses are asked for as everybody in `tests/roles/`.
"""

from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import override_settings
from django.urls import get_resolver, path

from accounts.models import User
from accounts.roles import Role
from portal.urls import urlpatterns
from tests.architecture.asking import undone
from tests.architecture.routes import FOREIGN, ROUTES, rule_of, walk
from tests.factories.accounts import UserFactory, give_role


@pytest.fixture
def someone(request):
    """A function: one of the cast by name, read afresh; or a stranger."""

    def find(name: str):
        return AnonymousUser() if name == "anonymous" else User.objects.get(pk=request.getfixturevalue(name).pk)

    return find


def assert_answers_as(rule, person, answer, route):
    where = f"/{route} for {person}"
    if rule(person):
        assert answer.status < 500, where
        assert answer.status != 403, where
        assert urlsplit(answer.location).path != "/accounts/login/" or "accounts/" in route, where
    elif person.is_authenticated:
        assert answer.status == 403, where
    else:
        assert answer.status == 302, where
        assert answer.location.startswith("/accounts/login/?next=/"), where


def test_every_route_has_a_rule():
    assert [route for route, entry in ROUTES if not rule_of(route, entry)] == []


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["anonymous", "amina", "sunita", "root_user"])
def test_pages_that_others_built_let_in_whom_the_table_lets_in(name, someone):
    person = someone(name)
    for route, entry in FOREIGN:
        assert_answers_as(rule_of(route, entry), person, undone(person, "get", f"/{route}"), route)


def forgotten(request):
    return HttpResponse("Come in")


@pytest.mark.django_db
@override_settings(ROOT_URLCONF="tests.architecture.test_permissions")
def test_a_route_nobody_thought_of_stays_shut(client):
    """The control: a view without a rule is found by the walk and shut by the middleware."""
    route, entry = next(
        (r, e) for r, e in walk(get_resolver("tests.architecture.test_permissions")) if r == "forgotten/"
    )

    assert rule_of(route, entry) is None
    assert client.get("/forgotten/").status_code == 403


urlpatterns = [path("forgotten/", forgotten), *urlpatterns]


@pytest.mark.django_db
def test_a_role_without_a_second_factor_does_not_open_the_admin(client):
    person = give_role(UserFactory(), Role.EDITOR)
    person.authenticator_set.all().delete()
    client.force_login(person)

    assert client.get("/cms/").status_code == 403


@pytest.mark.django_db
def test_the_admins_own_sign_in_is_not_a_second_door(client):
    for address in ("/cms/login/", "/cms/password_reset/"):
        response = client.get(address)

        assert response.status_code == 302
        assert response["Location"].startswith("/accounts/login/")


@pytest.mark.django_db
def test_the_admins_pages_name_no_foreign_host_and_stand_in_no_foreign_frame(client, root_user):
    client.force_login(root_user)

    policy = client.get("/cms/")["Content-Security-Policy"]

    assert "frame-ancestors 'self'" in policy
    assert "http" not in policy
    assert "*" not in policy
