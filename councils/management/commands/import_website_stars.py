from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from audit.operations import log_action
from core.errors import Refused
from councils.register import read_table
from councils.stars import COMPARATOR_COLUMNS, STAR_COLUMNS, load_comparators, load_stars


class Command(BaseCommand):
    help = (
        "Add and change the stars that Better Connected gave councils' websites, a CSV with the columns gss, year, "
        "stars and source; with --comparators whom a source compares councils with, a CSV with the columns gss, "
        "comparator and source. Deletes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--comparators", action="store_true", help="the file says whom councils are compared with")
        parser.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")

    def handle(self, *args: str, file: Path, comparators: bool, dry_run: bool, **options: object) -> None:
        columns, load = (COMPARATOR_COLUMNS, load_comparators) if comparators else (STAR_COLUMNS, load_stars)
        try:
            with transaction.atomic():
                changes = load(read_table(file, columns))
                log_action("councils.stars_imported", by=None, file=file.name, changes=str(changes))
                transaction.set_rollback(dry_run)
        except Refused as refusal:
            raise CommandError(f"{refusal} Nothing was changed.") from refusal
        self.stdout.write(f"{'Would be: ' if dry_run else ''}{changes}")
