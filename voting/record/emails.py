"""The message with the code of a vote's record."""

from django.conf import settings
from django.urls import reverse

from accounts.models import User
from outbox.kinds import Letter, kind
from voting.ballots.models import Ballot


@kind(
    "voting.record_code",
    "A vote has closed: the code of its record",
    about=lambda: Ballot.objects.select_related("event"),
    began="opened_at",
)
def record_code(ballot: Ballot, to: User | None, *, code: str) -> Letter:
    """The code as it was at the close, whatever the record says now; nothing of the result."""
    url = settings.BASE_URL + reverse("voting:record", args=[ballot.reference])
    return Letter("emails/vote_record_code", {"person": to, "ballot": ballot, "code": code, "url": url})
