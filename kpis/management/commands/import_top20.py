from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from core.errors import Refused
from kpis.volumes.operations import TOP_20, import_top20


class Command(BaseCommand):
    help = (
        "Take in the 20 largest transactions of 2012 from their file, by default the one that comes with the portal. "
        "Points where a comma was meant are read and told. A second time changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, nargs="?", default=TOP_20)
        parser.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")

    def handle(self, *args: str, file: Path, dry_run: bool, **options: object) -> None:
        try:
            with transaction.atomic():
                taken_in = import_top20(file)
                transaction.set_rollback(dry_run)
        except Refused as refusal:
            raise CommandError(f"{refusal} Nothing was changed.") from refusal
        self.stdout.write(f"{'Would be: ' if dry_run else ''}{taken_in}")
