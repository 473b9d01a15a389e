"""The portal's own schedules."""

from datetime import timedelta

from django.core.management import call_command

from core.schedules import every
from portal.follows import operations as follows
from portal.queue import operations as queue
from portal.serving.content_version import forget_old_changes
from portal.status import operations


@every(minutes=1)
def take_back_tasks_of_dead_workers() -> None:
    operations.take_back_tasks_of_dead_workers()


@every(days=1, offset=timedelta(hours=3))
def forget_finished_tasks_and_changes() -> None:
    call_command("prune_db_task_results", "--min-age-days=14", verbosity=0)
    forget_old_changes()


@every(minutes=5)
def forget_ended_sessions() -> None:
    """Delete the sessions that have ended; some hold what a form said that waited for a code (`without_account`)."""
    call_command("clearsessions", verbosity=0)


@every(days=1, offset=timedelta(hours=2))
def forget_what_waits_no_more() -> None:
    queue.forget_what_waits_no_more()


@every(days=1, offset=timedelta(hours=4))
def mail_trail_digest() -> None:
    operations.mail_trail_digest()


@every(minutes=5)
def tell_at_once_what_moved() -> None:
    follows.tell_at_once()


@every(days=1, offset=timedelta(hours=5))
def ask_for_digests_of_follows() -> None:
    """Early enough for 7 o'clock in London, in summer too."""
    follows.ask_for_digests()
