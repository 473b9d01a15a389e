"""The message about what the board decided on what a vote chose."""

from django.conf import settings
from django.db.models import QuerySet

from accounts.models import User
from outbox.kinds import Letter, kind
from steering.models import Decision
from voting.models import BallotProject


def _decisions() -> QuerySet[Decision]:
    return Decision.objects.select_related("business_case__project")


@kind("steering.vote_decided", "The board has decided on what your vote chose", about=_decisions, began="decided_on")
def vote_decided(decision: Decision, to: User | None) -> Letter | None:
    """To those who voted for what became the project: the decision on its business case."""
    project = decision.business_case.project
    made = BallotProject.objects.filter(project=project).select_related("ballot__event").first()
    if made is None:
        return None
    context = {
        "person": to,
        "decision": decision,
        "project": project,
        "ballot": made.ballot,
        "result": decision.get_result_display().lower(),
        "url": settings.BASE_URL + decision.get_absolute_url(),
    }
    return Letter("emails/vote_decided", context)
