"""The content of a business case as it is put before the board, its hash, and who changed it since."""

import datetime as dt
from decimal import Decimal
from typing import Any

from audit.kinds import kind_of
from audit.models import AuditEvent
from core.content import digest_of
from core.words import at_moment, series
from projects.portfolio.models import BusinessCase, Project
from projects.sums.models import BASES, SUMS

# What the board reads of the project beside the case itself; it can be changed while the case waits.
OF_THE_PROJECT = {"title": "title", "summary": "summary", "lead_council": "lead council", "service": "service"}


def content_of(case: BusinessCase) -> dict[str, Any]:
    """What the board is asked to accept: the words, figures and bases of a case, and what its project says it is."""
    said = {name: _plain(getattr(case, name)) for name in ("version", "summary", *SUMS, *BASES)}
    project = {
        "title": case.project.title,
        "summary": case.project.summary,
        "lead": case.project.lead_council_id,
        "providing_tier": case.project.providing_tier,  # which decides the coverage, and of whom savings are promised
    }
    return {**said, "project": project}


def content_hash(case: BusinessCase) -> str:
    """The SHA-256 of that content, the same for the same content wherever it is computed."""
    return digest_of(content_of(case))


def launch_hash(case: BusinessCase, day: dt.date) -> str:
    """The SHA-256 of what a launch rests on: the accepted case as it is, whose decision it was, and the day."""
    return digest_of({"case": content_of(case), "decision": case.decision_number, "launched_on": day})


def _plain(value: Any) -> Any:
    """A value as it is hashed: £4.20 and £4.2 are the same."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value) if isinstance(value, int) else value


def who_changed(case: BusinessCase) -> str:
    """Who has changed what of a submitted case's project since it was handed in, the latest first; as a sentence."""
    lines = [
        (line, [words for name, words in OF_THE_PROJECT.items() if name in line.details.get("fields", ())])
        for line in _lines_about(case.project, "projects.changed_project").filter(at__gte=case.submitted_at)[:20]
    ]
    said = [f"{line.by or 'Somebody'} changed its {series(what)} {at_moment(line.at)}" for line, what in lines if what]
    return f"{series(said, most=3)}." if said else "Nobody is on record as having changed it."


def who_decided(case: BusinessCase) -> str:
    """Who wrote down the decision about a case and when, to follow a verb; empty where the trail does not say."""
    lines = _lines_about(case.project, "projects.accepted_case", "projects.rejected_case")
    line = lines.filter(details__version=case.version).first()
    return f"{line.by} wrote it down {at_moment(line.at)}" if line and line.by else ""


def who_wrote(case: BusinessCase) -> set[int]:
    """The keys of all who wrote this version, or rewrote its draft."""
    lines = _lines_about(case.project, "projects.drafted_case", "projects.changed_case")
    return {case.written_by_id, *lines.filter(details__version=case.version).values_list("by", flat=True)}


def _lines_about(project: Project, *actions: str):
    """The lines of the audit trail about a project with one of these actions, the latest first."""
    about = AuditEvent.objects.filter(about_kind=kind_of(project), about_key=str(project.pk), action__in=actions)
    return about.select_related("by").order_by("-at", "-pk")
