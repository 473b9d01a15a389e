"""Reads of rounds, for whoever watches over the site."""

from core import key_folder
from core.key_folder import KeyLost
from sealing.models import Round


def rounds_without_key() -> list[Round]:
    """The open rounds whose key is lost. Raises KeyFolderUnusable where that cannot be told."""
    return [round for round in Round.objects.filter(state=Round.State.OPEN) if _is_lost(round)]


def _is_lost(round: Round) -> bool:
    try:
        key_folder.read(round.key_name)
    except KeyLost:
        return True
    return False
