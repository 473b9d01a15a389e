"""Rounds of answers that nobody can tie to a person afterwards: opened, handed in to, taken back, closed, or void.

The app whose answers they are keeps a key to its round and calls these:

    round = open_round("Feedback on a day", length=512)         # once
    hand_in(round, who=amina, answer={"would_recommend": True})
    close_round(round, write=lambda answers: Feedback.objects.bulk_create(Feedback(**each) for each in answers))

`write` gets all answers in a random order and stores them as rows of the app's own, without a key, an order or a moment
that could lead back. Whoever locks a row of their own as well locks it before they call. What a person answers stands
in no log, no audit line, no message and no task, and its form carries no form token, whose digest could be guessed.

The key folder is asked each time. A round whose answers cannot be opened stays as it is until it is voided.
"""

import datetime as dt
import secrets
from collections.abc import Callable
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.crypto import salted_hmac

from accounts.models import User
from audit.operations import log_action
from core import clock, key_folder
from core.errors import Refused
from core.key_folder import KeyFolderUnusable, KeyLost
from core.statements import built_once
from core.words import counted
from sealing import boxes
from sealing.models import Mark, Round, Staged
from sealing.queries import public_key

MARKS_KEPT = dt.timedelta(days=90)
NO_SUCH_RECEIPT = "No answers of yours have this receipt. Look at each letter again: receipts have no 0, 1, I or O."
SealedAnswer = dict[str, Any]
_chance = secrets.SystemRandom()


class CannotBeOpened(Exception):
    """Raised where the answers of a round cannot be opened, or not all; says why in a sentence. Nothing is written."""


@transaction.atomic
def open_round(title: str, *, length: int) -> Round:
    """A new round with a key of its own; `length` is the most bytes that an answer may have as JSON.

    Raises KeyFolderUnusable where its key cannot be kept.
    """
    round = Round(title=title, length=length, opened_at=clock.now())
    private_key = key_folder.make(round.key_name)
    if key_folder.read(round.key_name) != private_key:
        raise KeyFolderUnusable("The key folder does not give back what was written into it.")
    round.public_key = boxes.public_half(private_key)
    round.save(force_insert=True)
    log_action("sealing.opened", by=None, about=round)
    return round


@transaction.atomic(savepoint=False)
def hand_in(round: Round, *, who: User | str, answer: SealedAnswer, receipt: str = "") -> None:
    """Seal an answer, and mark that `who`, a person or a digest that stands for one, has given theirs.

    With a `receipt`, which the caller makes and keeps nowhere, it can be taken back until the round ends: only by the
    same `who`, since its digest, which stands beside the answer, is of both.

    The round's row is locked until the commit: an answer that was taken is among those that a close opens at the same
    moment, and one that comes later is refused. No audit line: its time could be matched with a person's session.
    A refusal undoes the transaction of its caller too: there is no savepoint, which would cost two statements more.

    Raises KeyLost and KeyFolderUnusable where the answer could not be opened, or by somebody else.
    """
    round = _locked(round)
    if not round.is_open:
        raise Refused("This has closed, so no more answers are taken.")
    try:
        box = boxes.sealed(answer, public_key=public_key(round), length=round.length)
    except boxes.TooLong:
        raise Refused("Your answers are too long to be kept. Shorten the longest one.") from None
    try:
        Mark.objects.create(round=round, **_mark_of(who))
    except IntegrityError:  # once each, by constraint: to ask first would be one more statement for everybody
        raise Refused("You have given your answers already.") from None
    Staged.objects.create(round=round, box=box, receipt=_digest(round, who, receipt) if receipt else "")


@transaction.atomic
def take_back(round: Round, *, who: User | str, receipt: str) -> None:
    """Delete the sealed answer with that receipt of `who`, and their mark, so that they may answer again.

    Under the lock of the round, as `hand_in`: an answer that was taken back is not among those that a close opens, and
    once the round has ended nothing is found any more. No audit line either.
    """
    round = _locked(round)
    if not round.is_open:
        raise Refused("This has closed, so no answers can be taken back. Nobody can find yours any more.")
    if not receipt or not is_receipt_of(round, who=who, receipt=receipt):
        raise Refused(NO_SUCH_RECEIPT, field="receipt")
    Staged.objects.filter(round=round, receipt=_digest(round, who, receipt)).delete()
    Mark.objects.filter(round=round, **_mark_of(who)).delete()


def is_receipt_of(round: Round, *, who: User | str, receipt: str) -> bool:
    """Whether `who` was given this receipt for an answer that is sealed in an open round."""
    return Staged.objects.filter(round=round, receipt=_digest(round, who, receipt)).exists()


def _digest(round: Round, who: User | str, receipt: str) -> str:
    """The digest of a receipt, of no use without the receipt, its round and whoever it was given to."""
    whose = f"person:{who.pk}" if isinstance(who, User) else f"key:{who}"
    return salted_hmac("sealing.receipt", f"{round.reference}:{whose}:{receipt}", algorithm="sha256").hexdigest()


def _mark_of(who: User | str) -> dict[str, User | str]:
    return {"person": who} if isinstance(who, User) else {"key": who}


@transaction.atomic
def close_round(round: Round, *, write: Callable[[list[SealedAnswer]], object]) -> Round:
    """Open all answers of a round, hand them to `write` in a random order, and destroy its key after the commit.

    A closed round stays as it is; a void one is refused. Raises CannotBeOpened where a key or an answer is lost, and
    KeyFolderUnusable where that cannot be told now; the round then stays open.
    """
    round = _locked(round)
    if round.state == Round.State.VOID:
        raise Refused("This round is void. Its answers are never opened.")
    if round.is_open:
        answers = _opened(round)
        _chance.shuffle(answers)
        write(answers)
        _end(round, Round.State.CLOSED)
        log_action("sealing.closed", by=None, about=round, n=round.answers)
    return round


@transaction.atomic
def void_round(round: Round, *, reason: str) -> Round:
    """End a round without opening its answers, which nobody can do from then on. Voiding twice changes nothing."""
    round = _locked(round)
    if round.state == Round.State.CLOSED:
        raise Refused("The answers of this round have been opened, so it cannot become void.")
    if round.is_open:
        _end(round, Round.State.VOID, reason=reason)
        log_action("sealing.voided", by=None, about=round, n=round.answers, reason=reason)
    return round


def destroy_keys() -> int:
    """Destroy the keys that are still there of rounds that have ended, and those of none; return how many were.

    As after a crash, or where what opened a round was undone. One that fails stops no other, and is tried again.
    """
    ended = Round.objects.filter(has_key=True).exclude(state=Round.State.OPEN)
    destroyed = sum(_destroy_key(round) for round in ended)
    still_needed = {round.key_name for round in Round.objects.filter(state=Round.State.OPEN)}
    return destroyed + key_folder.destroy_others(Round.KEY_PREFIX, keep=still_needed)


def forget_marks() -> int:
    """Delete the marks of rounds that ended 90 days ago: only their number stays."""
    return Mark.objects.filter(round__ended_at__lt=clock.now() - MARKS_KEPT).delete()[0]


def _locked(round: Round) -> Round:
    [round] = _round_to_change(round.pk)
    return round


@built_once
def _round_to_change(round: int) -> QuerySet[Round]:
    return Round.objects.select_for_update().filter(pk=round).order_by()


def _opened(round: Round) -> list[SealedAnswer]:
    """All answers of a locked round, if there is one for each mark and its key opens them."""
    staged = list(Staged.objects.filter(round=round).values_list("box", flat=True))
    marks = Mark.objects.filter(round=round).count()
    if len(staged) != marks:
        raise CannotBeOpened(f"{counted(marks, 'answer')} had been handed in, and {len(staged)} were found.")
    try:
        private_key = key_folder.read(round.key_name)
        return [boxes.opened(bytes(box), private_key=private_key) for box in staged]
    except KeyLost:
        raise CannotBeOpened("The key to the answers was lost.") from None
    except boxes.Damaged:
        raise CannotBeOpened("The key to the answers did not fit them.") from None


def _end(round: Round, state: str, *, reason: str = "") -> None:
    """End a locked round: its sealed answers go, and after the commit its key."""
    round.answers = Mark.objects.filter(round=round).count()
    round.state, round.reason, round.ended_at = state, reason, clock.now()
    Staged.objects.filter(round=round).delete()
    round.save(update_fields=["state", "reason", "ended_at", "answers"])
    transaction.on_commit(lambda: _destroy_key(round), robust=True)


def _destroy_key(round: Round) -> bool:
    """Destroy the key of an ended round and note it; False where it is to be tried again."""
    is_destroyed = key_folder.try_to_destroy(round.key_name)
    if is_destroyed:
        Round.objects.filter(pk=round.pk).update(has_key=False)
    return is_destroyed
