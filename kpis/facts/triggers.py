"""Database triggers that refuse to change what a fact card says, or to remove it."""

from core.unchanging import Unchanging

STAYS = (
    "id", "question_id", "slug", "printed", "number", "number_to", "bound", "unit", "source", "source_url", "said_on",
    "said_to", "basis", "method", "note", "is_for_scale", "succeeds_id",
)  # fmt: skip


def _differs(operator: str) -> str:
    return " OR ".join(f"OLD.{column} {operator} NEW.{column}" for column in STAYS)


_CARDS = Unchanging(
    table="kpis_factcard",
    function="kpis_factcard_refuse",
    sentence="A fact card stays as it is.",
    sqlite={
        "facts_stay_as_said": f"BEFORE UPDATE ON kpis_factcard WHEN {_differs('IS NOT')}",
        "facts_stay": "BEFORE DELETE ON kpis_factcard",
        # INSERT OR REPLACE would remove a card without the DELETE trigger hearing of it.
        "facts_are_not_replaced": (
            "BEFORE INSERT ON kpis_factcard WHEN EXISTS "
            "(SELECT 1 FROM kpis_factcard WHERE id = NEW.id OR slug = NEW.slug OR succeeds_id = NEW.succeeds_id)"
        ),
    },
    postgresql={
        "facts_stay_as_said": (f"BEFORE UPDATE ON kpis_factcard FOR EACH ROW WHEN ({_differs('IS DISTINCT FROM')})"),
        "facts_stay": "BEFORE DELETE ON kpis_factcard FOR EACH ROW",
    },
)
install, remove = _CARDS.install, _CARDS.remove
