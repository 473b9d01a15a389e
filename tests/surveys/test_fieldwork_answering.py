"""Whoever is invited answers by their own link: saved encrypted, handed in sealed, taken back with the receipt."""

import datetime as dt

import pytest

from audit.models import AuditEvent
from core import clock
from core.errors import Refused
from core.key_folder import destroy
from outbox.models import Message
from questions.models import AnswerSheet
from sealing.models import Mark, Staged
from sealing.operations import close_round
from surveys.fieldwork import operations
from surveys.fieldwork.queries import saved_answers, to_remind
from surveys.models import SurveyInvitation
from tests.factories.councils import OrganisationFactory
from tests.factories.surveys import ANSWERS, a_running, an_invitation, answers_of, hand_in_for

pytestmark = pytest.mark.django_db
State = SurveyInvitation.State


@pytest.fixture
def fieldwork(db):
    return a_running(is_open=True)


@pytest.fixture
def amina_is_asked(fieldwork):
    harlow = OrganisationFactory(kind="district")
    return an_invitation(fieldwork, harlow, email="amina@harlow.example", level=3)


def opened(round):
    found = []
    close_round(round, write=found.extend)
    return found


def test_answers_are_saved_page_by_page_and_gone_on_with_by_the_same_link(amina_is_asked):
    operations.save_answers(amina_is_asked, keys=["savings"], answers={"savings": "yes"})
    operations.save_answers(amina_is_asked, keys=["savings-pounds"], answers={"savings-pounds": "20"})
    saved = operations.save_answers(amina_is_asked, keys=["savings"], answers={})

    assert saved.state == State.BEGUN
    assert saved_answers(saved) == {}  # the sum goes with the answer on which it hangs


def test_a_draft_stands_encrypted_in_the_database(amina_is_asked):
    answers_of(amina_is_asked, comments="Only time would help us.")

    sheet = AnswerSheet.objects.get()
    assert sheet.answers is None
    assert b"Only time" not in bytes(sheet.sealed)


def test_what_is_handed_in_is_sealed_with_its_bands_and_what_is_written_apart(fieldwork, amina_is_asked):
    handed_in = hand_in_for(amina_is_asked)

    assert handed_in.answers == ANSWERS
    assert not AnswerSheet.objects.exists()
    [answer] = opened(fieldwork.round)
    assert answer == {
        "organisation": amina_is_asked.organisation_id,
        "bands": {"level": "3", "council-type": "districts"},
        "answers": {key: ANSWERS[key] for key in ("barriers", "savings", "savings-pounds")},
        "wrote": ["comments", "priorities"],
    }
    written = {each.question_key: opened(each.round) for each in fieldwork.written_rounds.all()}
    assert written == {"priorities": [{"texts": ["Bins", "Planning"]}], "comments": [{"texts": ["Time would help."]}]}


def test_whoever_writes_nothing_leaves_the_same_marks_as_whoever_does(fieldwork, amina_is_asked):
    hand_in_for(amina_is_asked, comments="", priorities=[])

    marks = [Mark.objects.filter(round=each.round).count() for each in fieldwork.written_rounds.all()]
    assert marks == [1, 1]
    assert [opened(each.round) for each in fieldwork.written_rounds.all()] == [[{"texts": []}]] * 2


def test_that_somebody_handed_in_is_known_by_the_day_and_nothing_tells_of_it(fieldwork, amina_is_asked):
    lines, mails = AuditEvent.objects.count(), Message.objects.count()

    hand_in_for(amina_is_asked)

    amina_is_asked.refresh_from_db()
    assert (amina_is_asked.state, amina_is_asked.handed_in_on) == (State.HANDED_IN, clock.today())
    assert (AuditEvent.objects.count(), Message.objects.count()) == (lines, mails)


def test_a_hand_in_that_is_sent_twice_counts_once_and_has_the_same_receipt(fieldwork, amina_is_asked):
    first = hand_in_for(amina_is_asked, form="one form")

    again = operations.hand_in_survey(amina_is_asked, token="one form")

    assert again.receipt == first.receipt
    assert Mark.objects.filter(round=fieldwork.round).count() == 1
    with pytest.raises(Refused, match="handed in already"):
        operations.hand_in_survey(amina_is_asked, token="another form")


def test_nothing_at_all_is_not_handed_in(amina_is_asked):
    with pytest.raises(Refused, match="answered no question"):
        operations.hand_in_survey(amina_is_asked, token="a form")


def test_answers_are_taken_back_with_their_receipt_and_may_be_given_again(fieldwork, amina_is_asked):
    receipt = hand_in_for(amina_is_asked).receipt

    taken = operations.take_answers_back(amina_is_asked, receipt=f"{receipt[:5].lower()}-{receipt[5:]}")

    assert (taken.state, taken.handed_in_on) == (State.INVITED, None)
    assert not Mark.objects.exists()
    assert not Staged.objects.exists()
    hand_in_for(taken, savings="no")
    assert [each["answers"]["savings"] for each in opened(fieldwork.round)] == ["no"]


def test_the_receipt_of_another_takes_nothing_back(fieldwork, amina_is_asked):
    hand_in_for(amina_is_asked)
    receipt = hand_in_for(an_invitation(fieldwork)).receipt

    with pytest.raises(Refused, match="receipt"):
        operations.take_answers_back(amina_is_asked, receipt=receipt)

    assert Staged.objects.filter(round=fieldwork.round).count() == 2


def test_once_the_day_has_come_nothing_is_saved_handed_in_or_taken_back(fieldwork, amina_is_asked):
    receipt = hand_in_for(amina_is_asked).receipt
    late = an_invitation(fieldwork)
    answers_of(late)

    with clock.at(fieldwork.closes_at + dt.timedelta(seconds=1)):
        for refused in (
            lambda: operations.take_answers_back(amina_is_asked, receipt=receipt),
            lambda: operations.save_answers(late, keys=["savings"], answers={"savings": "no"}),
            lambda: operations.hand_in_survey(late, token="a form"),
        ):
            with pytest.raises(Refused, match="closed"):
                refused()


def test_without_the_key_nothing_is_handed_in_and_the_draft_stays(fieldwork, amina_is_asked):
    answers_of(amina_is_asked)
    destroy(fieldwork.round.key_name)

    with pytest.raises(Refused, match="cannot be sealed safely"):
        operations.hand_in_survey(amina_is_asked, token="a form")

    amina_is_asked.refresh_from_db()
    assert saved_answers(amina_is_asked) == ANSWERS
    assert amina_is_asked.state == State.BEGUN


def test_whoever_asks_not_to_be_reminded_may_answer_all_the_same(amina_is_asked):
    operations.decline_reminders(amina_is_asked)

    assert answers_of(amina_is_asked).state == State.DECLINED
    hand_in_for(amina_is_asked)
    amina_is_asked.refresh_from_db()
    assert amina_is_asked.state == State.HANDED_IN


def test_whoever_asked_not_to_be_reminded_is_not_once_they_took_their_answers_back(amina_is_asked, fieldwork):
    operations.decline_reminders(amina_is_asked)
    receipt = hand_in_for(amina_is_asked).receipt

    taken = operations.take_answers_back(amina_is_asked, receipt=receipt)

    assert taken.state == State.DECLINED
    assert taken not in to_remind(fieldwork)
