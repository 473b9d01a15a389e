"""Importing publiccode.yml files, against the least that it can be: read, parse, validate, write in bulk.

python -m benchmarks.importing [--files 10000] [--rounds 3]

The floor reads each file, parses it with the YAML library's quickest loader, validates it with pydantic, and writes
rows of the same table in one transaction. Both sides take turns, and each ratio is the median over the rounds. On
SQLite, which works in the same process, seconds are of processor time, which a busy machine stretches less; by the
clock elsewhere. DATABASE_URL names a PostgreSQL server, if there is one; a database is made there and dropped.
"""

import argparse
import datetime as dt
import io
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal

import pydantic
import yaml

from benchmarks import datasets
from benchmarks.databases import drop_database, forget_statements, make_database, most_memory, timed, vendor
from benchmarks.results import ResultFile
from benchmarks.rows import Goal, Row, by_turns

BATCH = 1_000
OWNER, PERSON = "bench-council", "bench@council.example"
WORDS = """council service residents report request address street waste collection housing payment officer booking
library planning licence permit standard record search calendar reminder message map route""".split()
FILE = """publiccodeYmlVersion: '0.5.0'
name: {name}
url: https://git.example.org/council-{owner}/software-{number}.git
landingURL: https://www.example.org/software-{number}
softwareVersion: 1.{minor}.0
releaseDate: 2014-{month:02}-{day:02}
platforms:
  - web
  - linux
categories:
  - workflow-management
  - online-booking
developmentStatus: stable
softwareType: standalone/web
intendedAudience:
  countries:
    - GB
  scope:
    - local-authorities
{based}description:
  en:
    localisedName: {name}
    shortDescription: {short}
    longDescription: >
{long}
    documentation: https://www.example.org/software-{number}/docs
    features:
      - {feature}
      - {other}
legal:
  license: {licence}
  mainCopyrightOwner: Council {owner}
  repoOwner: Council {owner}
maintenance:
  type: internal
  contacts:
    - name: Digital team {owner}
      email: digital{owner}@council.example
localisation:
  localisationReady: false
  availableLanguages:
    - en
dependsOn:
  open:
    - name: PostgreSQL
      versionMin: '12'
    - name: Python
  proprietary:
    - name: Maps of a company
      optional: true
"""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.importing", description=__doc__)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)  # import a folder and say the memory that it took
    chosen = parser.parse_args()
    if chosen.one:
        _import_alone(chosen.one)
        return
    with tempfile.TemporaryDirectory(prefix="portal-importing-") as folder:
        (Path(folder) / "site").mkdir()
        datasets.set_up(Path(folder) / "site")
        forget_statements()
        make_database()
        try:
            result = ResultFile(
                unit="ms by the clock" if vendor() == "PostgreSQL" else "ms", called="importing", database=vendor()
            )
            for row in run(Path(folder), chosen.files, chosen.rounds):
                print(row.as_line(), flush=True)
                result.add(row)
        finally:
            drop_database()
    print(f"Written: {os.path.relpath(result.path)}")
    if any(goal.is_met is False for row in result.rows for goal in row.goals):
        sys.exit("A goal is missed.")


def run(folder: Path, files: int, rounds: int) -> Iterator[Row]:
    owner, person = _cast()
    good, bad = write_files(folder / "good", files), write_files(folder / "bad", files, every_bad=10)
    taken: dict[str, list[float]] = {"floor": [], "first": [], "again": [], "bad": []}
    for _ in range(rounds):
        taken["floor"].append(timed(lambda: floor(good, owner, person)))
        _empty()
        taken["first"].append(timed(lambda: _import(good, files)))
        taken["again"].append(timed(lambda: _import(good, files)))
        _empty()
        taken["bad"].append(timed(lambda: _import(bad, files)))
        _empty()
        print("s: " + ", ".join(f"{name} {each[-1]:.1f}" for name, each in taken.items()), flush=True)
    yield by_turns("import", f"{files:,} files", taken, "first", "floor", "× the floor", 2.0)
    yield by_turns(
        "import", f"{files:,} files, none of them changed", taken, "again", "first", "× the first import", 0.25
    )
    yield by_turns("import", f"{files:,} files, one of ten bad", taken, "bad", "first", "× all good", 1.2)
    statements = _statements(lambda: _import(good, files))
    _empty()
    goal = Goal("statements for each 1,000", 1000 * statements / files, 8)
    yield Row("import", f"{files:,} files", "statements", statements, None, (goal,))
    yield from _memory(folder, files // 2, 10)


def write_files(folder: Path, number: int, *, every_bad: int = 0) -> Path:
    """So many files, drawn alike each time; every so manieth has a licence that is none."""
    dice = random.Random(2014)
    folder.mkdir()
    for n in range(number):
        (folder / f"{n:06}").mkdir()
        text = " ".join(dice.choices(WORDS, k=110))
        long = "\n".join(f"      {text[start : start + 90].strip()}" for start in range(0, len(text), 90))
        based = f"isBasedOn: https://git.example.org/others/base-{n % 50}\n" if n % 5 == 0 else ""
        said = FILE.format(
            name=f"{dice.choice(WORDS).capitalize()} {dice.choice(WORDS)} {n}",
            number=n,
            owner=n % 300,
            minor=dice.randint(0, 30),
            month=dice.randint(1, 12),
            day=dice.randint(1, 28),
            based=based,
            short=" ".join(dice.choices(WORDS, k=10)),
            long=long,
            feature=" ".join(dice.choices(WORDS, k=4)),
            other=" ".join(dice.choices(WORDS, k=4)),
            licence="free for all" if every_bad and n % every_bad == 0 else dice.choice(["MIT", "EUPL-1.2"]),
        )
        (folder / f"{n:06}" / "publiccode.yml").write_text(said)
    return folder


class _Description(pydantic.BaseModel):
    shortDescription: str = pydantic.Field(max_length=150)
    longDescription: str = pydantic.Field(min_length=150, max_length=10_000)
    features: list[str]


class _File(pydantic.BaseModel):
    publiccodeYmlVersion: str
    name: str
    url: pydantic.HttpUrl
    softwareVersion: str
    releaseDate: dt.date
    platforms: list[str]
    developmentStatus: Literal["concept", "development", "beta", "stable", "obsolete"]
    softwareType: str
    description: dict[str, _Description]
    legal: dict[str, str]
    maintenance: dict[str, Any]
    localisation: dict[str, Any]


def floor(folder: Path, owner: Any, person: Any) -> None:
    """Read, parse, validate and write; no check of repositories, no versions, no audit, no search."""
    from django.db import transaction

    from assets_registry.models import Asset

    batch: list[Asset] = []
    with transaction.atomic():
        for n, path in enumerate(sorted(folder.rglob("*.yml"))):
            data = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
            said = _File.model_validate(data)
            batch.append(
                Asset(
                    name=said.name,
                    slug=f"floor-{n}",
                    kind="code",
                    summary=said.description["en"].shortDescription,
                    description=said.description["en"].longDescription,
                    owner=owner,
                    repository_url=str(said.url),
                    repository_key=str(said.url).partition("://")[2],
                    licence=said.legal["license"],
                    version=said.softwareVersion,
                    released_on=said.releaseDate,
                    publiccode={**data, "releaseDate": said.releaseDate.isoformat()},
                    registered_by=person,
                )
            )
            if len(batch) == BATCH:
                Asset.objects.bulk_create(batch)
                batch = []
        Asset.objects.bulk_create(batch)


def _import(folder: Path, files: int) -> None:
    from django.core.management import call_command

    said = io.StringIO()
    call_command("import_assets", folder, owner=OWNER, by=PERSON, stdout=said, stderr=io.StringIO())
    assert f"{files:,} of {files:,}" in said.getvalue(), said.getvalue()[-300:]


def _statements(work: Callable[[], object]) -> int:
    """How many statements a work sends; what begins and ends transactions is not counted."""
    from django.db import connection

    count = 0

    def counted(execute: Callable, sql: str, *args: Any) -> Any:
        nonlocal count
        count += not sql.startswith(("BEGIN", "SAVEPOINT", "RELEASE"))
        return execute(sql, *args)

    with connection.execute_wrapper(counted):
        work()
    return count


def _memory(folder: Path, files: int, times: int) -> Iterator[Row]:
    """The most memory that a process of its own takes for an import, and for one of so many times the files."""
    peaks, seconds = [], []
    for number in (files, files * times):
        source = write_files(folder / f"memory-{number}", number)
        command = [sys.executable, "-m", "benchmarks.importing", "--one", str(source)]
        peak, took = _answer(command)
        peaks.append(peak)
        seconds.append(took)
        _empty()
    goals = (
        Goal(f"× the memory of {files:,}", peaks[1] / peaks[0], 1.3),
        Goal("× its processor time", seconds[1] / seconds[0], times * 1.1),
    )
    yield Row("import", f"{files * times:,} files in a process of its own", "MB", peaks[1], None, goals)


def _answer(command: list[str]) -> tuple[float, float]:
    from django.db import connection

    told = {"BENCH_IMPORT_DATABASE": str(connection.settings_dict["NAME"])}
    done = subprocess.run(command, env={**os.environ, **told}, check=True, capture_output=True, text=True)
    peak, took = done.stdout.split()[-2:]
    return float(peak), float(took)


def _import_alone(folder: Path) -> None:
    datasets.set_up(Path(os.environ["PORTAL_DATA"]))
    forget_statements()
    from django.db import connection

    connection.settings_dict["NAME"] = os.environ["BENCH_IMPORT_DATABASE"]
    began = time.process_time()
    _import(folder, sum(1 for _ in folder.rglob("*.yml")))
    print(most_memory(), time.process_time() - began)


def _cast() -> tuple[Any, Any]:
    from tests.factories.accounts import UserFactory
    from tests.factories.councils import MembershipFactory, OrganisationFactory

    owner, person = OrganisationFactory(slug=OWNER), UserFactory(email=PERSON)
    MembershipFactory(organisation=owner, person=person)
    return owner, person


def _empty() -> None:
    """Delete every asset, and what hangs on it, by the tables: the audit trail stays, which nobody may delete."""
    from django.db import connection

    with connection.cursor() as database:
        for table in ("assetversion", "namedbase", "asset"):
            database.execute(f"DELETE FROM assets_registry_{table}")
        database.execute("DELETE FROM search_change")
        if connection.vendor == "postgresql":
            database.execute("VACUUM ANALYZE assets_registry_asset")


if __name__ == "__main__":
    main()
