from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.progress import progress_bar
from search import follower
from search.engines import engines
from search.models import Change, Cursor
from search.port import Unreachable


class Command(BaseCommand):
    help = "Build a new search index beside the live one, then switch readers to it."

    def add_arguments(self, parser: CommandParser) -> None:
        names = [engine.name for engine in engines()]
        parser.add_argument("--engine", choices=names, help="Only this engine; without it, all that are in use")

    def handle(self, *, engine: str | None, **options: Any) -> None:
        for one in engines():
            if engine in (None, one.name):
                try:
                    count = follower.rebuild(one, self.report_progress)
                    follower.follow(one)  # what was saved meanwhile
                except Unreachable as problem:
                    raise CommandError(f"{one.name}: {problem}") from problem
                cursor = Cursor.objects.get(engine=one.name)
                behind = Change.objects.after(cursor).count()
                self.stdout.write(
                    self.style.SUCCESS(f"{one.name}: {count:,} documents, {behind:,} changes still to follow.")
                )

    def report_progress(self, source: str, done: int, total: int) -> None:
        self.stdout.write(f"{progress_bar(done, total)} {source}")
