"""Database triggers that refuse to change what a published pack says, or to remove it.

Its PDF, which is made later, may change: it is made from what stays.
"""

from core.unchanging import that_stays

STAYS = ("meeting_id", "version", "correction", "content", "sha256", "frozen_at")

_PACKS = that_stays(
    "steering_pack",
    STAYS,
    sentence="A published pack stays as it is.",
    update="packs_stay_as_published",
    delete="packs_stay",
    replace="packs_are_not_replaced",
    truncate="packs_are_not_emptied",
    same="id = NEW.id OR (meeting_id = NEW.meeting_id AND version = NEW.version)",
)
install, remove = _PACKS.install, _PACKS.remove
