"""What case studies have to show on other records' pages."""

from typing import Any

from core.panels import Panel
from councils.models import Organisation
from publishing.evidence import evidence_level
from publishing.queries import case_studies_of


def case_studies_panel(council: Organisation, user: Any) -> Panel | None:
    """On a council's profile: its own case studies, then those of the councils it succeeded."""
    studies = [
        (study, evidence_level(study), study.council_id != council.pk) for study in case_studies_of(council, user)
    ]
    if not studies:
        return None
    own = [entry for entry in studies if not entry[2]]
    inherited = [entry for entry in studies if entry[2]]
    return Panel("publishing/council_panel.html", {"own": own, "inherited": inherited}, order=60)
