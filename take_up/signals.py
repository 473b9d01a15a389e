"""What speaks against a green rating of a project: promises that were missed."""

from collections.abc import Sequence

from core.words import since
from projects.models import Project
from projects.portfolio.suggestion import AMBER, Signal
from take_up.models import Benefit


def missed_promises(projects: Sequence[Project]) -> dict[int, list[Signal]]:
    """Amber for each promise of these projects that was missed, by the key of the project; one query for all."""
    missed = Benefit.objects.missed().filter(project__in=[project.pk for project in projects])
    found: dict[int, list[Signal]] = {}
    for promise in missed.select_related("project", "latest").order_by("due_on", "pk"):
        words = f"Promise missed {since(promise.missed_on)}: {promise.title}"
        if not promise.latest.explanation:
            words += ", not explained"
        found.setdefault(promise.project_id, []).append(Signal(AMBER, words, promise.get_absolute_url()))
    return found
