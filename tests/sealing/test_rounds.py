"""Sealed answers: handed in once each, opened all together in a random order, and nobody can tell whose is whose."""

import datetime as dt
import os

import pytest
from django.conf import settings as configured
from django.db import IntegrityError, transaction
from nacl.public import PrivateKey

from accounts.operations import close_account
from accounts.personal_data import report
from audit.models import AuditEvent
from core import clock, key_folder
from core.errors import Refused
from core.key_folder import KeyFolderUnusable, KeyLost
from sealing import boxes, operations
from sealing.models import Mark, Round, Staged
from sealing.operations import CannotBeOpened, close_round, forget_marks, hand_in, open_round, take_back, void_round
from sealing.queries import rounds_without_key
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

YES, NO = {"would_recommend": True}, {"would_recommend": False}


@pytest.fixture
def round():
    return open_round("Feedback on a day", length=200)


@pytest.fixture
def closing(round, django_capture_on_commit_callbacks):
    """A function: closes the round with what follows the commit, and returns the answers that were written."""

    def close():
        written = []
        with django_capture_on_commit_callbacks(execute=True):
            close_round(round, write=written.extend)
        return written

    return close


def key_of(round):
    return configured.BALLOT_KEYS / f"{round.key_name}.key"


def handed_in(round, *answers):
    for answer in answers:
        hand_in(round, who=UserFactory(), answer=answer)


def test_what_was_handed_in_is_written_when_the_round_closes(round, closing):
    handed_in(round, YES, NO, YES)

    assert sorted(closing(), key=str) == [NO, YES, YES]


def test_the_answers_come_in_a_random_order(round, closing, monkeypatch):
    handed_in(round, *({"n": n} for n in range(20)))
    monkeypatch.setattr(operations._chance, "shuffle", lambda answers: answers.sort(key=lambda each: -each["n"]))

    assert [each["n"] for each in closing()] == [*range(19, -1, -1)]


def test_the_order_is_drawn_by_the_operating_system_and_not_from_a_seed():
    assert type(operations._chance).__module__ == "random"
    assert type(operations._chance).__name__ == "SystemRandom"


def test_a_closed_round_keeps_no_answer_and_no_key(round, closing):
    handed_in(round, YES, NO)
    closing()

    round.refresh_from_db()
    assert (round.state, round.answers, round.has_key) == (Round.State.CLOSED, 2, False)
    assert not Staged.objects.exists()
    assert not key_of(round).exists()


def test_everybody_answers_once(round):
    amina = UserFactory()
    hand_in(round, who=amina, answer=YES)

    with pytest.raises(Refused, match="already"), transaction.atomic():
        hand_in(round, who=amina, answer=NO)
    with pytest.raises(IntegrityError), transaction.atomic():
        Mark.objects.create(round=round, person=amina)

    assert Staged.objects.count() == 1


def test_where_no_account_stands_for_somebody_a_digest_does(round):
    hand_in(round, who="5f1c", answer=YES)

    with pytest.raises(Refused, match="already"), transaction.atomic():
        hand_in(round, who="5f1c", answer=YES)
    hand_in(round, who="77aa", answer=YES)


@pytest.mark.parametrize("mark", [{}, {"key": "5f1c", "person": True}])
def test_a_mark_is_of_a_person_or_of_a_key(round, mark):
    if mark.get("person"):
        mark = {**mark, "person": UserFactory()}

    with pytest.raises(IntegrityError), transaction.atomic():
        Mark.objects.create(round=round, **mark)


def test_one_person_answers_in_two_rounds(round):
    amina, other = UserFactory(), open_round("Another", length=200)

    hand_in(round, who=amina, answer=YES)
    hand_in(other, who=amina, answer=NO)

    written = []
    close_round(other, write=written.extend)
    assert written == [NO]


def test_every_box_is_of_one_length_and_none_like_another(round):
    handed_in(round, YES, YES, {"words": "Ä long line of words."}, {})

    found = [bytes(each.box) for each in Staged.objects.all()]
    assert len(set(found)) == 4
    assert len({len(box) for box in found}) == 1


@pytest.mark.parametrize("answer", [{}, {"ü": ["\0", "\0\0"]}, {"n": 1.5, "none": None, "all": {"a": [1, True]}}])
def test_an_answer_is_opened_as_it_was_sealed(answer):
    private = bytes(PrivateKey.generate())

    box = boxes.sealed(answer, public_key=boxes.public_half(private), length=100)

    assert boxes.opened(box, private_key=private) == answer


def test_an_answer_that_is_too_long_is_refused_and_leaves_no_mark(round):
    fits = {"words": "x" * (round.length - len('{"words":""}'))}
    handed_in(round, fits)

    with pytest.raises(Refused, match="too long"), transaction.atomic():
        handed_in(round, {"words": fits["words"] + "x"})

    assert Mark.objects.count() == Staged.objects.count() == 1


def test_a_closed_round_takes_no_more(round, closing):
    closing()

    with pytest.raises(Refused, match="no more answers"), transaction.atomic():
        handed_in(round, YES)


def test_closing_twice_writes_once(round, closing):
    handed_in(round, YES)
    closing()

    assert closing() == []
    assert Round.objects.get().answers == 1


def test_a_void_round_is_never_opened(round, closing, django_capture_on_commit_callbacks):
    handed_in(round, YES)
    with django_capture_on_commit_callbacks(execute=True):
        void_round(round, reason="The key to the answers was lost.")

    for asked in (closing, lambda: handed_in(round, YES)):
        with pytest.raises(Refused), transaction.atomic():
            asked()
    round.refresh_from_db()
    assert (round.state, round.answers, round.has_key) == (Round.State.VOID, 1, False)
    assert not Staged.objects.exists()
    assert not key_of(round).exists()


def test_an_opened_round_cannot_become_void(round, closing):
    closing()

    with pytest.raises(Refused, match="have been opened"):
        void_round(round, reason="Too late.")


@pytest.mark.parametrize("wrong", [{"state": "void"}, {"reason": "None."}, {"state": "closed"}, {"has_key": False}])
def test_a_void_round_alone_says_why_and_an_open_one_has_its_key(round, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.filter(pk=round.pk).update(**wrong)


def lose(round):
    key_of(round).unlink()


def damage(round):
    key_of(round).write_bytes(b"half")


def exchange(round):
    key_folder.destroy(round.key_name)
    key_folder.make(round.key_name)


def take_one(round):
    Staged.objects.filter(pk=Staged.objects.first().pk).delete()


def add_one(round):
    Staged.objects.create(round=round, box=Staged.objects.first().box)


def spoil_one(round):
    Staged.objects.filter(pk=Staged.objects.first().pk).update(box=b"x" * 248)


def seal_for_somebody_else(round):
    Round.objects.filter(pk=round.pk).update(public_key=boxes.public_half(bytes(PrivateKey.generate())))


@pytest.mark.parametrize("harm", [lose, damage, exchange, seal_for_somebody_else])
def test_no_answer_is_taken_that_could_not_be_opened_or_by_somebody_else(round, harm):
    """Whoever writes the database could put a key of their own there, and read along."""
    harm(round)

    with pytest.raises(KeyLost), transaction.atomic():
        handed_in(round, YES)

    assert not Mark.objects.exists()


@pytest.mark.parametrize(
    ("harm", "says"),
    [
        (lose, "was lost"),
        (damage, "was lost"),
        (exchange, "did not fit"),
        (spoil_one, "did not fit"),
        (take_one, "2 answers had been handed in, and 1 were found"),
        (add_one, "2 answers had been handed in, and 3 were found"),
    ],
)
def test_a_round_whose_answers_cannot_all_be_opened_stays_as_it_is(round, closing, harm, says):
    handed_in(round, YES, NO)
    harm(round)
    written = []

    with pytest.raises(CannotBeOpened, match=says):
        close_round(round, write=written.extend)

    round.refresh_from_db()
    assert round.is_open
    assert not written


def test_a_folder_that_is_not_there_loses_no_answer(round, closing, settings):
    handed_in(round, YES)
    folder, settings.BALLOT_KEYS = settings.BALLOT_KEYS, settings.BALLOT_KEYS / "not-mounted"

    with pytest.raises(KeyFolderUnusable):
        closing()
    settings.BALLOT_KEYS = folder

    assert closing() == [YES]


def test_a_round_whose_key_cannot_be_kept_does_not_open(settings):
    settings.BALLOT_KEYS = settings.PORTAL_DATA / "keys"

    with pytest.raises(KeyFolderUnusable, match="inside its backups"):
        open_round("Feedback", length=200)

    assert not Round.objects.exists()


def test_what_fails_in_writing_leaves_the_round_open(round, closing):
    handed_in(round, YES)

    with pytest.raises(ZeroDivisionError):
        close_round(round, write=lambda answers: 1 / 0)

    assert Round.objects.get().is_open
    assert closing() == [YES]


def test_a_key_that_outlived_its_round_is_destroyed_later(round):
    """As after a crash between the commit and the destroying: what follows a commit does not run in this test."""
    close_round(round, write=list)
    assert key_of(round).exists()

    assert operations.destroy_keys() == 1
    assert operations.destroy_keys() == 0

    assert not key_of(round).exists()
    with pytest.raises(KeyLost):
        key_folder.read(round.key_name)


def test_the_key_of_a_round_whose_opening_was_undone_is_destroyed(round):
    with transaction.atomic():
        name = open_round("Another", length=10).key_name
        transaction.set_rollback(True)
    orphan = configured.BALLOT_KEYS / f"{name}.key"
    assert operations.destroy_keys() == 0, "a round that is just being opened is not there for others yet"
    for path in (orphan, key_of(round)):
        os.utime(path, (0, 0))

    assert operations.destroy_keys() == 1

    assert not orphan.exists()
    assert key_of(round).exists()


def test_a_key_that_cannot_be_destroyed_stops_no_other(round, monkeypatch):
    other = open_round("Another", length=10)
    for each in (round, other):
        close_round(each, write=list)
    destroy, failing = key_folder.destroy, Round.objects.filter(state=Round.State.CLOSED).first()

    def broken(name):
        if name == failing.key_name:
            raise KeyFolderUnusable("It does not let go.")
        destroy(name)

    monkeypatch.setattr(key_folder, "destroy", broken)

    assert operations.destroy_keys() == 1
    assert [each.pk for each in Round.objects.filter(has_key=True)] == [failing.pk]


def test_the_key_of_an_open_round_stays(round):
    assert operations.destroy_keys() == 0

    assert key_folder.read(round.key_name)


def test_the_trail_has_lines_of_opening_closing_and_voiding_and_none_of_handing_in(round, closing):
    handed_in(round, YES)
    closing()
    void_round(open_round("Another", length=10), reason="The key to the answers was lost.")

    lines = AuditEvent.objects.order_by("pk")
    assert [line.action for line in lines] == ["sealing.opened", "sealing.closed", "sealing.opened", "sealing.voided"]
    assert {line.by for line in lines} == {None}
    assert lines[1].details == {"n": 1}


def test_handing_in_takes_five_statements_at_most(round, asked):
    amina = UserFactory()

    with asked() as statements:
        hand_in(round, who=amina, answer=YES)

    assert len(statements) <= 5, statements


def test_neither_a_mark_nor_a_sealed_answer_has_a_moment_or_an_order():
    for model, columns in ((Mark, {"id", "round", "person", "key"}), (Staged, {"id", "round", "box", "receipt"})):
        assert {field.name for field in model._meta.fields} == columns
        assert model._meta.pk.get_internal_type() == "UUIDField"


def test_marks_are_forgotten_90_days_after_the_end_and_their_number_stays(round, closing):
    handed_in(round, YES, NO)
    handed_in(open_round("Still open", length=200), YES)
    closing()

    with clock.at(clock.now() + dt.timedelta(days=89)):
        assert forget_marks() == 0
    with clock.at(clock.now() + dt.timedelta(days=91)):
        assert forget_marks() == 2

    round.refresh_from_db()
    assert round.answers == 2
    assert Mark.objects.count() == 1


def test_an_answer_stays_when_its_person_closes_their_account(round, closing):
    amina = UserFactory(name="Amina Shah")
    hand_in(round, who=amina, answer=YES)

    close_account(amina, by=amina)

    assert Mark.objects.get().person.name == ""
    assert closing() == [YES]


def test_somebodys_data_say_that_they_answered_and_not_what(round):
    amina = UserFactory()
    hand_in(round, who=amina, answer=YES)

    (section,) = [each for each in report(amina)["sections"] if "sealed" in each["what"]]

    assert [row.keys() for row in section["rows"]] == [{"round", "key"}]
    assert section["declared"][0]["what"] == "That you gave answers which are kept sealed, not what you answered"


def test_an_open_round_without_its_key_is_found(round):
    open_round("Another", length=10)
    assert rounds_without_key() == []

    lose(round)

    assert rounds_without_key() == [round]


def test_an_answer_that_was_taken_back_with_its_receipt_is_not_opened_and_may_be_given_again(round, closing):
    hand_in(round, who="amina", answer=YES, receipt="her receipt")
    hand_in(round, who="ben", answer=NO, receipt="his receipt")

    take_back(round, who="amina", receipt="her receipt")
    hand_in(round, who="amina", answer=NO, receipt="another receipt")

    assert closing() == [NO, NO]


@pytest.mark.parametrize("receipt", ["his receipt", "", "no receipt"])
def test_the_receipt_of_another_takes_nothing_back(round, receipt):
    hand_in(round, who="amina", answer=YES, receipt="her receipt")
    hand_in(round, who="ben", answer=NO, receipt="his receipt")

    with pytest.raises(Refused, match="receipt"):
        take_back(round, who="amina", receipt=receipt)

    assert Staged.objects.count() == Mark.objects.count() == 2


def test_once_a_round_has_closed_nothing_can_be_taken_back(round, closing):
    hand_in(round, who="amina", answer=YES, receipt="her receipt")
    closing()

    with pytest.raises(Refused, match="has closed"):
        take_back(round, who="amina", receipt="her receipt")


def test_what_stands_beside_a_sealed_answer_is_no_receipt(round):
    hand_in(round, who="amina", answer=YES, receipt="K7F2QDM4XP")

    assert len(Staged.objects.get().receipt) == 64
    assert "K7F2QDM4XP" not in Staged.objects.get().receipt
