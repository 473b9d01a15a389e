from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from audit.operations import log_action
from core.errors import Refused
from councils.models import EmailDomain, Organisation
from councils.register import CODE_COLUMNS, COUNCIL_COLUMNS, load_councils, read_table

MOST_ENDED = 0.1


class Command(BaseCommand):
    help = (
        "Add, change and end councils as a CSV says (columns as in councils/reference/councils.csv; it may lack "
        "code and county). Deletes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")
        parser.add_argument("--force", action="store_true", help="even if it ends more than a tenth of the councils")

    def handle(self, *args: str, file: Path, dry_run: bool, force: bool, **options: object) -> None:
        try:
            with transaction.atomic():
                changes = load_councils(
                    Organisation,
                    EmailDomain,
                    read_table(file, COUNCIL_COLUMNS, CODE_COLUMNS),
                    most_ended=1.0 if force else MOST_ENDED,
                )
                log_action("councils.list_imported", by=None, file=file.name, changes=str(changes))
                transaction.set_rollback(dry_run)
        except Refused as refusal:
            raise CommandError(f"{refusal} Nothing was changed.") from refusal
        for word in ("added", "changed", "ended"):
            for name in getattr(changes, word):
                self.stdout.write(f"{word}: {name}")
        self.stdout.write(f"{'Would be: ' if dry_run else ''}{changes}")
