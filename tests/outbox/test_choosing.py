"""People choose on one page how often each kind of message comes; what is always sent is no choice."""

import datetime as dt
import re

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied

from core import clock
from core.errors import Refused
from outbox.delivery import deliver_due
from outbox.kinds import DIGEST, discover
from outbox.models import Message, MessageChoice, Pace, PausedAddress
from outbox.operations import choose_messages, queue_message, queue_written, try_again, turn_everything_off
from tests.factories.outbox import MessageFactory
from tests.outbox.kinds_for_tests import ALL, CODE, NEWS, NOTICE, ROUND_UP

pytestmark = pytest.mark.django_db
State = Message.State
PAGE = "/account/messages/"


def chosen(person) -> dict[str, str]:
    return dict(MessageChoice.objects.filter(person=person).values_list("kind", "pace"))


def as_it_stands(page: str) -> dict[str, str]:
    """The form of the page as a browser would send it untouched."""
    buttons = re.findall(r'<input class="govuk-radios__input"[^>]*>', page)
    checked = [button for button in buttons if " checked" in button]
    return {re.search('name="([^"]+)"', each)[1]: re.search('value="([^"]+)"', each)[1] for each in checked}


def kind_of(field: str) -> str:
    """The kind of message that a field is of: outbox_outbox.news begins with the group that it stands in."""
    return field[(len(field.partition(".")[0]) + 1) // 2 :]


def test_the_page_offers_what_can_be_turned_off_and_names_the_rest(amina, signed_in):
    page = signed_in(amina).get(PAGE).content.decode()

    choosable = {one for one in discover().values() if one.can_be_turned_off}
    stands = as_it_stands(page)
    assert {kind_of(name): pace for name, pace in stands.items()} == {one.name: one.default for one in choosable}
    for one in {*discover().values()} - choosable:
        assert (f"<li>{one.title}</li>" in page) == (one.name != DIGEST)


def test_what_is_chosen_stands_and_sent_twice_makes_one_row(amina, signed_in):
    client = signed_in(amina)
    form = as_it_stands(client.get(PAGE).content.decode()) | {f"tests_{NEWS.name}": "weekly"}

    for _ in range(2):
        answer = client.post(PAGE, form, follow=True)
        assert "What we send you is saved." in answer.content.decode()

    assert chosen(amina) == {NEWS.name: "weekly"}
    assert as_it_stands(answer.content.decode()) == form


def test_what_was_not_changed_goes_on_following_its_default(amina, signed_in):
    client = signed_in(amina)

    client.post(PAGE, as_it_stands(client.get(PAGE).content.decode()))

    assert chosen(amina) == {}


@pytest.mark.parametrize("pace", ["hourly", "", "off\0"])
def test_a_pace_that_is_not_offered_is_not_saved(amina, signed_in, pace):
    client = signed_in(amina)
    form = as_it_stands(client.get(PAGE).content.decode()) | {f"tests_{NEWS.name}": pace}

    answer = client.post(PAGE, form)

    assert answer.status_code == 422
    assert 'href="#id_tests_0"' in answer.content.decode()
    assert chosen(amina) == {}


@pytest.mark.parametrize("kind", [NOTICE, CODE], ids=lambda kind: kind.name)
def test_what_is_always_sent_cannot_be_turned_off_by_a_forged_form(amina, signed_in, deliver, kind):
    client = signed_in(amina)
    form = as_it_stands(client.get(PAGE).content.decode()) | {f"tests_{kind.name}": "off"}

    assert client.post(PAGE, form).status_code == 302
    assert chosen(amina) == {}
    with pytest.raises(Refused, match="always sent"):
        choose_messages(amina, paces={kind.name: Pace.OFF}, by=amina)


def test_every_kind_that_can_be_turned_off_is_so_with_one_press(amina, ben, signed_in, deliver):
    answer = signed_in(amina).post(f"{PAGE}off/", follow=True)

    assert "Everything that can be turned off is turned off." in answer.content.decode()
    assert set(chosen(amina).values()) == {"off"}
    assert set(chosen(amina)) == {one.name for one in discover().values() if one.can_be_turned_off}
    assert chosen(ben) == {}


def test_nobody_chooses_for_somebody_else(amina, ben):
    for operation, more in [(choose_messages, {"paces": {}}), (turn_everything_off, {}), (try_again, {})]:
        with pytest.raises(PermissionDenied):
            operation(amina, by=ben, **more)


@pytest.mark.parametrize("kind", [one for one in ALL if one.can_be_turned_off], ids=lambda kind: kind.name)
def test_turned_off_a_kind_is_not_sent_and_no_other_with_it(amina, deliver, kind):
    choose_messages(amina, paces={kind.name: Pace.OFF}, by=amina)
    queue_message(kind, amina, to=amina)
    queue_message(NOTICE, amina, to=amina)

    assert len(deliver()) == 1
    assert Message.objects.get(kind=kind.name).state == State.TURNED_OFF


def test_the_page_says_what_was_sent_and_what_became_of_the_rest(amina, ben, signed_in, deliver):
    choose_messages(amina, paces={ROUND_UP.name: Pace.OFF}, by=amina)
    queue_message(NEWS, amina, to=[amina, ben])
    queue_message(ROUND_UP, amina, to=amina)
    [news, _] = deliver()
    Message.objects.create(
        key="1", kind=CODE.name, person=amina, subject="Your code is 123456", state=State.FAILED, refusal="550 No"
    )
    Message.objects.create(key="2", kind=NEWS.name, person=amina, asked_at=clock.now() - dt.timedelta(days=31))

    client = signed_in(amina)
    page = client.get(PAGE).content.decode()

    shown = page[page.index('id="sent"') :]
    assert "3 messages" in shown
    assert news.subject in shown
    assert "Not sent, since you turned it off" in shown
    assert "Could not be sent: 550 No" in shown
    assert "123456" not in page
    assert "123456" not in client.get(f"{PAGE}?format=csv").content.decode()


def test_the_page_costs_as_many_queries_for_many_messages_as_for_few(amina, signed_in, asked):
    client, counts = signed_in(amina), []
    for more in (2, 30):
        for number in range(more):
            Message.objects.create(key=f"{more} {number}", kind=NEWS.name, person=amina)
        client.get(PAGE)
        with asked() as statements:
            client.get(PAGE)
        counts.append(len(statements))

    assert counts[0] == counts[1] <= 12


def test_the_account_says_that_an_address_takes_no_mail_and_lets_one_try_again(amina, ben, signed_in, deliver):
    PausedAddress.objects.create(address=amina.email.upper(), person=amina, words="550 5.1.1 No such mailbox")
    queue_message(NOTICE, amina, to=amina)
    assert deliver() == []

    for page in ("/account/", PAGE):
        shown = signed_in(amina).get(page).content.decode()
        assert "“550 5.1.1 No such mailbox”" in shown
        assert "Try again" in shown
        assert "took no mail" not in signed_in(ben).get(page).content.decode()

    answer = signed_in(amina).post(f"{PAGE}try-again/", follow=True)
    assert f"We write to {amina.email} again" in answer.content.decode()
    assert "took no mail" not in answer.content.decode()
    assert [mail.to for mail in deliver()] == [[amina.email]]


@pytest.fixture
def refused(amina, mail_server, mail_at_any_time):
    """Amina's address was refused: one message failed for it, a second is held, and a code is gone."""
    mail_server("no such address", "no such address")
    with clock.at(clock.now() - dt.timedelta(days=3)):
        for kind in (NOTICE, NEWS):
            queue_message(kind, amina, to=amina)
            deliver_due()
        queue_written(CODE, to=amina, subject="123", body="123")
        deliver_due()
    assert states_of(amina) == [State.FAILED, State.HELD, State.FAILED]


def states_of(person) -> list[str]:
    return list(Message.objects.filter(person=person).order_by("pk").values_list("state", flat=True))


def test_who_tries_again_gets_what_was_held_and_what_was_refused_before_but_no_code_of_then(refused, amina, signed_in):
    signed_in(amina).post(f"{PAGE}try-again/")
    deliver_due()

    assert states_of(amina) == [State.SENT, State.SENT, State.FAILED]


def test_what_is_tried_again_has_two_days_once_more(refused, amina, signed_in, mail_server):
    signed_in(amina).post(f"{PAGE}try-again/")
    mail_server("later", "later")
    deliver_due()

    assert states_of(amina) == [State.WAITING, State.WAITING, State.FAILED]


def test_who_changes_their_address_gets_there_what_the_old_one_did_not_take(refused, amina, ben, signed_in):
    MessageFactory(person=ben, state=State.HELD)
    EmailAddress.objects.create(user=amina, email="amina@new.example", verified=True)

    signed_in(amina).post("/accounts/email/", {"action_primary": "", "email": "amina@new.example"})
    amina.refresh_from_db()
    assert amina.email == "amina@new.example"
    deliver_due()

    assert states_of(amina)[:3] == [State.SENT, State.SENT, State.FAILED]
    assert states_of(ben) == [State.HELD]
