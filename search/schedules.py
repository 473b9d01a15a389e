"""The schedules of search."""

import datetime as dt

from core import clock
from core.schedules import every
from search import follower, tasks
from search.models import Change, Cursor

KEEP_CHANGES = dt.timedelta(days=14)
MOST_AT_ONCE = 20_000


@every(minutes=1)
def follow_what_was_missed() -> None:
    """Follow the log if tasks were lost, or for an engine that was unreachable."""
    tasks.ask_for_following()


@every(days=1, offset=dt.timedelta(hours=3))
def forget_old_changes() -> None:
    """Delete changes older than a fortnight, followed or not; an engine further behind rebuilds its index."""
    old = list(Change.objects.settled().filter(at__lt=clock.now() - KEEP_CHANGES)[:MOST_AT_ONCE])
    if old:
        place = {"transaction": old[-1].transaction, "position": old[-1].pk}
        Cursor.objects.update_or_create(engine=follower.PRUNED, defaults=place)
        Change.objects.filter(pk__in=[change.pk for change in old]).delete()
