from collections.abc import Iterator, Mapping
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from accounts.models import User
from core.errors import Refused
from core.sent_tables import OR_WINDOWS, lines_of
from kpis.indicators.operations import import_returns
from kpis.indicators.reading import COLUMNS, LABELS, NEEDED, FiguresRefused

MOST_ROWS = 100_000
MOST_FAULTS = 100
TOLD_EVERY = 10_000  # rows


class Command(BaseCommand):
    help = (
        "Take in a CSV of many councils’ figures: the columns of a council’s own table, and “council” with its address "
        f"on the portal. Up to {MOST_ROWS:,} rows, all or none. A second time changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path)
        parser.add_argument("--by", required=True, metavar="EMAIL", help="in whose name they are returned")
        parser.add_argument("--reason", default="", help="why what stands is corrected, for rows that do not say")
        parser.add_argument("--source", default="", help="where the figures come from")
        parser.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")

    def handle(
        self, *args: str, path: Path, by: str, reason: str, source: str, dry_run: bool, **options: object
    ) -> None:
        person = User.objects.filter(email__iexact=by, is_active=True).first()
        if person is None:
            raise CommandError(f"Nobody has an account with the address {by}.")
        try:
            with transaction.atomic():
                kept = import_returns(self._rows(path), by=person, reason=reason, source=source)
                transaction.set_rollback(dry_run)
        except FiguresRefused as refusal:
            told = [f"Line {each.row}, {LABELS[each.column].lower()}: {each.sentence}" for each in refusal.faults]
            more = [f"… and {len(told) - MOST_FAULTS:,} more."] if len(told) > MOST_FAULTS else []
            raise CommandError("\n".join([*told[:MOST_FAULTS], *more, str(refusal)])) from refusal
        except ValidationError as problem:
            raise CommandError(f"{' '.join(problem.messages)} Nothing was saved.") from problem
        except (Refused, OSError) as problem:
            raise CommandError(f"{problem} Nothing was saved.") from problem
        self.stdout.write(f"{'Would be: ' if dry_run else ''}{kept:,} new or changed")

    def _rows(self, path: Path) -> Iterator[tuple[int, Mapping[str, str]]]:
        """The lines of the file; says how far it is."""
        lines = lines_of(
            path.read_bytes(),
            columns=("council", *COLUMNS),
            needed=("council", *NEEDED),
            most=MOST_ROWS,
            encodings=OR_WINDOWS,
            whole=True,
        )
        for count, line in enumerate(lines, 1):
            if count % TOLD_EVERY == 0:
                self.stderr.write(f"{count:,} rows read")
            yield line
