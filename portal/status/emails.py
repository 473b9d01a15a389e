"""The words of the mails about the site's own state."""

from accounts.models import User
from audit.models import ChainLink
from outbox.kinds import Letter, kind


@kind("portal.trail_digest", "The digest of the audit trail, each day", about=ChainLink, can_be_turned_off=True)
def trail_digest(link: ChainLink, to: User | None) -> Letter:
    """The digest to keep outside the site, and how to compare the trail with it."""
    return Letter("emails/trail_digest", {"link": link})
