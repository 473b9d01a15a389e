"""A session ends half a day after its person was last seen, and a week after they signed in."""

import re
import time

import pytest
from django.conf import settings
from django.contrib.auth import SESSION_KEY

from accounts import sessions
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
HOUR = 3600


@pytest.fixture
def person(client):
    person = UserFactory()
    client.force_login(person)
    return person


@pytest.fixture
def later(monkeypatch):
    """Move the clock on by so many hours."""
    began, passed = time.time(), 0.0
    monkeypatch.setattr(sessions.time, "time", lambda: began + passed)

    def wait(hours: float) -> None:
        nonlocal passed
        passed += hours * HOUR

    return wait


def is_signed_in(client) -> bool:
    client.get("/privacy/")
    return SESSION_KEY in client.session


def test_who_comes_back_within_half_a_day_is_still_signed_in(client, person, later):
    for _ in range(3):
        later(11)

        assert is_signed_in(client)


def test_who_stays_away_half_a_day_signs_in_again(client, person, later):
    later(12.5)

    assert not is_signed_in(client)


def test_a_week_after_signing_in_everybody_signs_in_again(client, person, later):
    for _ in range(7 * 24 // 8):
        assert is_signed_in(client)
        later(8)
    later(0.1)

    assert not is_signed_in(client)


def test_reading_page_after_page_writes_no_session(client, person, later):
    client.get("/privacy/")
    later(0.1)
    before = client.session[sessions.SEEN]

    client.get("/privacy/")

    assert client.session[sessions.SEEN] == before


def test_the_limits_are_those_promised():
    assert settings.SESSION_IDLE_SECONDS == 12 * HOUR
    assert settings.SESSION_COOKIE_AGE == 7 * 24 * HOUR
    assert not settings.SESSION_SAVE_EVERY_REQUEST


def test_an_invented_sender_escapes_no_limit(client):
    """With no proxy declared, what a request says of where it comes from counts for nothing."""
    person = UserFactory()
    person.set_password("correct-horse-battery")
    person.save()
    for n in range(12):
        guess = {"login": f"nobody{n}@example.org", "password": "wrong-password"}
        client.post("/accounts/login/", guess, headers={"X-Forwarded-For": f"198.51.100.{n}"})

    client.post(
        "/accounts/login/",
        {"login": person.email, "password": "correct-horse-battery"},
        headers={"X-Forwarded-For": "203.0.113.7"},
    )

    assert SESSION_KEY not in client.session


def test_every_answer_says_its_requests_id(client):
    ids = {client.get(address)["X-Request-ID"] for address in ("/privacy/", "/healthz", "/nothing-here/")}

    assert len(ids) == 3
    assert all(re.fullmatch(r"[0-9a-f-]{36}", each) for each in ids)


def test_no_page_of_the_site_stands_in_a_frame(client):
    response = client.get("/privacy/")

    assert response["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
