"""What case studies have to show on other records' pages."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Window

from core.panels import Panel
from councils.models import Organisation
from projects.models import Need
from publishing.evidence import evidence_level
from publishing.permissions import can_take_answer_off, councils_to_answer_for
from publishing.queries import answers_to, case_studies_of, lines_of

# More of them are a list of their own.
SHOWN = 8
# What has been done about one need: the page stays readable however many say so.
MOST_ANSWERS = 30


def done_elsewhere(need: Need, user: Any) -> Panel | None:
    """On a need's page: what councils have done about it, each with a link to take it off for those who may."""
    found = list(answers_to(need, user)[: MOST_ANSWERS + 1])
    answers = [(answer, can_take_answer_off(user, answer)) for answer in found[:MOST_ANSWERS]]
    context = {"need": need, "answers": answers, "there_are_more": len(found) > len(answers)}
    return Panel("publishing/done_elsewhere.html", context, order=20) if answers else None


def we_have_done_this(need: Need, user: Any) -> Panel | None:
    """Beside a need's main action: the link to say so, for councils that did not raise it; strangers sign in first."""
    may = need.state == Need.State.OPEN and (not user.is_authenticated or councils_to_answer_for(user, need))
    return Panel("publishing/done_link.html", {"need": need}, place="actions") if may else None


def case_studies_panel(council: Organisation, user: Any) -> Panel | None:
    """On a council's profile: its own newest case studies, then those of councils that it took over whole."""
    found = case_studies_of(council, user)
    pages = list(lines_of(found).annotate(total=Window(Count("pk")))[:SHOWN])
    if not pages:
        return None
    studies = [(page, evidence_level(page)) for page in pages]
    total = pages[0].total
    context = {
        "own": [entry for entry in studies if entry[0].council_id == council.pk],
        "inherited": [entry for entry in studies if entry[0].council_id != council.pk],
        "total": total,
        "all_url": f"/case-studies/?{urlencode({'council': council.slug})}" if total > SHOWN else "",
    }
    return Panel("publishing/council_panel.html", context, order=60)
