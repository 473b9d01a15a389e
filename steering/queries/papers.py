"""The papers of a meeting without their content, and the readings that the board is told of."""

from django.db.models import QuerySet

from audit.kinds import kind_of
from audit.models import AuditEvent
from steering.models import Meeting, Paper

MOST = 20
READ = "steering.paper_read"


def papers_of(meeting: Meeting) -> list[Paper]:
    """All papers of a meeting, restricted ones too: what is public of each, and never its content. One query."""
    return list(meeting.papers.defer("content"))


def readings_of(meeting: Meeting) -> QuerySet[AuditEvent]:
    """Readings of its restricted papers by somebody who only keeps the site, the latest first."""
    about = AuditEvent.objects.filter(action=READ, about_kind=kind_of(meeting), about_key=str(meeting.pk))
    return about.select_related("by").order_by("-at", "-pk")[:MOST]
