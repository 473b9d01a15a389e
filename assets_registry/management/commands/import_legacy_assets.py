from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import User
from assets_registry.legacy.reading import COLUMNS, import_legacy
from core.errors import Refused


class Command(BaseCommand):
    help = (
        f"Enter assets from a CSV with {', '.join(COLUMNS)} as legacy, unverified. Bad rows are reported, the others "
        "go in; what stands already is left as it is."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--by", required=True, help="E-mail address of the editor or secretary who enters them")

    def handle(self, *args: Any, file: Path, by: str, **options: Any) -> None:
        person = User.objects.filter(email__iexact=by, is_active=True).first()
        if person is None:
            raise CommandError(f"Nobody has the address {by}.")
        try:
            done = import_legacy(file, by=person)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        for line, reason in done.bad:
            self.stderr.write(f"{file.name}, line {line}: {reason}")
        self.stdout.write(f"{len(done.added)} entered, {done.known} there already, {len(done.bad)} not entered.")
