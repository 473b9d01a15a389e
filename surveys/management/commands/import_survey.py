from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from core.errors import Refused
from surveys.waves.operations import import_survey


class Command(BaseCommand):
    help = (
        "Load a wave of the annual survey from its file, or all of a folder: questionnaire, figures with their counts, "
        "response, organisations. A second time changes nothing. docs/survey-files.md says what stands in the files."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")

    def handle(self, *args: str, path: Path, dry_run: bool, **options: object) -> None:
        try:
            with transaction.atomic():
                loaded = import_survey(path)
                transaction.set_rollback(dry_run)
        except Refused as refusal:
            raise CommandError(f"{refusal}\nNothing was changed.") from refusal
        self.stdout.write(f"{'Would be: ' if dry_run else ''}{loaded}")
