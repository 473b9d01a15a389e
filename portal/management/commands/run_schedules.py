from typing import Any

from django.core.management.base import BaseCommand

from portal.status.operations import start_due_schedules


class Command(BaseCommand):
    help = "Queue what time has come for. Workers do so every minute; a timer may call it too, any number of times."

    def handle(self, **options: Any) -> None:
        for name in start_due_schedules():
            self.stdout.write(f"queued {name}")
