from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search import drift, tasks
from search.engines import engines
from search.port import Unreachable

MOST_SHOWN = 20


class Command(BaseCommand):
    help = "Compare the search indexes with the rows, and print what they lack, hold as it was, or should not hold."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--mend", action="store_true", help="Have what differs followed anew, then compared again")

    def handle(self, *, mend: bool, **options: Any) -> None:
        problems = []
        for engine in engines():
            try:
                found = drift.drift_of(engine)
            except Unreachable as problem:
                problems.append(f"{engine.name}: {problem}")
                continue
            counts = ", ".join(f"{number:,} {name}" for name, number in found.counts.items())
            self.stdout.write(f"{engine.name}: {counts}")
            for name in ("missing", "stale", "forbidden"):
                for key in getattr(found, name)[:MOST_SHOWN]:
                    self.stdout.write(f"  {name}: {key}")
            if found.keys and mend:
                drift.mend(found)
            elif found.keys:
                problems.append(f"{engine.name} differs from the rows: check_search --mend has it followed anew")
        if mend:
            tasks.ask_for_following()
            tasks.check_indexes.enqueue()
        if problems:
            raise CommandError("; ".join(problems))
