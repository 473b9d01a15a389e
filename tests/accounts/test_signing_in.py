"""Signing up, in and back: a known and an unknown address get the same answer, and nobody is led elsewhere."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.entrance import SignUpForm
from accounts.models import User
from audit.models import AuditEvent
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
PASSWORD = "correct-horse-battery"


def shape_of(response, address):
    """The response without what always differs: tokens, and the address that was typed."""
    body = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())
    return response.status_code, response.headers.get("Location"), body.replace(address, "ADDRESS")


def ask(client, path, fields):
    cache.clear()  # each side of the comparison has its whole allowance
    client.cookies.clear()
    first = client.post(path, fields)
    after = client.get(first["Location"]) if first.status_code == 302 else first
    address = fields.get("email") or fields["login"]
    return shape_of(first, address), shape_of(after, address)


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/accounts/signup/", {"name": "A B", "password1": PASSWORD}),
        ("/accounts/password/reset/", {}),
        ("/accounts/login/code/", {}),
    ],
)
def test_a_known_and_an_unknown_address_get_the_same_answer(client, deliver, path, fields):
    UserFactory(email="known1@example.org")

    known = ask(client, path, {**fields, "email": "known1@example.org"})
    strange = ask(client, path, {**fields, "email": "newer1@example.org"})

    assert known == strange
    assert [m.to for m in deliver()] == [["known1@example.org"], ["newer1@example.org"]]


@pytest.mark.parametrize(
    ("path", "fields", "margin"),
    [
        ("/accounts/password/reset/", {}, 3),
        ("/accounts/login/code/", {}, 3),
        # A new account is some rows more, which weigh little beside the hash that both cost.
        ("/accounts/signup/", {"name": "A B", "password1": PASSWORD}, 20),
    ],
)
def test_the_database_is_asked_as_often_for_a_known_address_as_for_an_unknown_one(client, path, fields, margin):
    UserFactory(email="known1@example.org")
    counts = []
    for address in ("known1@example.org", "newer1@example.org"):
        with CaptureQueriesContext(connection) as captured:
            ask(client, path, {**fields, "email": address})
        counts.append(len(captured))

    assert abs(counts[0] - counts[1]) <= margin


def test_a_wrong_password_says_the_same_for_both(client):
    UserFactory(email="known1@example.org")

    known = ask(client, "/accounts/login/", {"login": "known1@example.org", "password": "wrong-password"})
    strange = ask(client, "/accounts/login/", {"login": "newer1@example.org", "password": "wrong-password"})

    assert known == strange


def test_a_new_person_verifies_by_six_digits_and_is_asked_about_the_council(client, deliver, harlow):
    client.post(
        "/accounts/signup/",
        {"email": "New.Person@Harlow.gov.uk", "name": " Nina \u202e  New ", "password1": PASSWORD},
    )
    code = re.search(r"\b(\d{6})\b", deliver()[-1].body)[1]

    client.post("/accounts/confirm-email/", {"code": code})

    person = User.objects.get(email="new.person@harlow.gov.uk")
    assert person.name == "Nina New"
    assert EmailAddress.objects.get(user=person).verified
    assert not person.memberships.exists()
    assert "Do you act for Harlow?" in client.get("/account/").content.decode()
    actions = set(AuditEvent.objects.values_list("action", flat=True))
    assert actions == {"accounts.signed_up", "accounts.address_verified"}


def test_signing_in_by_code(client, deliver):
    person = UserFactory()
    client.post("/accounts/login/code/", {"email": person.email})
    code = re.search(r"\b(\d{6})\b", deliver()[-1].body)[1]

    client.post("/accounts/login/code/confirm/", {"code": code})

    assert client.session["_auth_user_id"] == str(person.pk)


@pytest.mark.parametrize(
    ("asked", "fields", "typed"),
    [
        ("/accounts/login/code/", {"email": "nina@example.org"}, "/accounts/login/code/confirm/"),
        (
            "/accounts/signup/",
            {"email": "new@example.org", "name": "N N", "password1": PASSWORD},
            "/accounts/confirm-email/",
        ),
    ],
)
def test_the_code_stands_in_the_subject_and_the_page_sends_another(client, deliver, asked, fields, typed):
    UserFactory(email="nina@example.org")
    client.post(asked, fields)

    page = words_of(client.get(typed).content.decode())
    assert "Type the code we sent you" in page
    assert "Send another code" in page
    client.post(typed, {"action": "resend"})

    sent = deliver()
    codes = [re.match(r"(\d{6}) is your code to ", mail.subject)[1] for mail in sent]
    assert len(codes) == 2
    assert all(f"\n{code}\n" in mail.body for code, mail in zip(codes, sent, strict=True))


def test_no_mail_about_an_account_speaks_like_a_machine(client, signed_in, deliver):
    person = UserFactory(email="known@example.org")
    client.post("/accounts/password/reset/", {"email": person.email})
    client.post("/accounts/password/reset/", {"email": "nobody@example.org"})
    client.post("/accounts/signup/", {"email": person.email, "name": "N N", "password1": PASSWORD})
    person.set_password(PASSWORD)
    person.save()
    changed = {"oldpassword": PASSWORD, "password1": PASSWORD + "2", "password2": PASSWORD + "2"}
    signed_in(person).post("/accounts/password/change/", changed)

    sent = deliver()
    assert [mail.subject for mail in sent] == [
        "Set a new password",
        "No account has this address",
        "You already have an account",
        "Your password was changed",
    ]
    for mail in sent:
        assert mail.body.rstrip().endswith("Local Digital Alliance")
        assert not re.search(r"\bemail\b|Hello from|Thank you for using|user account", mail.body)


def test_a_person_with_a_second_factor_is_not_in_with_the_password_alone(client, fatima):
    fatima.set_password(PASSWORD)
    fatima.save()

    response = client.post("/accounts/login/", {"login": fatima.email, "password": PASSWORD})

    assert response["Location"].startswith("/accounts/2fa/authenticate/")
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    "target",
    ["//evil.com", "/\\evil.com", "https:evil.com", "\x09//evil.com", "javascript:alert(1)", "https://evil.com/"],
)
def test_nobody_is_led_elsewhere_after_signing_in(client, target):
    person = UserFactory()
    person.set_password(PASSWORD)
    person.save()

    response = client.post("/accounts/login/", {"login": person.email, "password": PASSWORD, "next": target})

    assert response["Location"] == "/"


def test_one_is_led_back_to_where_one_came_from(client):
    person = UserFactory()
    person.set_password(PASSWORD)
    person.save()

    response = client.post(
        "/accounts/login/", {"login": person.email, "password": PASSWORD, "next": "/councils/harlow/join/"}
    )

    assert response["Location"] == "/councils/harlow/join/"


def test_guessing_passwords_is_stopped(client):
    person = UserFactory()
    person.set_password(PASSWORD)
    person.save()
    for _ in range(12):
        client.post("/accounts/login/", {"login": person.email, "password": "wrong-password"})

    response = client.post("/accounts/login/", {"login": person.email, "password": PASSWORD})

    assert "_auth_user_id" not in client.session
    assert response.status_code in (200, 429)
    assert "Your account is not closed: wait 5 minutes" in response.content.decode()


def test_an_address_that_was_never_verified_signs_nobody_in(client):
    person = UserFactory()
    person.set_password(PASSWORD)
    person.save()
    EmailAddress.objects.filter(user=person).update(verified=False)

    client.post("/accounts/login/", {"login": person.email, "password": PASSWORD})

    assert "_auth_user_id" not in client.session


def words_of(page: str) -> str:
    """What can be read on it, without scripts and tags."""
    main = re.sub(r"<script.*?</script>", "", page[page.index("<main") : page.index("</main>")], flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


@pytest.mark.parametrize("path", ["login/", "signup/", "password/reset/", "password/reset/done/", "login/code/"])
def test_the_pages_on_the_way_in_speak_like_the_site(client, path):
    words = words_of(client.get(f"/accounts/{path}").content.decode())

    assert "e-mail" in words.lower()
    assert not re.search(r"\bemail\b", words, re.IGNORECASE)


@pytest.mark.parametrize(
    ("path", "label"), [("email/", "E-mail address"), ("password/change/", "New password (again)")]
)
def test_the_pages_about_ones_account_speak_like_the_site(signed_in, ben, path, label):
    page = signed_in(ben).get(f"/accounts/{path}").content.decode()

    assert label in words_of(page)
    assert not re.search(r"\bemail\b", words_of(page), re.IGNORECASE)
    assert 'placeholder="E' not in page


def test_an_address_that_gets_an_account_in_the_same_moment_is_answered_like_a_known_one(client, monkeypatch, deliver):
    check = SignUpForm.clean

    def check_and_be_overtaken(form):
        UserFactory(email="newer1@example.org")
        return check(form)

    monkeypatch.setattr(SignUpForm, "clean", check_and_be_overtaken)
    fields = {"name": "A B", "password1": PASSWORD, "email": "newer1@example.org"}

    overtaken = ask(client, "/accounts/signup/", fields)

    monkeypatch.undo()
    assert overtaken == ask(client, "/accounts/signup/", fields)
    assert User.objects.filter(email="newer1@example.org").count() == 1
    one, other = deliver()
    assert one.subject == other.subject
