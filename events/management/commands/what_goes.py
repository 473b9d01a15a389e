from django.core.management.base import BaseCommand, CommandParser

from events.models import Event
from events.whats_on.going import AHEAD, by_kind, goes_in_words, going


class Command(BaseCommand):
    help = "What the schedules would delete of the people of events tonight and in the days after. Deletes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--days", type=int, default=AHEAD, help="how many days to look ahead (default: %(default)s)"
        )

    def handle(self, *args: str, days: int, **options: object) -> None:
        found = going(Event.objects.all(), days=days)
        for what, kept, now, soon in by_kind(found):
            self.stdout.write(f"{what} ({kept}): {now} tonight, {soon} in the next {days} days")
        slugs = dict(Event.objects.filter(pk__in={each.event for each in found}).values_list("pk", "slug"))
        for each in found:
            self.stdout.write(f"{goes_in_words(each)}: {slugs[each.event]}: {each.what}: {each.number:,}")
