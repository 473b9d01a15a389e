"""Signing in with the account of one's council: OpenID Connect, with a provider that answers at the edge of HTTP."""

import io
import json
import time
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
import requests
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount

from accounts.models import User
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
SERVER = "https://login.example.org/tenant"
SIGN_IN = "/accounts/oidc/council/login/"


@pytest.fixture
def provider(monkeypatch, settings):
    """A fake provider that returns the claims which the test puts into it."""
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            **settings.SOCIALACCOUNT_PROVIDERS["openid_connect"],
            "APPS": [
                {
                    "provider_id": "council",
                    "name": "Council sign-in",
                    "client_id": "portal",
                    "secret": "known-to-both",
                    "settings": {"server_url": SERVER},
                }
            ],
        }
    }
    says = {"sub": "7f3c", "email": "nina.new@harlow.gov.uk", "email_verified": True, "name": "Nina New"}

    def answer(_adapter, asked: requests.PreparedRequest, **how: object) -> requests.Response:
        pages = {
            "/tenant/.well-known/openid-configuration": {
                "issuer": SERVER,
                "authorization_endpoint": f"{SERVER}/authorize",
                "token_endpoint": f"{SERVER}/token",
                "userinfo_endpoint": f"{SERVER}/userinfo",
                "jwks_uri": f"{SERVER}/keys",
            },
            "/tenant/token": {"access_token": "once", "token_type": "Bearer", "id_token": id_token(says)},
            "/tenant/userinfo": says,
        }
        answered = requests.Response()
        answered.status_code, answered.request, answered.url = 200, asked, asked.url
        answered.headers["Content-Type"] = "application/json"
        answered.raw = io.BytesIO(json.dumps(pages[urlsplit(asked.url).path]).encode())
        return answered

    monkeypatch.setattr("requests.adapters.HTTPAdapter.send", answer)
    return says


def id_token(says: dict) -> str:
    about = {"iss": SERVER, "aud": "portal", "exp": time.time() + 60, **says}
    return jwt.encode(about, "a key that only the provider knows.", algorithm="HS256")


def sign_in(client):
    """Sign in through the provider; the response of the page it returns to."""
    sent_off = client.post(SIGN_IN)
    asked = parse_qs(urlsplit(sent_off["Location"]).query)
    assert sent_off["Location"].startswith(f"{SERVER}/authorize?")
    assert asked["code_challenge_method"] == ["S256"]
    return client.get(f"{SIGN_IN}callback/", {"code": "once", "state": asked["state"][0]})


def who_is_in(client) -> str | None:
    return client.session.get("_auth_user_id")


def test_the_way_in_is_on_the_sign_in_page(client, provider):
    page = client.get("/accounts/login/").content.decode()

    assert "Sign in with Council sign-in" in page
    assert SIGN_IN in page


def test_somebody_new_comes_in_with_name_and_verified_address(client, provider):
    answer = sign_in(client)

    person = User.objects.get(email="nina.new@harlow.gov.uk")
    assert answer["Location"] == "/"
    assert who_is_in(client) == str(person.pk)
    assert person.name == "Nina New"
    assert EmailAddress.objects.get(user=person).verified


def test_the_second_time_it_is_the_same_account(client, provider):
    sign_in(client)
    first = who_is_in(client)
    client.logout()
    provider["email"] = "nina.renamed@harlow.gov.uk"

    sign_in(client)

    assert who_is_in(client) == first
    assert SocialAccount.objects.count() == 1


@pytest.mark.parametrize("verified", [True, False])
def test_it_never_joins_to_an_account_that_has_the_address_already(client, provider, verified):
    UserFactory(email=provider["email"])
    provider["email_verified"] = verified

    sign_in(client)

    assert who_is_in(client) is None
    assert not SocialAccount.objects.exists()


def test_an_address_that_the_provider_did_not_verify_is_verified_by_us_first(client, provider, deliver):
    provider["email_verified"] = False

    sign_in(client)

    assert who_is_in(client) is None
    assert [mail.to for mail in deliver()] == [[provider["email"]]]
    assert not EmailAddress.objects.filter(verified=True).exists()


def test_an_answer_that_we_did_not_ask_for_lets_nobody_in(client, provider):
    client.post(SIGN_IN)

    answer = client.get(f"{SIGN_IN}callback/", {"code": "once", "state": "made-up"})

    assert who_is_in(client) is None
    assert "Location" not in answer


def test_an_answer_meant_for_another_site_lets_nobody_in(client, provider):
    provider["aud"] = "another-site"

    sign_in(client)

    assert who_is_in(client) is None
