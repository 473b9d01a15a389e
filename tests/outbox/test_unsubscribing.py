"""One press in a mail program turns off the kind of a message, without signing in, and nothing else (RFC 8058)."""

import re

import pytest
from django.core.signing import Signer
from django.test import Client

from outbox import unsubscribing
from outbox.emails import digest
from outbox.kinds import discover
from outbox.models import MessageChoice, Pace
from outbox.operations import queue_message, queue_written
from tests.outbox.kinds_for_tests import ALL, CODE, NEWS, NOTICE, ROUND_UP

pytestmark = pytest.mark.django_db
ONE_CLICK = ({"List-Unsubscribe": "One-Click"},)
CHOOSABLE = [one for one in ALL if one.can_be_turned_off]


@pytest.fixture
def mail_program():
    """No session, no page before it, no token of a form."""
    return Client(enforce_csrf_checks=True)


def address_in(mail) -> str:
    """The path of the address in a mail's header."""
    return re.fullmatch("<http://testserver(/.*)>", mail.extra_headers["List-Unsubscribe"])[1]


def in_digests_by_default() -> set[str]:
    found = {one.name for one in discover().values() if one.can_be_turned_off and one.default != Pace.AT_ONCE}
    assert ROUND_UP.name in found
    return found


def paces(person) -> dict[str, str]:
    return dict(MessageChoice.objects.filter(person=person).values_list("kind", "pace"))


def test_a_message_that_can_be_turned_off_says_how_in_headers_foot_and_html(amina, deliver):
    queue_message(NEWS, amina, to=amina)

    [mail] = deliver()

    assert mail.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert f"Why this came: {NEWS.title}. Choose how often, or never: http://testserver/account/messages/" in mail.body
    html = mail.alternatives[0].content
    assert f'<a href="http://testserver{address_in(mail)}">Turn these messages off</a>' in html
    assert "Why this came: News." in html
    assert address_in(mail) not in mail.body  # which is kept: it would be a right in a row


def test_a_message_that_is_always_sent_says_so_and_has_no_such_address(amina, deliver):
    queue_message(NOTICE, amina, to=[amina, "ada@example.org"])

    to_amina, to_ada = deliver()

    assert "List-Unsubscribe" not in to_amina.extra_headers
    assert "Why this came: A notice. It is always sent;" in to_amina.body
    assert "Why this came: A notice.\n" in to_ada.body
    assert "/account/messages/" not in to_ada.body


def test_the_words_of_a_library_stand_as_they_were_made(amina, deliver):
    queue_written(CODE, to=amina, subject="A code", body="123456")

    assert [mail.body for mail in deliver()] == ["123456"]


@pytest.mark.parametrize("kind", CHOOSABLE, ids=lambda kind: kind.name)
def test_one_press_turns_off_the_kind_of_the_message_and_nothing_else(amina, ben, mail_program, kind):
    address = unsubscribing.address_of(amina, kind).removeprefix("http://testserver")

    for _ in range(2):  # a second one is as good
        answer = mail_program.post(address, *ONE_CLICK)
        assert answer.status_code == 200
        page = answer.content.decode()
        assert "These messages are turned off" in page
        assert f"<li>{kind.title}</li>" in page
        assert 'href="/account/messages/"' in page

    assert paces(amina) == {kind.name: "off"}
    assert paces(ben) == {}


def test_looking_at_the_address_changes_nothing(amina, mail_program):
    address = unsubscribing.address_of(amina, NEWS)

    for method in (mail_program.get, mail_program.head):
        assert method(address).status_code == 200
    page = mail_program.get(address).content.decode()

    assert paces(amina) == {}
    assert page[page.index("<main") :].count('<button type="submit"') == 1
    assert amina.email not in page
    assert str(amina) not in page


def test_a_digests_address_turns_off_what_comes_in_digests(amina, mail_program):
    MessageChoice.objects.create(person=amina, kind=NEWS.name, pace=Pace.DAILY)
    address = unsubscribing.address_of(amina, digest)

    page = mail_program.post(address, *ONE_CLICK).content.decode()

    off = {NEWS.name: "off"} | dict.fromkeys(in_digests_by_default(), "off")
    assert paces(amina) == off
    assert f"<li>{NEWS.title}</li>" in page
    assert mail_program.post(address, *ONE_CLICK).status_code == 200
    assert paces(amina) == off


def test_a_digests_address_says_where_nothing_is_left_to_turn_off(ben, mail_program):
    for name in in_digests_by_default():
        MessageChoice.objects.create(person=ben, kind=name, pace=Pace.OFF)
    address = unsubscribing.address_of(ben, digest)

    for page in (mail_program.get(address).content.decode(), mail_program.post(address, *ONE_CLICK).content.decode()):
        words = page[page.index("<main") :]
        assert "Nothing comes to you in a digest" in words
        assert "Turn them off" not in words
        assert "These messages are turned off" not in words


@pytest.mark.parametrize("kind", [NOTICE, CODE], ids=lambda kind: kind.name)
def test_a_kind_that_is_always_sent_is_turned_off_by_no_address(amina, mail_program, kind):
    assert unsubscribing.address_of(amina, kind) == ""

    answer = mail_program.post(f"/messages/off/{unsubscribing.token_of(amina, kind)}/", *ONE_CLICK)

    assert answer.status_code == 409
    assert "This message is always sent" in answer.content.decode()
    assert paces(amina) == {}


def forged(person) -> dict[str, str]:
    token = unsubscribing.token_of(person, NEWS)
    return {
        "changed": f"x{token}",
        "cut short": token[:-1],
        "signed for something else": Signer(salt="something else").sign_object([person.pk, NEWS.name]),
        "no person": Signer(salt="outbox.unsubscribing").sign_object([0, NEWS.name]),
        "no such kind": Signer(salt="outbox.unsubscribing").sign_object([person.pk, "tests.gone"]),
        "nonsense": "nonsense",
        "another's": token.replace(token.partition(":")[0], unsubscribing.token_of(person, ROUND_UP).partition(":")[0]),
    }


def test_an_address_that_we_never_gave_turns_nothing_off_and_says_so(amina, mail_program):
    for which, token in forged(amina).items():
        for answer in (mail_program.get(f"/messages/off/{token}/"), mail_program.post(f"/messages/off/{token}/")):
            assert answer.status_code == 404, which
            assert "This address turns nothing off" in answer.content.decode(), which

    assert paces(amina) == {}


def test_the_address_of_a_closed_account_leads_nowhere(amina, mail_program):
    address = unsubscribing.address_of(amina, NEWS)
    type(amina).objects.filter(pk=amina.pk).update(is_active=False)

    assert mail_program.post(address, *ONE_CLICK).status_code == 404


def test_it_turns_off_whose_message_it_was_whoever_is_signed_in(amina, ben, signed_in):
    signed_in(ben).post(unsubscribing.address_of(amina, NEWS), *ONE_CLICK)

    assert paces(amina) == {NEWS.name: "off"}
    assert paces(ben) == {}


def test_every_kind_can_be_turned_off_by_its_address_or_has_none(amina):
    for one in discover().values():
        assert bool(unsubscribing.address_of(amina, one)) == (one.can_be_turned_off or one is digest), one.name
