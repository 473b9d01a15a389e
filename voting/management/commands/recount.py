import subprocess
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from voting.models import Ballot
from voting.outcome.queries import recount
from voting.record.queries import bundle_of, code_of
from voting.record.views import VERIFIER


class Command(BaseCommand):
    help = (
        "Add up closed votes again from their rows and compare with the result and the code that were fixed at the "
        "close; or check a bundle with the program that anybody can download."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "references", nargs="*", help="Which votes, by reference; all closed ones if none is named; or a .json file"
        )
        parser.add_argument("--code", default="", help="Of a file: the code that was mailed at the close")

    def handle(self, *args: Any, **options: Any) -> None:
        files = [name for name in options["references"] if name.endswith(".json")]
        for name in files:
            self._check_file(Path(name), options["code"])
        if not files or len(files) < len(options["references"]):
            self._recount([name for name in options["references"] if name not in files])

    def _check_file(self, path: Path, code: str) -> None:
        command = [sys.executable, str(VERIFIER / "recount_bundle.py"), str(path), *filter(None, [code])]
        run = subprocess.run(command, capture_output=True, text=True)  # noqa: S603  # our own program
        if run.returncode:
            raise CommandError(f"{path} is not as it was, or was counted wrongly. {run.stderr.strip()[-500:]}")
        self.stdout.write(run.stdout.strip())

    def _recount(self, wanted: list[str]) -> None:
        ballots = Ballot.objects.filter(state__in=Ballot.ENDED).order_by("pk")
        if wanted:
            ballots = ballots.filter(reference__in=wanted)
            if missing := set(wanted) - set(ballots.values_list("reference", flat=True)):
                raise CommandError(f"No closed vote has the reference {', '.join(sorted(missing))}.")
        differing = [ballot.reference for ballot in ballots if not self._agrees(ballot)]
        if differing:
            raise CommandError(f"The recount differs for {', '.join(differing)}.")
        self.stdout.write(f"{len(ballots)} votes recounted; every result is confirmed by its rows.")

    def _agrees(self, ballot: Ballot) -> bool:
        again = recount(ballot)
        if again != ballot.result:
            self.stdout.write(f"{ballot.reference}: kept {ballot.result}, counted {again}")
            return False
        kept = code_of(ballot)
        code = bundle_of(ballot, list(ballot.options.all()))["code"]
        if kept and kept.code != code:
            self.stdout.write(f"{ballot.reference}: the code was {kept.code} at the close and is {code} now")
            return False
        return True
