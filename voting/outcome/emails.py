"""The message about what came of a vote."""

from django.conf import settings
from django.urls import reverse

from accounts.models import User
from outbox.kinds import Letter, kind
from voting.ballots.models import Ballot


@kind(
    "voting.outcome",
    "What happened to your vote",
    about=lambda: Ballot.objects.select_related("event"),
    began="opened_at",
)
def what_happened(ballot: Ballot, to: User | None, *, how: str) -> Letter | None:
    """What was decided, why and who acts next, as it stands when it is sent; `how` is a word of `ToTell.groups`."""
    if not ballot.outcome:
        return None
    url = settings.BASE_URL + reverse("voting:results", args=[ballot.reference])
    return Letter("emails/vote_outcome", {"person": to, "ballot": ballot, "how": how, "url": url})
