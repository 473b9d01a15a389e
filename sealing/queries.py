"""Reads of rounds and of their keys."""

from core import key_folder
from core.key_folder import KeyLost
from sealing import boxes
from sealing.models import Round


def public_key(round: Round) -> bytes:
    """The key to seal with, as its private half says: one that was put into the database would be somebody else's.

    Raises KeyLost and KeyFolderUnusable where no answer could be opened later.
    """
    key = boxes.public_half(key_folder.read(round.key_name))
    if key != bytes(round.public_key):
        raise KeyLost(f"The key {round.key_name} is not the one that its round was opened with.")
    return key


def rounds_without_key() -> list[Round]:
    """The open rounds whose key is lost. Raises KeyFolderUnusable where that cannot be told."""
    return [round for round in Round.objects.filter(state=Round.State.OPEN) if _is_lost(round)]


def _is_lost(round: Round) -> bool:
    try:
        public_key(round)
    except KeyLost:
        return True
    return False
