"""Each kind of message that the site declares: turned off it is not sent, in the digest it comes once.

What its letter says is tried where it is declared; here each has the same words.
"""

import datetime as dt

import pytest

from outbox import delivery, digests, emails, unsubscribing
from outbox.kinds import DIGEST, Letter, discover
from outbox.models import Message, MessageChoice, Pace
from tests.outbox.kinds_for_tests import TEMPLATE

pytestmark = pytest.mark.django_db
State = Message.State
OURS = {name: one for name, one in sorted(discover().items()) if one.write and name != DIGEST}
CHOOSABLE = [name for name, one in OURS.items() if one.can_be_turned_off]
ALWAYS = [name for name, one in OURS.items() if not one.can_be_turned_off]


@pytest.fixture(autouse=True)
def same_words(monkeypatch):
    plain = delivery.letter_of

    def letter(message, kind):
        return plain(message, kind) if kind.name == DIGEST else Letter(TEMPLATE, {"event": {"where": "Harlow"}})

    monkeypatch.setattr(delivery, "letter_of", letter)
    monkeypatch.setattr(emails, "letter_of", letter)


@pytest.fixture
def message(amina):
    """A function: a message of a kind to Amina, for whom a choice stands."""

    def ask(name, pace):
        MessageChoice.objects.create(person=amina, kind=name, pace=pace)
        return Message.objects.create(key="1", kind=name, person=amina)

    return ask


def test_there_are_some_of_either_sort():
    assert CHOOSABLE
    assert ALWAYS


@pytest.mark.parametrize("name", CHOOSABLE)
def test_turned_off_it_is_not_sent(message, deliver, name):
    asked = message(name, Pace.OFF)

    assert deliver() == []
    asked.refresh_from_db()
    assert asked.state == State.TURNED_OFF


@pytest.mark.parametrize("name", CHOOSABLE)
def test_in_the_digest_it_comes_once(message, deliver, monkeypatch, name):
    monkeypatch.setattr(digests, "COMES_AT", dt.time(0))
    asked = message(name, Pace.DAILY)
    assert deliver() == []

    for _ in range(2):
        digests.ask_for_digests()
    [mail] = deliver()

    assert mail.body.count("Harlow") == 1
    asked.refresh_from_db()
    assert (asked.state, asked.digest.kind) == (State.SENT, DIGEST)
    digests.ask_for_digests()
    assert deliver() == []


@pytest.mark.parametrize("name", CHOOSABLE)
def test_the_address_in_its_header_turns_it_off_and_nothing_else(client, amina, message, deliver, name):
    message(name, Pace.AT_ONCE)
    [mail] = deliver()

    client.post(mail.extra_headers["List-Unsubscribe"].strip("<>"))

    assert dict(amina.message_choices.values_list("kind", "pace")) == {name: Pace.OFF}


@pytest.mark.parametrize("name", ALWAYS)
def test_what_is_always_sent_is_sent_whatever_somebody_forged(client, amina, message, deliver, name):
    message(name, Pace.OFF)
    client.post(f"/messages/off/{unsubscribing.token_of(amina, OURS[name])}/")

    [mail] = deliver()
    assert "List-Unsubscribe" not in mail.extra_headers
