"""Workers that live and workers that died, and the start of due schedules."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from accounts.permissions import holders_of
from accounts.roles import Role
from audit import chain
from core import clock
from core.jobs import take_back_lost_tasks
from core.schedules import discover
from outbox.operations import queue_message
from portal import tasks
from portal.models import ScheduledRun, Worker
from portal.status.emails import trail_digest

KEPT = dt.timedelta(days=8)


def note_alive(worker: str) -> None:
    """Note a worker's sign of life."""
    row = Worker(name=worker, seen_at=clock.now())
    Worker.objects.bulk_create([row], update_conflicts=True, unique_fields=["name"], update_fields=["seen_at"])


def take_back_tasks_of_dead_workers() -> int:
    """Queue the tasks of workers again that have given no sign of life for a minute; returns how many."""
    Worker.objects.filter(seen_at__lt=clock.now() - KEPT).delete()
    return take_back_lost_tasks(seen=dict(Worker.objects.values_list("name", "seen_at")))


def mail_trail_digest() -> None:
    """Send the secretariat the last digest of the audit trail, once for each link, to keep outside the site."""
    if link := chain.head():
        queue_message(trail_digest, link, to=holders_of(Role.SECRETARIAT), key=link.digest[:32])


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
