"""A refusal says why and what next. A form whose token ran out gives its text back, to this site's own pages only."""

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import OperationalError
from django.test import Client, RequestFactory, override_settings

from portal.serving import refusals

pytestmark = pytest.mark.django_db
OURS = {"HTTP_ORIGIN": "http://testserver", "HTTP_REFERER": "http://testserver/needs/new/"}


@pytest.fixture
def strict():
    return Client(enforce_csrf_checks=True)


def test_a_post_from_our_own_page_gets_its_text_back(strict):
    response = strict.post("/accounts/login/", {"login": "amina@harlow.example", "story": "Bins & <b>bags</b>"}, **OURS)

    assert response.status_code == 403
    assert "This form has run out of time" in response.content.decode()
    assert "Bins &amp; &lt;b&gt;bags&lt;/b&gt;" in response.content.decode()
    assert 'href="/needs/new/"' in response.content.decode()


def test_secrets_are_not_given_back(strict):
    response = strict.post("/accounts/login/", {"login": "a@b.example", "password": "hunter2-hunter2"}, **OURS)

    assert "hunter2" not in response.content.decode()


@pytest.mark.parametrize(
    "sender",
    [
        {},
        {"HTTP_ORIGIN": "https://evil.example"},
        {"HTTP_ORIGIN": "null"},
        {"HTTP_REFERER": "http://testserver.evil.example/"},
        {"HTTP_ORIGIN": "https://evil.example", "HTTP_REFERER": "http://testserver/"},
        {"HTTP_REFERER": "http://[broken"},
    ],
)
def test_a_foreign_post_is_never_echoed(strict, sender):
    response = strict.post("/accounts/login/", {"login": "planted words"}, **sender)

    assert response.status_code == 403
    assert "planted words" not in response.content.decode()


def test_a_refusal_gives_its_reason(amina):
    request = RequestFactory().get("/board/")
    request.user = amina

    response = refusals.forbidden(request, PermissionDenied("Only the steering board decides."))

    assert response.status_code == 403
    assert "Only the steering board decides." in response.content.decode()
    assert "second factor" not in response.content.decode()


def test_someone_who_only_lacks_a_second_factor_is_told_so(boris):
    boris.authenticator_set.all().delete()
    request = RequestFactory().get("/board/")
    request.user = boris

    assert "second factor" in refusals.forbidden(request, PermissionDenied("No.")).content.decode()


def test_too_much_at_once_is_said_in_words():
    response = refusals.bad_request(RequestFactory().post("/"), RequestDataTooBig())

    assert response.status_code == 413
    assert "1 MB" in response.content.decode()


@override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=100)
def test_an_oversize_form_is_refused_and_not_a_fault(client):
    assert client.post("/accounts/login/", {"login": "x" * 1000}).status_code == 413


def test_whose_session_has_ended_gets_back_what_they_typed(client):
    sent = {"title": "Bins & <b>bags</b>", "password": "hunter2-hunter2"}

    response = client.post("/needs/new/", sent, **OURS)

    page = response.content.decode()
    assert response.status_code == 403
    assert "Sign in again" in page
    assert "Bins &amp; &lt;b&gt;bags&lt;/b&gt;" in page
    assert "hunter2" not in page
    assert 'href="/accounts/login/?next=/needs/new/"' in page


def test_a_bare_action_of_a_stranger_leads_to_sign_in_and_back_to_its_page(client):
    response = client.post(
        "/councils/harlow/members/1/affirm/", **{**OURS, "HTTP_REFERER": "http://testserver/account/"}
    )

    assert response.status_code == 302
    assert response["Location"] == "/accounts/login/?next=/account/"


def test_a_strangers_post_from_elsewhere_is_led_to_sign_in_and_never_echoed(client):
    response = client.post("/needs/new/", {"title": "planted words"}, HTTP_ORIGIN="https://evil.example")

    assert response.status_code == 302
    assert response["Location"] == "/accounts/login/?next=/needs/new/"


def test_a_broken_referer_beside_our_own_origin_is_no_fault(client):
    sender = {"HTTP_ORIGIN": "http://testserver", "HTTP_REFERER": "http://[broken"}

    assert client.post("/needs/new/", {"title": "Bins"}, **sender).status_code == 403


class LockNotAvailable(Exception):
    """As PostgreSQL's driver raises it."""

    sqlstate = "55P03"


@pytest.fixture
def saving_fails(monkeypatch):
    """A function: saving one's profile fails with this error of the database, and its cause."""

    def fail(said, cause=None):
        def failing(*about, **typed):
            raise OperationalError(said) from cause

        monkeypatch.setattr("accounts.operations.change_profile", failing)

    return fail


@pytest.mark.parametrize("failed", [("canceling", LockNotAvailable()), ("database is locked", None)])
def test_who_waited_too_long_for_another_change_is_told_and_gets_the_text_back(signed_in, amina, saving_fails, failed):
    saving_fails(*failed)

    response = signed_in(amina).post("/account/profile/", {"name": "Amina", "job_title": "Head of bins"})

    assert response.status_code == 409
    assert refusals.WAITED in response.content.decode()
    assert "Head of bins" in response.content.decode()


def test_another_failure_of_the_database_is_not_called_a_wait(signed_in, amina, saving_fails):
    saving_fails("server closed the connection unexpectedly")

    with pytest.raises(OperationalError):
        signed_in(amina).post("/account/profile/", {"name": "Amina", "job_title": "Head of bins"})
