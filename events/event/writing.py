"""How often somebody may have the portal write to addresses that people type, which nobody has confirmed."""

import datetime as dt

from accounts.models import User
from audit.models import AuditEvent
from audit.owners import done_by
from core import clock
from core.errors import Refused

MOST_A_DAY = 40  # by one person, whatever the event
A_DAY = dt.timedelta(days=1)
# Each line of the audit trail is one mail asked for; taking an offer or an invitation back leaves the line.
ACTS = ("events.invited_address", "events.offered_place", "events.asked_organiser")


def refuse_more_addresses(by: User, *, field: str) -> None:
    """Refuse one more mail to a typed address, beside `field`, to whoever has asked for MOST_A_DAY within a day."""
    # The asker's row is the lock: what they ask for at several events at once is counted one after the other.
    User.objects.select_for_update().get(pk=by.pk)
    asked = AuditEvent.objects.filter(done_by(by.pk), action__in=ACTS, at__gt=clock.now() - A_DAY)
    if asked.count() >= MOST_A_DAY:
        raise Refused(
            f"We have written to {MOST_A_DAY} addresses for you within a day. Try again tomorrow.", field=field
        )
