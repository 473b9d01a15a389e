from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from audit.operations import log_action
from core.errors import Refused
from councils.models import Service
from councils.register import SERVICE_COLUMNS, load_services, read_table


class Command(BaseCommand):
    help = "Add and change services by LGSL number from a CSV with lgsl, name, providing_tier. Deletes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")

    def handle(self, *args: str, file: Path, dry_run: bool, **options: object) -> None:
        try:
            with transaction.atomic():
                changes = load_services(Service, read_table(file, SERVICE_COLUMNS))
                log_action("councils.services_imported", by=None, file=file.name, added=len(changes.added))
                transaction.set_rollback(dry_run)
        except Refused as refusal:
            raise CommandError(f"{refusal} Nothing was changed.") from refusal
        self.stdout.write(f"{'Would be: ' if dry_run else ''}{changes}")
