from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from voting.models import Ballot
from voting.outcome.queries import recount


class Command(BaseCommand):
    help = "Add up closed votes again from their rows and compare with the result that was fixed at the close."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("references", nargs="*", help="Which votes; all closed ones if none is named")

    def handle(self, *args: Any, **options: Any) -> None:
        ballots = Ballot.objects.filter(state__in=Ballot.ENDED).order_by("pk")
        if wanted := options["references"]:
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
        return again == ballot.result
