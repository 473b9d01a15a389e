"""Those who answer for a promise are asked at 6, 12 and 24 months what came of it."""

import datetime as dt

from django.db import transaction

from core import clock
from core.months import months_after
from core.schedules import do_each
from outbox.operations import queue_message
from take_up import emails
from take_up.models import FOLLOW_UPS, Benefit
from take_up.operations.benefit.shared import who_answers_for
from take_up.queries.follow_ups import follow_ups

ASKED_FOR = dt.timedelta(days=30)  # so long after a follow-up's day a reminder of it may still be sent


def remind_of_follow_ups() -> int:
    """Write to those who answer for a promise once at 6, 12 and 24 months, where nothing was measured; of how many."""
    today = clock.today()
    latest = today - ASKED_FOR
    # The longest follow-up may begin with a launch after the promise was made.
    living = Benefit.objects.filter(claimed_on__gt=clock.LAST_DAY_OF_THE_RECORD, claimed_on__lte=today)
    # A published case study asks its council itself, so many months after it was published.
    living = living.exclude(origin=Benefit.Origin.CASE_STUDY)
    promises = living.select_related("project__lead_council", "adoption__council", "adoption__asset", "recorded_by")
    due = []
    for promise in promises.prefetch_related("measurements").order_by("pk").iterator(chunk_size=500):
        last = months_after(promise.followed_from, FOLLOW_UPS[-1])
        if months_after(promise.followed_from, FOLLOW_UPS[0]) > today or last < latest:
            continue
        asked = [each for each in follow_ups(promise, promise.measurements.all()) if each.is_asked]
        due += [(promise, each.months) for each in asked if each.day > latest]
    return do_each(_remind, due)


@transaction.atomic
def _remind(due: tuple[Benefit, int]) -> bool:
    promise, months = due
    queue_message(emails.promise_due, promise, to=who_answers_for(promise), key=f"after {months} months", months=months)
    return True
