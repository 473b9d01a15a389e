"""What somebody wants together comes in one message, each thing once, whatever happens on the way."""

import datetime as dt
from contextlib import contextmanager

import pytest
from django.core.mail.backends.locmem import EmailBackend
from django.db.models import QuerySet

from core import clock
from core.errors import Refused
from outbox import digests
from outbox.delivery import claim, deliver_due
from outbox.kinds import DIGEST
from outbox.models import Message, MessageChoice, Pace, PausedAddress
from outbox.operations import choose_messages, queue_message, send_again
from outbox.transport import HandingOver, ServerAnswer, Transport
from tests.outbox.kinds_for_tests import BROKEN_NEWS, NEWS, NOTICE, ROUND_UP
from tests.race import all_at_once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mail_at_any_time")]
State = Message.State
MONDAY = dt.datetime(2026, 5, 4, 5, 0, tzinfo=dt.UTC)  # in London it is 6


@contextmanager
def days_after(days: float, hours: float = 0):
    with clock.at(MONDAY + dt.timedelta(days=days, hours=hours)):
        yield


@pytest.fixture
def daily(amina, ben, deliver):
    """Amina wants the news in her digest. On Monday two come for her, and one for Ben at once."""
    MessageChoice.objects.create(person=amina, kind=NEWS.name, pace=Pace.DAILY)
    with days_after(0, 4):
        queue_message(NEWS, amina, to=amina, where="Harlow")
        queue_message(NEWS, ben, to=[amina, ben], where="Luton")
        assert [mail.to for mail in deliver()] == [[ben.email]]


def states(**of) -> dict[str, int]:
    found = Message.objects.filter(kind=NEWS.name, **of).values_list("state", flat=True)
    return {state: list(found).count(state) for state in found}


def of_day(days: float, deliver) -> list:
    """The mails of a day: the schedule runs, and at seven in London what it asked for is sent."""
    with days_after(days):
        digests.ask_for_digests()
        assert deliver() == []
    with days_after(days, 1):
        return deliver()


def test_what_waits_comes_in_one_message_at_seven_the_next_morning(daily, amina, deliver):
    [mail] = of_day(1, deliver)

    assert mail.to == [amina.email]
    assert mail.subject.endswith(", and 1 more")
    assert "2 messages for you since 4 May 2026" in mail.body
    assert mail.body.index("1. ") < mail.body.index("Harlow") < mail.body.index("2. ") < mail.body.index("Luton")
    assert mail.alternatives[0].content.count("<h2") == 2
    assert states(person=amina) == {State.SENT: 2}
    assert {part.digest.kind for part in Message.objects.filter(person=amina, kind=NEWS.name)} == {DIGEST}


def test_each_thing_comes_in_one_digest_only(daily, amina, deliver):
    of_day(1, deliver)
    with days_after(1, 5):
        queue_message(NEWS, amina, to=amina, where="Surrey")
        deliver()

    [mail] = of_day(2, deliver)
    assert "Surrey" in mail.body
    assert "Harlow" not in mail.body
    assert of_day(3, deliver) == []


def test_a_schedule_that_runs_twice_asks_once(daily, amina, deliver):
    with days_after(1):
        digests.ask_for_digests()
    assert len(of_day(1, deliver)) == 1
    with days_after(1, 2):
        queue_message(NEWS, amina, to=amina, where="Surrey")
        deliver()
        digests.ask_for_digests()  # today's has gone, so the late one waits for tomorrow's
        assert deliver() == []

    assert ["Surrey" in mail.body for mail in of_day(2, deliver)] == [True]


def test_what_is_wanted_weekly_comes_on_mondays_with_what_is_wanted_daily(daily, amina, deliver):
    with days_after(0, 5):
        queue_message(ROUND_UP, amina, to=amina, where="Every council")
        deliver()

    assert ["Every council" in mail.body for mail in of_day(1, deliver)] == [False]
    with days_after(6, 5):
        queue_message(NEWS, amina, to=amina, where="Surrey")
        deliver()
    [mail] = of_day(7, deliver)
    assert "Every council" in mail.body
    assert "Surrey" in mail.body


def test_a_digest_in_which_nothing_is_left_to_say_is_not_sent(daily, amina, ben, deliver):
    type(amina).objects.filter(pk__in=[amina.pk, ben.pk]).update(name="Nobody")  # so that the news is true no longer

    assert of_day(1, deliver) == []
    assert states(person=amina) == {State.NOT_NEEDED: 2}
    assert Message.objects.get(kind=DIGEST).state == State.NOT_NEEDED
    assert of_day(2, deliver) == []


def test_of_a_digest_only_what_is_still_true_is_sent(daily, amina, ben, deliver):
    type(ben).objects.filter(pk=ben.pk).update(name="Nobody")

    [mail] = of_day(1, deliver)
    assert "Luton" not in mail.body
    assert states(person=amina) == {State.SENT: 1, State.NOT_NEEDED: 1}


def test_what_is_turned_off_while_its_digest_waits_is_not_in_it(daily, amina, deliver):
    with days_after(1):
        digests.ask_for_digests()
        choose_messages(amina, paces={NEWS.name: Pace.OFF}, by=amina)

    with days_after(1, 1):
        assert deliver() == []
    assert states(person=amina) == {State.TURNED_OFF: 2}


@pytest.mark.parametrize(("pace", "sent"), [(Pace.OFF, 0), (Pace.AT_ONCE, 2), (Pace.WEEKLY, 0)])
def test_a_new_choice_holds_for_what_waits_for_a_digest_too(daily, amina, deliver, pace, sent):
    with days_after(0, 6):
        choose_messages(amina, paces={NEWS.name: pace}, by=amina)
        assert len(deliver()) == sent

    assert of_day(1, deliver) == []


def test_what_was_wanted_together_when_it_came_is_not_lost_by_a_choice_made_meanwhile(daily, amina, deliver):
    MessageChoice.objects.update(pace=Pace.AT_ONCE)  # as if chosen while the worker put them aside

    assert len(of_day(1, deliver)) == 1


def test_a_digest_that_is_refused_and_tried_again_says_the_same_once(daily, amina, deliver, monkeypatch):
    taking = EmailBackend.send_messages

    def refusing(self, mails):
        raise OSError("gone")

    with days_after(1):
        digests.ask_for_digests()
    monkeypatch.setattr(EmailBackend, "send_messages", refusing)
    with days_after(1, 1):
        assert deliver() == []
        queue_message(NEWS, amina, to=amina, where="Surrey")
    Message.objects.filter(kind=NEWS.name, state=State.WAITING).update(state=State.IN_DIGEST)
    monkeypatch.setattr(EmailBackend, "send_messages", taking)
    with days_after(1, 2):
        digests.ask_for_digests()
        [mail] = deliver()

    assert ("Harlow" in mail.body, "Luton" in mail.body, "Surrey" in mail.body) == (True, True, False)
    assert states(person=amina) == {State.SENT: 2, State.IN_DIGEST: 1}


@pytest.mark.parametrize(
    "outcome", [HandingOver.LATER, HandingOver.REFUSED, HandingOver.NO_SUCH_ADDRESS], ids=lambda each: each.name
)
def test_a_digest_that_fails_for_good_gives_what_was_in_it_to_the_next(
    daily, amina, sunita, deliver, monkeypatch, outcome
):
    with days_after(1):
        digests.ask_for_digests()
    with monkeypatch.context() as patched, days_after(3.1):
        patched.setattr(Transport, "hand_over", lambda way, mail: ServerAnswer(outcome, "5xx"))
        deliver()
    failed = Message.objects.get(kind=DIGEST)
    assert failed.state == State.FAILED
    with pytest.raises(Refused, match="comes with the next messages"), days_after(3.1):
        send_again(failed, by=sunita)

    PausedAddress.objects.all().delete()
    [mail] = of_day(4, deliver)

    assert ("Harlow" in mail.body, "Luton" in mail.body) == (True, True)
    assert states(person=amina) == {State.SENT: 2}


def test_a_digest_whose_worker_died_comes_again_with_the_same_parts(daily, amina, deliver):
    with days_after(1):
        digests.ask_for_digests()
    with days_after(1, 1):
        assert claim("doomed").kind == DIGEST
    with days_after(1, 2):
        assert len(deliver()) == 1

    assert states(person=amina) == {State.SENT: 2}


def test_what_became_of_a_digest_and_of_its_parts_is_noted_at_once_or_not_at_all(daily, deliver, monkeypatch):
    with days_after(1):
        digests.ask_for_digests()
    monkeypatch.setattr(digests, "note_parts", lambda one, state: 1 / 0)
    with days_after(1, 1), pytest.raises(ZeroDivisionError):
        deliver_due()

    assert Message.objects.get(kind=DIGEST).state == State.SENDING


def test_asking_is_all_or_nothing(daily, amina, deliver, monkeypatch):
    def breaking(*args, **more):
        queue_message(*args, **more)
        raise ZeroDivisionError

    monkeypatch.setattr(digests, "queue_message", breaking)
    with days_after(1), pytest.raises(ZeroDivisionError):
        digests.ask_for_digests()
    monkeypatch.setattr(digests, "queue_message", queue_message)

    assert not Message.objects.filter(kind=DIGEST).exists()
    assert len(of_day(1, deliver)) == 1


def test_what_cannot_be_written_keeps_nothing_else_out_of_the_digest(daily, amina, deliver):
    MessageChoice.objects.create(person=amina, kind=BROKEN_NEWS.name, pace=Pace.DAILY)
    with days_after(0, 5):
        queue_message(BROKEN_NEWS, amina, to=amina)
        deliver()

    [mail] = of_day(1, deliver)
    assert "2 messages" in mail.body
    broken = Message.objects.get(kind=BROKEN_NEWS.name)
    assert (broken.state, broken.digest, broken.refusal) == (
        State.IN_DIGEST,
        None,
        "ZeroDivisionError while it was written",
    )
    assert of_day(9, deliver) == []
    assert Message.objects.get(kind=BROKEN_NEWS.name).state == State.FAILED


def test_whose_account_is_shut_gets_no_digest(daily, amina, deliver):
    with days_after(1):
        digests.ask_for_digests()
    type(amina).objects.filter(pk=amina.pk).update(is_active=False)

    with days_after(1, 1):
        assert deliver() == []
    assert states(person=amina) == {State.NOT_NEEDED: 2}


def test_what_is_always_sent_comes_in_no_digest(daily, amina, deliver):
    MessageChoice.objects.create(person=amina, kind=NOTICE.name, pace=Pace.DAILY)
    with days_after(0, 5):
        queue_message(NOTICE, amina, to=amina)
        assert len(deliver()) == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_that_ask_at_the_same_moment_ask_once(amina, mailoutbox):
    MessageChoice.objects.create(person=amina, kind=NEWS.name, pace=Pace.DAILY)
    for number in range(5):
        Message.objects.create(key=str(number), kind=NEWS.name, person=amina, about_id=amina.pk, state=State.IN_DIGEST)

    assert all_at_once([digests.ask_for_digests] * 4) == [None] * 4

    digest = Message.objects.get(kind=DIGEST)
    assert digest.parts.count() == 5


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_a_digest_into_which_something_is_being_put_is_claimed_by_nobody(amina, monkeypatch):
    MessageChoice.objects.create(person=amina, kind=NEWS.name, pace=Pace.DAILY)
    waits = {"kind": NEWS.name, "person": amina, "about_id": amina.pk, "state": State.IN_DIGEST}
    Message.objects.create(key="1", **waits)
    digests.ask_for_digests()
    Message.objects.filter(kind=DIGEST).update(next_try_at=clock.now())
    Message.objects.create(key="2", **waits)
    update, claimed = QuerySet.update, []

    def claim_before(rows, **values):
        claimed.extend(all_at_once([lambda: claim("another")]))
        return update(rows, **values)

    monkeypatch.setattr(QuerySet, "update", claim_before)
    digests.ask_for_digests()

    assert claimed == [None]
