from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from audit import chain
from audit.models import AuditEvent, ChainLink
from audit.tasks import said_of_faults
from core.words import counted, moment_in_words


class Command(BaseCommand):
    help = "Compare the audit trail with its hash chain, and print each link whose lines are not as they were."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "digests", nargs="*", help="Digests that were mailed out: each must stand in the chain as it is now"
        )

    def handle(self, *, digests: list[str], **options: Any) -> None:
        problems = said_of_faults()
        for digest in digests:
            if link := ChainLink.objects.filter(digest=digest).first():
                self.stdout.write(f"{digest[:12]}… is of {link}, made on {moment_in_words(link.made_at)}")
            else:
                problems.append(f"{digest[:12]}… stands nowhere in the chain: it was made anew, or cut off.")
        for problem in problems:
            self.stdout.write(problem)
        if problems:
            raise CommandError(f"{counted(len(problems), 'fault')} found")
        last = chain.head()
        covered = last.up_to if last else 0
        waiting = AuditEvent.objects.filter(pk__gt=covered).count()
        self.stdout.write(
            f"{counted(ChainLink.objects.count(), 'link')}, no fault; {counted(waiting, 'line')} not chained yet"
        )
