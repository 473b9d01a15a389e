import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.words import counted
from kpis.reach.operations import DATA, import_reach


class Command(BaseCommand):
    help = (
        "Load what is counted of the campaign’s reach, with its definitions, and the numbers of a file. What stands "
        "already stays as it is."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path, nargs="?", default=DATA)

    def handle(self, *args: str, path: Path, **options: object) -> None:
        try:
            new = import_reach(path)
        except (OSError, json.JSONDecodeError, KeyError, ValueError) as problem:
            raise CommandError(f"{path} is not such a file: {problem}. Nothing was changed.") from problem
        self.stdout.write(f"{counted(new, 'row')} new.")
