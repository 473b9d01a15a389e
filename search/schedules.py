"""The schedules of search."""

import datetime as dt

from django.db.models import Q

from core import clock
from core.schedules import every
from search import follower, tasks
from search.models import Change, Cursor, SearchedWords
from search.receivers import announce
from search.saved import operations as saved
from search.sources import SOURCES

KEEP_CHANGES = dt.timedelta(days=14)
KEEP_SEARCHES = dt.timedelta(days=30)
MOST_AT_ONCE = 20_000
RENEWED_FOR = dt.timedelta(days=7)  # so that a worker that rests for some days leaves out nothing


@every(minutes=1)
def follow_what_was_missed() -> None:
    """Follow the log if tasks were lost, or for an engine that was unreachable."""
    tasks.ask_for_following()


@every(days=1, offset=dt.timedelta(minutes=5))
def renew_what_changes_with_the_day() -> None:
    """Log the rows with a day of the last week on which documents changed by itself, as where a council has ended."""
    today = clock.today()
    for source in SOURCES.values():
        came = Q(pk__in=[])
        for name in source.days:
            came |= Q(**{f"{name}__range": (today - RENEWED_FOR, today)})
        if source.days:
            announce(source.name, source.model._base_manager.filter(came).values_list("pk", flat=True))


@every(days=1, offset=dt.timedelta(hours=3))
def forget_old_changes() -> None:
    """Delete changes older than a fortnight, followed or not; an engine further behind rebuilds its index."""
    old = list(Change.objects.settled().filter(at__lt=clock.now() - KEEP_CHANGES)[:MOST_AT_ONCE])
    if old:
        place = {"transaction": old[-1].transaction, "position": old[-1].pk}
        Cursor.objects.update_or_create(engine=follower.PRUNED, defaults=place)
        Change.objects.filter(pk__in=[change.pk for change in old]).delete()


@every(days=1, offset=dt.timedelta(hours=3, minutes=40))
def check_indexes() -> None:
    """Compare the indexes with the rows at night, after what changes with the day was followed."""
    tasks.check_indexes.enqueue()


@every(days=1, offset=dt.timedelta(hours=3, minutes=10))
def forget_old_searches() -> None:
    """Delete what was searched for more than 30 days ago."""
    SearchedWords.objects.filter(day__lt=clock.today() - KEEP_SEARCHES).delete()


@every(days=7, offset=dt.timedelta(hours=5))
def ask_for_digests_of_saved_searches() -> None:
    """On Mondays, early enough for 7 o'clock in London, in summer too."""
    saved.ask_for_digests()
