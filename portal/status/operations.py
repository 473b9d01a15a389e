"""The start of due schedules."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from core.schedules import discover
from portal import tasks
from portal.models import ScheduledRun

KEPT = dt.timedelta(days=8)


def start_due_schedules(moment: dt.datetime | None = None) -> list[str]:
    """Queue every schedule whose present slot nobody has taken yet; returns their names.

    The row for (schedule, slot) and the task commit together, so two workers never both run it and none is lost.
    """
    moment = moment or timezone.now()
    started = []
    slots = {name: schedule.slot(moment) for name, schedule in discover().items()}
    taken = set(ScheduledRun.objects.filter(slot__in=slots.values()).values_list("name", "slot"))
    for name, slot in slots.items():
        if (name, slot) in taken:
            continue
        with transaction.atomic():
            if ScheduledRun.objects.get_or_create(name=name, slot=slot)[1]:
                tasks.run_schedule.enqueue(name)
                started.append(name)
    if started:
        ScheduledRun.objects.filter(slot__lt=moment - KEPT).delete()
    return started
