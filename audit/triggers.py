"""Database triggers that refuse to change or delete a line of the audit trail."""

from core.unchanging import Unchanging

SENTENCE = "The audit trail is append-only."

_TRAIL = Unchanging(
    table="audit_auditevent",
    function="audit_refuse",
    sentence=SENTENCE,
    sqlite={
        "audit_lines_stay_as_they_are": "BEFORE UPDATE ON audit_auditevent",
        "audit_lines_stay": "BEFORE DELETE ON audit_auditevent",
        # INSERT OR REPLACE would remove a line without the DELETE trigger hearing of it.
        "audit_lines_are_not_replaced": (
            "BEFORE INSERT ON audit_auditevent WHEN EXISTS (SELECT 1 FROM audit_auditevent WHERE id = NEW.id)"
        ),
    },
    postgresql={
        "audit_lines_stay": "BEFORE UPDATE OR DELETE ON audit_auditevent FOR EACH ROW",
        "audit_trail_stays": "BEFORE TRUNCATE ON audit_auditevent FOR EACH STATEMENT",
    },
)
install, remove = _TRAIL.install, _TRAIL.remove
