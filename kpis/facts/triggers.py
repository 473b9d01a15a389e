"""Database triggers that refuse to change what a fact card says, or to remove it."""

from core.unchanging import that_stays

STAYS = (
    "id", "question_id", "slug", "printed", "number", "number_to", "bound", "unit", "source", "source_url", "said_on",
    "said_to", "basis", "method", "note", "is_for_scale", "succeeds_id",
)  # fmt: skip

_CARDS = that_stays(
    "kpis_factcard",
    STAYS,
    sentence="A fact card stays as it is.",
    update="facts_stay_as_said",
    delete="facts_stay",
    replace="facts_are_not_replaced",
    truncate="facts_are_not_emptied",
    same="id = NEW.id OR slug = NEW.slug OR succeeds_id = NEW.succeeds_id",
)
install, remove = _CARDS.install, _CARDS.remove
