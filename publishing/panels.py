"""What case studies have to show on other records' pages."""

from typing import Any
from urllib.parse import urlencode

from core.panels import Panel
from councils.models import Organisation
from publishing.evidence import evidence_level
from publishing.queries import case_studies_of, lines_of

# More of them are a list of their own.
SHOWN = 8


def case_studies_panel(council: Organisation, user: Any) -> Panel | None:
    """On a council's profile: its own newest case studies, then those of the councils it succeeded."""
    found = case_studies_of(council, user)
    pages = list(lines_of(found)[: SHOWN + 1])
    if not pages:
        return None
    studies = [(page, evidence_level(page)) for page in pages[:SHOWN]]
    context = {
        "own": [entry for entry in studies if entry[0].council_id == council.pk],
        "inherited": [entry for entry in studies if entry[0].council_id != council.pk],
        "total": found.count() if len(pages) > SHOWN else len(pages),
        "all_url": f"/case-studies/?{urlencode({'council': council.slug})}" if len(pages) > SHOWN else "",
    }
    return Panel("publishing/council_panel.html", context, order=60)
