from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.errors import Refused
from kpis.facts.operations import import_facts


class Command(BaseCommand):
    help = "Add the fact cards of a JSON file that are not there yet. Changes none: a second time adds nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path)

    def handle(self, *args: str, path: Path, **options: object) -> None:
        try:
            self.stdout.write(f"{import_facts(path)} added")
        except Refused as refusal:
            raise CommandError(f"{refusal}\nNothing was changed.") from refusal
