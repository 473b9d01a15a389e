"""Database triggers that refuse to change or delete a line of the audit trail or a link of its chain."""

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
_CHAIN = Unchanging(
    table="audit_chainlink",
    function="audit_chain_refuse",
    sentence="The chain of the audit trail is append-only.",
    sqlite={
        "audit_links_stay_as_they_are": "BEFORE UPDATE ON audit_chainlink",
        "audit_links_stay": "BEFORE DELETE ON audit_chainlink",
        "audit_links_are_not_replaced": (
            "BEFORE INSERT ON audit_chainlink WHEN EXISTS (SELECT 1 FROM audit_chainlink WHERE id = NEW.id)"
        ),
    },
    postgresql={
        "audit_links_stay": "BEFORE UPDATE OR DELETE ON audit_chainlink FOR EACH ROW",
        "audit_chain_stays": "BEFORE TRUNCATE ON audit_chainlink FOR EACH STATEMENT",
    },
)
install, remove = _TRAIL.install, _TRAIL.remove
install_on_chain, remove_from_chain = _CHAIN.install, _CHAIN.remove
