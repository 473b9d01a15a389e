from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import User
from assets_registry.bulk import UnreadableSource, records_of
from assets_registry.operations import import_assets
from assets_registry.operations.importing import ImportTally
from core.progress import progress_bar
from councils.models import Organisation


class Command(BaseCommand):
    help = (
        "Enter the publiccode.yml files of a folder, a zip or a catalogue’s JSON as drafts of one owner. What came in "
        "before is skipped where it has not changed, so a run that was broken off is simply started again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("source", type=Path)
        parser.add_argument("--owner", required=True, help="the last part of the address of the owner’s page")
        parser.add_argument("--by", required=True, help="the e-mail address of one of its contributors")

    def handle(self, *args: str, source: Path, owner: str, by: str, **options: Any) -> None:
        organisation = Organisation.objects.filter(slug=owner).first()
        person = User.objects.filter(email__iexact=by, is_active=True).first()
        if not organisation or not person:
            raise CommandError(f"There is no {'owner' if not organisation else 'account'} {owner if person else by}.")
        tally = ImportTally()
        try:
            total, records = records_of(source)
            for tally in import_assets(records, owner=organisation, by=person):
                for fault in tally.faults:
                    self.stderr.write(str(fault))
                self.stdout.write(progress_bar(tally.done, total))
        except (UnreadableSource, PermissionDenied) as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(
            f"{tally.registered:,} registered, {tally.changed:,} changed, {tally.unchanged:,} unchanged, "
            f"{tally.refused:,} refused."
        )
