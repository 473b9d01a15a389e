"""Links in mail lead to the site's own address, by whatever name the site was asked."""

import re

import pytest

from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def test_no_mail_about_an_account_names_the_host_that_was_asked_for(client, settings, deliver):
    settings.ALLOWED_HOSTS = ["other.example"]
    settings.BASE_URL = "https://portal.example"
    person = UserFactory(email="amina@harlow.example")
    asked = {"HTTP_HOST": "other.example"}

    client.post("/accounts/password/reset/", {"email": person.email}, **asked)
    client.post("/accounts/password/reset/", {"email": "nobody@harlow.example"}, **asked)
    new = {"name": "Amina", "email": person.email, "password1": "correct-horse-battery"}
    client.post("/accounts/signup/", new, **asked)

    sent = deliver()
    assert len(sent) == 3
    for message in sent:
        assert "other.example" not in message.body
        assert re.findall(r"https?://[^/\s]+", message.body) == ["https://portal.example"], message.body
