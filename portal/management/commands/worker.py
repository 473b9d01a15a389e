import logging
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from core.connections import keep_connections
from core.jobs import take_back_lost_tasks
from core.wake import Calls
from outbox.sender import Sender
from portal.status.operations import note_alive
from portal.status.timekeeper import Timekeeper


class Command(BaseCommand):
    help = "Do the slow work: tasks and mail from the database as they come, schedules every minute."
    requires_system_checks = []  # they look at the code, as `make check` does, and would import every page

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--worker-id", default=get_random_string(32), help="Names the worker in its tasks' rows")
        parser.add_argument(
            "--interval",
            type=float,
            default=0.5,
            help="Seconds between looks at an empty queue, should nothing wake it",
        )
        parser.add_argument("--no-schedules", action="store_true", help="Keep no time")
        parser.add_argument("--no-mail", action="store_true", help="Send no mail")

    def handle(self, *, worker_id: str, interval: float, no_schedules: bool, no_mail: bool, **options: Any) -> None:
        keep_connections()
        worker_id = worker_id[:64]  # as long a name as rows keep
        worker = Worker(
            queue_names=["*"],
            interval=interval,
            batch=True,  # until the queue is empty; then we wait, and can be woken
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=worker_id,
            excluded_queue_names=[],
        )
        worker.configure_signals()
        # Another worker of the same name is an earlier one that died.
        take_back_lost_tasks(worker_id=worker_id)
        note_alive(worker_id)
        timekeeper = Timekeeper(worker_id, starts_schedules=not no_schedules)
        sender = Sender(worker_id, interval)
        # It would say twice a second that there is nothing to do.
        logging.getLogger("django_tasks_db").setLevel(logging.WARNING)
        calls = Calls()
        try:
            timekeeper.start()
            if not no_mail:
                sender.start()
            while worker.running:
                worker.run()
                if worker.running:
                    calls.wait(interval)
        finally:
            sender.stop()
            timekeeper.stop()
