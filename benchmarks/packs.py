"""The pack of a board with 40 projects, and with 400: statements of each section, the time to print it, memory.

python -m benchmarks.packs

What is measured: the statements that each section asks (no more than twelve, as many at 400 as at 40), seconds by the
clock to read and freeze the pack, seconds of processor time to print it (no more than five at 40), and the most memory
that the process holds that has it printed, beside that of the press, which goes with it.
"""

import datetime as dt
import os
import resource
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks import datasets
from benchmarks.databases import forget_statements, most_memory
from benchmarks.results import ResultFile
from benchmarks.rows import Goal, Row

FEW, MANY = 40, 400
MOST_STATEMENTS, MOST_SECONDS, FLAT = 12, 5, 1.25


def main() -> None:
    """Measure both boards, the small one first, and write a dated result."""
    with tempfile.TemporaryDirectory(prefix="portal-bench-packs-") as folder:
        datasets.set_up(Path(folder))
        from django.conf import settings
        from django.core.management import call_command
        from django.db import connection

        forget_statements()
        settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
        connection.settings_dict["NAME"] = Path(folder) / "portal.sqlite3"
        call_command("migrate", verbosity=0)
        result = ResultFile(unit="ms by the clock", called="packs")
        meeting = _meeting()
        small, large = _measure(meeting, FEW), _measure(meeting, MANY)
        for row in _rows(small, large):
            print(row.as_line(), flush=True)
            result.add(row)
        print(f"Measured: {os.path.relpath(result.path)}")


def _measure(meeting: Any, projects: int) -> dict[str, Any]:
    """The measures of a board with so many projects, which are added to those that are there."""
    from steering.packs import freezing, printing
    from steering.packs.shown import shown

    _add_projects(projects)
    statements = _statements(meeting)
    began = time.perf_counter()
    content = freezing.with_moment(freezing.content_of(meeting), version=1, correction="")
    frozen_in = time.perf_counter() - began
    pack = _unsaved(meeting, content)
    began = _seconds_of_the_press()
    printed = printing.print_of(pack)
    printed_in = _seconds_of_the_press() - began
    assert len(shown(pack)["sections"]) > 3
    return {
        "statements": statements,
        "frozen_in": frozen_in,
        "printed_in": printed_in,
        "pages": printed.pages,
        "bytes": len(printed.pdf),
        "memory": most_memory(),
        "press": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024,
    }


def _rows(small: dict[str, Any], large: dict[str, Any]) -> list[Row]:
    most, same = max(small["statements"].values()), small["statements"] == large["statements"]
    flat = Goal("× of it at 400 projects", large["memory"] / small["memory"], FLAT)
    return [
        Row("pack", f"most statements of a section, at {FEW} and {MANY} projects", "statements", most,
            max(large["statements"].values()),
            (Goal("at most", most, MOST_STATEMENTS), Goal("sections that ask more at 400", 0 if same else 1, 0))),
        Row("pack", "read and frozen", "s", small["frozen_in"], large["frozen_in"]),
        Row("pack", "printed, by processor time", "s", small["printed_in"], large["printed_in"],
            (Goal("s at 40 projects", small["printed_in"], MOST_SECONDS),)),
        Row("pack", "pages", "pages", small["pages"], large["pages"]),
        Row("pack", "its PDF", "kB", small["bytes"] / 1000, large["bytes"] / 1000),
        Row("pack", "memory of the process that has it printed", "MB", small["memory"], large["memory"], (flat,)),
        Row("pack", "memory of the press, which ends with it", "MB", small["press"], large["press"]),
    ]  # fmt: skip


def _statements(meeting: Any) -> dict[str, int]:
    """How many statements each section asks."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from steering.packs.freezing import since_last_pack
    from steering.packs.registry import section_functions

    since, asked = since_last_pack(meeting), {}
    for function in section_functions():
        with CaptureQueriesContext(connection) as queries:
            function(meeting, since)
        asked[function.__name__] = len(queries)
    return asked


def _meeting() -> Any:
    from tests.steering.packs import full_meeting

    return full_meeting()


def _add_projects(number: int) -> None:
    """Have so many projects on the board, each with a case, a line, a promise, and a block for one in four."""
    from projects.models import Project, StatusUpdate
    from tests.factories.accounts import UserFactory
    from tests.factories.projects import BusinessCaseFactory
    from tests.factories.take_up import BenefitFactory
    from tests.steering.packs import block, moments_ago, running

    person = UserFactory()
    for n in range(Project.objects.count(), number):
        project = running(f"Project {n} with a title of a usual length", updated=n % 50)
        BusinessCaseFactory(project=project, state="submitted", submitted_at=moments_ago(n % 90))
        StatusUpdate.objects.create(project=project, line="Four councils use it, and two try it out.", by=person)
        BenefitFactory(project=project, claimed_on=dt.date(2026, 1, 5), recorded_by=person)
        if n % 4 == 0:
            block(project, f"No legal gateway for the data of project {n}", 40 + n % 60)


def _unsaved(meeting: Any, content: dict[str, Any]) -> Any:
    from core.content import digest_of
    from steering.models import Pack

    return Pack(meeting=meeting, content=content, sha256=digest_of(content))


def _seconds_of_the_press() -> float:
    """The processor time of the processes that this one has begun: a busy machine stretches it less than the clock."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
