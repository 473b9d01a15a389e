"""Database triggers that refuse to change what a published pack says, or to remove it.

Its PDF, which is made later, may change: it is made from what stays.
"""

from core.unchanging import Unchanging

STAYS = ("meeting_id", "version", "correction", "content", "sha256", "frozen_at")


def _differs(operator: str) -> str:
    return " OR ".join(f"OLD.{column} {operator} NEW.{column}" for column in STAYS)


_PACKS = Unchanging(
    table="steering_pack",
    function="steering_pack_refuse",
    sentence="A published pack stays as it is.",
    sqlite={
        "packs_stay_as_published": f"BEFORE UPDATE ON steering_pack WHEN {_differs('IS NOT')}",
        "packs_stay": "BEFORE DELETE ON steering_pack",
        # INSERT OR REPLACE would remove a pack without the DELETE trigger hearing of it.
        "packs_are_not_replaced": (
            "BEFORE INSERT ON steering_pack WHEN EXISTS (SELECT 1 FROM steering_pack WHERE id = NEW.id "
            "OR (meeting_id = NEW.meeting_id AND version = NEW.version))"
        ),
    },
    postgresql={
        "packs_stay_as_published": (
            f"BEFORE UPDATE ON steering_pack FOR EACH ROW WHEN ({_differs('IS DISTINCT FROM')})"
        ),
        "packs_stay": "BEFORE DELETE ON steering_pack FOR EACH ROW",
    },
)
install, remove = _PACKS.install, _PACKS.remove
