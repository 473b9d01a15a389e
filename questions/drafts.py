"""Encrypted drafts: what is saved of a sealed set before it is handed in. Their key lives outside the database."""

import json

from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from core import key_folder
from core.errors import Refused
from questions.checking import Answers
from questions.models import AnswerSheet, QuestionSet

UNREADABLE = (key_folder.KeyLost, key_folder.KeyFolderUnusable)
PREFIX = "drafts-"
BLOCK = 4096  # bytes; a draft's length says no more than how many of these it fills


def _name(question_set: QuestionSet) -> str:
    return f"{PREFIX}{question_set.reference}"


def make_key(question_set: QuestionSet) -> None:
    """Make the key of a set's drafts, in place of one that an opening left which was undone."""
    try:
        key_folder.make(_name(question_set))
    except FileExistsError:
        key_folder.destroy(_name(question_set))
        key_folder.make(_name(question_set))


def destroy_key(question_set: QuestionSet) -> None:
    """Destroy the key, so that no copy of a draft can be read any more."""
    key_folder.destroy(_name(question_set))


def destroy_keys() -> int:
    """Destroy the keys that are still there though no set that is open needs them; return how many were.

    As after a crash, or where what opened a set was undone.
    """
    still_open = QuestionSet.objects.filter(is_sealed=True, opened_at__isnull=False, closed_at=None)
    return key_folder.destroy_others(PREFIX, keep={_name(each) for each in still_open})


def sealed(question_set: QuestionSet, answers: Answers) -> bytes:
    """The answers encrypted with the key of the set's drafts."""
    plain = json.dumps(answers).encode()
    try:
        box = SecretBox(key_folder.read(_name(question_set)))
    except UNREADABLE as lost:
        raise Refused("Your answers cannot be saved for later at present. You can still hand them in.") from lost
    return box.encrypt(plain + b" " * (-len(plain) % BLOCK))


def answers_on(sheet: AnswerSheet) -> Answers | None:
    """The answers on a sheet; None for an encrypted draft that cannot be read, so that its page can say so."""
    if sheet.sealed is None:
        return sheet.answers or {}
    try:
        box = SecretBox(key_folder.read(_name(sheet.set)))
        return json.loads(box.decrypt(bytes(sheet.sealed)))
    except (*UNREADABLE, CryptoError):
        return None
