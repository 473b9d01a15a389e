"""A message says what is true when it is sent, goes to whoever wants it, and is kept no longer than it must be."""

import datetime as dt

import pytest

from core import clock
from outbox.delivery import GIVEN_UP_AFTER, MOST_UNSURE, claim, deliver_due, take_back
from outbox.models import Message, MessageChoice, Pace, PausedAddress
from outbox.operations import queue_message, queue_written, write_again
from tests.outbox.kinds_for_tests import BROKEN, CODE, NEWS, NOTICE, ROUND_UP

pytestmark = pytest.mark.django_db
State = Message.State


def states() -> list[str]:
    return list(Message.objects.order_by("pk").values_list("state", flat=True))


def test_a_message_that_was_sent_says_when_and_what(amina, deliver):
    queue_message(NOTICE, amina, to=amina)

    [mail] = deliver()

    message = Message.objects.get()
    assert (message.state, message.body, message.tries, message.unsure) == (State.SENT, mail.body.strip(), 1, 0)
    assert mail.extra_headers["Message-ID"] == message.message_id == f"<{message.key[:32]}@testserver>"
    assert mail.alternatives[0].mimetype == "text/html"
    assert deliver() == []


def test_a_code_goes_first_and_is_not_kept(amina, deliver):
    queue_message(NOTICE, amina, to=amina)
    queue_written(CODE, to=amina, subject="A code", body="123456")

    assert [mail.body == "123456" for mail in deliver()] == [True, False]
    code = Message.objects.get(kind=CODE.name)
    assert (code.subject, code.body) == ("", "")


def test_a_code_that_could_not_be_sent_in_its_time_is_neither_sent_nor_kept(amina, deliver, on_day):
    queue_written(CODE, to=amina, subject="A code", body="123456")

    with clock.at(clock.now() + dt.timedelta(minutes=16)):
        assert deliver() == []
    assert Message.objects.filter(state=State.FAILED, subject="", body="").count() == 1


@pytest.mark.parametrize("change", [{"name": "Nobody"}, {"is_active": False}])
def test_what_is_no_longer_true_is_not_sent(amina, deliver, change):
    queue_message(NOTICE, amina, to=amina)
    type(amina).objects.filter(pk=amina.pk).update(**change)

    assert deliver() == []
    assert states() == [State.NOT_NEEDED]


def test_what_is_about_a_record_that_is_gone_is_not_sent(amina, ben, deliver):
    queue_message(NOTICE, ben, to=amina)
    ben.delete()

    assert deliver() == []
    assert states() == [State.NOT_NEEDED]


def test_a_kind_that_was_turned_off_is_not_sent_and_others_are(amina, ben, deliver):
    MessageChoice.objects.create(person=amina, kind=NEWS.name, pace=Pace.OFF)
    MessageChoice.objects.create(person=amina, kind=NOTICE.name, pace=Pace.OFF)  # which cannot be
    for kind in (NEWS, NOTICE):
        queue_message(kind, ben, to=[amina, ben])

    deliver()

    assert states() == [State.TURNED_OFF, State.SENT, State.SENT, State.SENT]


def test_what_is_wanted_in_a_digest_waits_for_it(amina, ben, deliver):
    MessageChoice.objects.create(person=amina, kind=NEWS.name, pace=Pace.DAILY)
    MessageChoice.objects.create(person=ben, kind=ROUND_UP.name, pace=Pace.AT_ONCE)
    queue_message(NEWS, amina, to=amina)
    queue_message(ROUND_UP, amina, to=[amina, ben])

    assert [mail.to for mail in deliver()] == [[ben.email]]
    assert states() == [State.IN_DIGEST, State.IN_DIGEST, State.SENT]


def test_nothing_goes_to_an_address_that_takes_no_mail_until_somebody_says_that_it_does(amina, deliver):
    PausedAddress.objects.create(address=amina.email.upper(), person=amina)
    queue_message(NOTICE, amina, to=amina)

    assert deliver() == []
    assert states() == [State.HELD]

    write_again(amina.email)
    assert [mail.to for mail in deliver()] == [[amina.email]]


def test_a_code_that_arrives_shows_that_an_address_takes_mail_again(amina, deliver):
    PausedAddress.objects.create(address=amina.email, person=amina)
    queue_message(NOTICE, amina, to=amina)
    deliver()
    queue_written(CODE, to=amina, subject="A code", body="123456")

    assert len(deliver()) == 2
    assert not PausedAddress.objects.exists()


def test_a_message_that_cannot_be_written_holds_up_no_other_and_is_given_up_after_two_days(amina, deliver):
    queue_message(BROKEN, amina, to=amina)
    queue_message(NOTICE, amina, to=amina)

    assert len(deliver()) == 1
    message = Message.objects.get(kind=BROKEN.name)
    assert (message.state, message.refusal) == (State.WAITING, "ZeroDivisionError while it was written")
    with clock.at(clock.now() + GIVEN_UP_AFTER):
        deliver()
    message.refresh_from_db()
    assert (message.state, message.tries) == (State.FAILED, 2)


def test_a_kind_that_this_release_does_not_know_waits_for_one_that_does(amina, deliver):
    Message.objects.create(key="1", kind="tests.newer", person=amina)

    assert deliver() == []
    assert states() == [State.WAITING]


def test_a_claim_that_ran_out_counts_as_unsure_and_is_sent_again(amina, deliver):
    queue_message(NOTICE, amina, to=amina)
    claim("doomed")

    assert deliver() == []
    with clock.at(clock.now() + dt.timedelta(minutes=6)):
        assert len(deliver()) == 1
    message = Message.objects.get()
    assert (message.state, message.tries, message.unsure) == (State.SENT, 2, 1)


def test_a_worker_of_the_same_name_goes_on_at_once(amina, deliver):
    queue_message(NOTICE, amina, to=amina)
    claim("doomed")

    assert take_back("another") == 0
    assert take_back("doomed") == 1
    assert len(deliver()) == 1
    assert Message.objects.get().unsure == 1


def test_a_look_at_an_empty_outbox_is_one_query_without_a_lock(db, asked):
    with asked() as statements:
        assert deliver_due()

    assert len(statements) == 1


def test_a_message_that_was_unsure_too_often_comes_no_more(amina, deliver):
    queue_message(NOTICE, amina, to=amina)
    Message.objects.update(tries=MOST_UNSURE, unsure=MOST_UNSURE)

    assert deliver() == []
    assert states() == [State.FAILED]
