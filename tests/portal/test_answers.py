"""What a post is answered with: programs read it from the status, people from the page, and both can go back."""

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.test import Client

from tests.factories.accounts import UserFactory
from tests.factories.projects import NeedFactory
from tests.factories.voting import BallotFactory

pytestmark = pytest.mark.django_db


def test_a_form_with_something_wrong_answers_422_and_one_can_go_back_to_it(signed_in, amina):
    response = signed_in(amina).post("/needs/new/", {"title": "Bins"})

    assert response.status_code == 422
    assert "Error: Raise a need" in response.content.decode()
    assert response["Cache-Control"] == "private, no-cache"  # else the browser's Back ends in its cache error


def test_a_form_that_a_rule_refuses_answers_409_with_the_reason_and_what_was_typed(signed_in, amina):
    need = NeedFactory(state="withdrawn", state_reason="Done")

    response = signed_in(amina).post(
        f"{need.get_absolute_url()}join/", {"council": amina.memberships.get().organisation_id}
    )

    assert response.status_code == 409
    assert "There is a problem" in response.content.decode()


def test_a_action_that_a_rule_refuses_answers_409_with_the_reason_and_the_way_back(signed_in, fatima):
    ballot = BallotFactory()
    client = signed_in(fatima)

    response = client.post(f"{ballot.get_absolute_url()}open/")

    page = response.content.decode()
    assert response.status_code == 409
    assert "This was not done" in page
    assert f'href="{ballot.get_absolute_url()}"' in page
    assert "This was not done" not in client.get(ballot.get_absolute_url()).content.decode()
    assert "lda-message--error" not in client.get(ballot.get_absolute_url()).content.decode()


def test_whoever_is_locked_out_is_answered_429_by_password_and_by_code(client):
    person = UserFactory(email="amina@harlow.example")
    wrong = {"login": person.email, "password": "not-the-password"}

    statuses = [client.post("/accounts/login/", wrong).status_code for _ in range(11)]
    assert set(statuses) == {422, 429}
    assert statuses[-1] == 429

    cache.clear()
    client.post("/accounts/login/code/", {"email": person.email})
    answers = [client.post("/accounts/login/code/confirm/", {"code": "000000"}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [422, 422, 429]
    page = answers[-1].content.decode()
    assert "Ask for another one: you need not wait." in page
    assert "5 minutes" not in page  # which is what wrong passwords cost


def test_whoever_asks_too_often_is_told_how_long_the_limit_lasts(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"reset_password": "1/3m/ip"}
    asked = [client.post("/accounts/password/reset/", {"email": "amina@harlow.example"}) for _ in range(2)]

    assert [answer.status_code for answer in asked] == [302, 429]
    assert "Wait 3 minutes and try again." in asked[-1].content.decode()
    assert asked[-1]["Retry-After"] == "180"


def test_whoever_asks_for_codes_too_often_is_told_to_wait_a_minute():
    answers = [Client().post("/accounts/login/code/", {"email": "amina@harlow.example"}) for _ in range(4)]

    assert answers[-1].status_code == 429
    assert "Wait a minute before you ask for another one." in answers[-1].content.decode()
    assert "5 minutes" not in answers[-1].content.decode()


def test_most_limits_last_a_minute_and_that_of_codes_for_an_address_a_quarter_of_an_hour(signed_in, amina):
    second = EmailAddress.objects.create(user=amina, email="amina@harlow.example")
    client = signed_in(amina)

    answers = [client.post("/accounts/email/", {"action_send": "", "email": second.email}) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [302, 302, 302, 429]
    assert "Wait 15 minutes and try again." in answers[-1].content.decode()

    answers = [client.post("/accounts/password/reset/", {"email": second.email}) for _ in range(6)]
    assert answers[-1].status_code == 429
    assert "Wait 1 minute and try again." in answers[-1].content.decode()
