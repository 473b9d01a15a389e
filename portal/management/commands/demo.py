import shutil
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from portal.demo import programme
from projects.models import Need


class Command(BaseCommand):
    help = (
        "Bring the database up to date and build the demo programme in it: 2013 to 2015 as it was, and a small one of "
        "today to try things on."
    )
    requires_system_checks = []  # they look at the code, as `make check` does

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="Do nothing where there are records already")
        parser.add_argument("--afresh", action="store_true", help="Empty the database first")

    def handle(self, *, if_empty: bool, afresh: bool, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("The demo programme is for demonstrations: set DEMO=1")
        if afresh:
            empty_the_database()
        began = time.monotonic()
        call_command("migrate", verbosity=0)
        if Need.objects.exists():
            if if_empty:
                return
            raise CommandError("There are records already. To replace them all: make demo")
        self.stdout.write(f"  Database: {time.monotonic() - began:.0f} s")
        began = time.monotonic()
        programme.build(self.stdout.write)
        count_rows_anew()
        self.stdout.write(f"  Demo programme built in {time.monotonic() - began:.0f} s")


def count_rows_anew() -> None:
    """Have PostgreSQL count its rows, since a query planned for tables that were empty takes minutes on full ones."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def empty_the_database() -> None:
    """Drop every table, with the index, mails and pictures. The audit trail cannot be deleted in any other way."""
    if connection.vendor == "sqlite":
        connection.close()
        for suffix in ("", "-wal", "-shm"):
            Path(f"{connection.settings_dict['NAME']}{suffix}").unlink(missing_ok=True)
    else:
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    for folder in (settings.SEARCH_INDEX, settings.PORTAL_DATA / "mail", settings.MEDIA_ROOT):
        shutil.rmtree(folder, ignore_errors=True)
