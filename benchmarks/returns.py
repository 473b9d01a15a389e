"""Figures of services in bulk: importing them, the file of all of them, and what the pages ask that show them.

python -m benchmarks.returns [--rows 100000] [--rounds 3]

The import is the command `import_returns`, which reads, checks and keeps a CSV; the floor is a bare bulk insert of the
same rows in one transaction. Both sides take turns, and the ratio is the median over the rounds. On SQLite, which works
in the same process, seconds are of processor time, which a busy machine stretches less; by the clock elsewhere.
DATABASE_URL names a PostgreSQL server, if there is one; a database is made there and dropped.
The file of everything is read by a process of its own, with a tenth of the rows and with all, and its memory compared.
The pages are asked for with 40 councils of 20 services and 12 quarters each, and with 400.
"""

import argparse
import csv
import datetime as dt
import io
import itertools
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from benchmarks import datasets
from benchmarks.databases import drop_database, forget_statements, make_database, most_memory, timed, vendor
from benchmarks.results import ResultFile
from benchmarks.rows import Goal, Row, by_turns

SERVICES, QUARTERS, MANY, FEW = 20, 12, 400, 40
MOST_TIMES, FLAT, MOST_STATEMENTS = 3.0, 1.3, 12
PERSON = "bench@council.example"
EVERYTHING = "/services/returns/?format=csv"
NUMBERS = {
    "cost": Decimal("7622.50"),
    "completed": 1_850,
    "completed_web": 1_000,
    "completed_phone": 500,
    "completed_face_to_face": 250,
    "completed_post": 100,
    "started_web": 2_000,
    "ratings": 120,
    "satisfied": 90,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.returns", description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)  # read the file and say the memory
    chosen = parser.parse_args()
    if chosen.one:
        _read_alone()
        return
    with tempfile.TemporaryDirectory(prefix="portal-returns-") as folder:
        (Path(folder) / "site").mkdir()
        datasets.set_up(Path(folder) / "site")
        forget_statements()
        make_database()
        try:
            result = ResultFile(
                unit="ms by the clock" if vendor() == "PostgreSQL" else "ms", called="returns", database=vendor()
            )
            for row in run(Path(folder), chosen.rows, chosen.rounds):
                print(row.as_line(), flush=True)
                result.add(row)
        finally:
            drop_database()
    print(f"Written: {os.path.relpath(result.path)}")
    if any(goal.is_met is False for row in result.rows for goal in row.goals):
        sys.exit("A goal is missed.")


def run(folder: Path, rows: int, rounds: int) -> Iterator[Row]:
    councils, services, person = _cast(max(MANY, -(-rows // (SERVICES * QUARTERS))))
    places = list(itertools.islice(itertools.product(councils, quarters(), services), rows))
    file = write_file(folder / "returns.csv", places)
    taken: dict[str, list[float]] = {"floor": [], "first": [], "again": []}
    for _ in range(rounds):
        taken["floor"].append(timed(lambda: floor(places, person)))
        _empty()
        taken["first"].append(timed(lambda: _import(file, rows)))
        taken["again"].append(timed(lambda: _import(file, 0)))
        _empty()
        print("s: " + ", ".join(f"{name} {each[-1]:.1f}" for name, each in taken.items()), flush=True)
    yield by_turns("returns", f"{rows:,} rows", taken, "first", "floor", "× a bare bulk insert", MOST_TIMES)
    yield by_turns(
        "returns", f"{rows:,} rows, none of them changed", taken, "again", "floor", "× a bare bulk insert", MOST_TIMES
    )
    yield _memory(places, person)
    yield from _pages(councils, services, person)


def quarters() -> list[dt.date]:
    return [dt.date(2012 + number // 4, 3 * (number % 4) + 1, 1) for number in range(QUARTERS)]


def write_file(path: Path, places: list[tuple[Any, dt.date, Any]]) -> Path:
    with path.open("w", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(["council", "service", "quarter", *NUMBERS])
        for council, quarter, service in places:
            lines.writerow([council.slug, service.slug, quarter.isoformat(), *NUMBERS.values()])
    return path


def floor(places: list[tuple[Any, dt.date, Any]], person: Any) -> None:
    """Write the rows and nothing else: no file, no check, no versions, no audit."""
    from django.db import transaction

    from kpis.models import ServiceReturn

    with transaction.atomic():
        ServiceReturn.objects.bulk_create(
            [
                ServiceReturn(
                    council=council,
                    council_kind=council.kind,
                    service=service,
                    quarter=quarter,
                    returned_by=person,
                    **NUMBERS,
                )
                for council, quarter, service in places
            ],
            batch_size=1_000,
        )


def _import(file: Path, expected: int) -> None:
    from django.core.management import call_command

    said = io.StringIO()
    call_command("import_returns", file, by=PERSON, stdout=said, stderr=io.StringIO())
    assert said.getvalue().startswith(f"{expected:,} new or changed"), said.getvalue()[-300:]


def _memory(places: list[tuple[Any, dt.date, Any]], person: Any) -> Row:
    """The most memory that a process of its own takes to send the file of everything, of a tenth of it and of all."""
    peaks = []
    for number in (len(places) // 10, len(places)):
        floor(places[:number], person)
        peaks.append(_peak(number))
        _empty()
    goal = Goal(f"× the memory of {len(places) // 10:,} rows", peaks[1] / peaks[0], FLAT)
    return Row("returns", f"the CSV of all {len(places):,} rows, sent by a process", "MB", peaks[1], None, (goal,))


def _peak(rows: int) -> float:
    from django.db import connection

    told = {"BENCH_DATABASE": str(connection.settings_dict["NAME"])}
    command = [sys.executable, "-m", "benchmarks.returns", "--one"]
    done = subprocess.run(command, env={**os.environ, **told}, check=True, stdout=subprocess.PIPE, text=True)
    lines, peak = done.stdout.split()[-2:]
    assert int(lines) > rows, done.stdout
    return float(peak)


def _read_alone() -> None:
    datasets.set_up(Path(os.environ["PORTAL_DATA"]))
    forget_statements()
    from django.db import connection
    from django.test import Client

    connection.settings_dict["NAME"] = os.environ["BENCH_DATABASE"]
    answer: Any = Client().get(EVERYTHING)
    assert answer.status_code == 200
    print(sum(chunk.count(b"\n") for chunk in answer), most_memory())


def _pages(councils: list[Any], services: list[Any], person: Any) -> Iterator[Row]:
    """How many statements each page asks, with a tenth of the councils and with all."""
    service, council = services[0].get_absolute_url(), councils[0]
    pages = {
        "a service": service,
        "a service with a council": f"{service}?council={council.slug}",
        "a council’s dashboard": f"/councils/{council.slug}/indicators/",
        "coverage": "/services/coverage/",
        "coverage of a service": f"/services/coverage/?service={services[0].slug}",
    }
    asked = []
    for number in (FEW, MANY):
        _empty()
        floor(list(itertools.product(councils[:number], quarters(), services)), person)
        asked.append({f"{who}{name}": _statements(at, who) for who in ("", "to its contributor: ")
                      for name, at in pages.items()})  # fmt: skip
    for name, few in asked[0].items():
        many = asked[1][name]
        goals = (Goal("at most", max(few, many), MOST_STATEMENTS), Goal(f"more with {MANY}", abs(many - few), 0))
        yield Row("returns", f"{name}, with {FEW} councils and with {MANY}", "statements", few, many, goals)


def _statements(address: str, who: str) -> int:
    """The statements of a page that nobody has asked for since the data changed, in a process that is warm."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from accounts.models import User

    client = Client()
    if who:
        client.force_login(User.objects.get(email=PERSON))
    client.get(address)
    datasets.forget_answers()
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return len(queries)


def _cast(number: int) -> tuple[list[Any], list[Any], Any]:
    """So many councils, twenty services, and a contributor of the first council, which has them in its list."""
    from councils.models import Organisation, Service
    from kpis.models import TopService
    from tests.factories.accounts import UserFactory
    from tests.factories.councils import MembershipFactory, OrganisationFactory, ServiceFactory

    Organisation.objects.bulk_create(OrganisationFactory.build_batch(number))
    Service.objects.bulk_create(ServiceFactory.build_batch(SERVICES))
    councils = list(Organisation.objects.filter(slug__startswith="eastbridge-").order_by("pk"))
    services = list(Service.objects.filter(lgsl__gte=9000).order_by("pk"))
    person = UserFactory(email=PERSON)
    MembershipFactory(organisation=councils[0], person=person)
    TopService.objects.bulk_create(
        TopService(council=councils[0], service=each, position=place) for place, each in enumerate(services, 1)
    )
    return councils, services, person


def _empty() -> None:
    """Delete all returns by their table."""
    from django.db import connection

    with connection.cursor() as database:
        database.execute("DELETE FROM kpis_servicereturn")
        if connection.vendor == "postgresql":
            database.execute("VACUUM ANALYZE kpis_servicereturn")


if __name__ == "__main__":
    main()
