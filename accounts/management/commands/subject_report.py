import json

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.personal_data import report
from accounts.queries import person_at
from audit.operations import log_action


class Command(BaseCommand):
    help = "Everything the site holds about the person with this address, as JSON, for a subject access request."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: str, email: str, **options: object) -> None:
        person = person_at(email)
        if person is None:
            raise CommandError(f"Nobody has the address {email}.")
        log_action("accounts.data_reported", by=None, about=person)
        self.stdout.write(json.dumps(report(person), indent=2, ensure_ascii=False))
