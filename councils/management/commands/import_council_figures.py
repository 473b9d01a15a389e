from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from audit.operations import log_action
from core.errors import Refused
from councils.figures import FIGURE_COLUMNS, load_figures
from councils.register import read_table


class Command(BaseCommand):
    help = (
        "Add and change the population and rurality of councils from a published table, a CSV with the columns gss, "
        "population, rurality, source and as_at. Deletes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")

    def handle(self, *args: str, file: Path, dry_run: bool, **options: object) -> None:
        try:
            with transaction.atomic():
                changes = load_figures(read_table(file, FIGURE_COLUMNS))
                log_action("councils.figures_imported", by=None, file=file.name, changes=str(changes))
                transaction.set_rollback(dry_run)
        except Refused as refusal:
            raise CommandError(f"{refusal} Nothing was changed.") from refusal
        self.stdout.write(f"{'Would be: ' if dry_run else ''}{changes}")
