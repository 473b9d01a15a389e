"""The dated results: written anew after every row, so that a run cut short keeps what it has."""

import datetime as dt
import json
import os
import platform
from collections.abc import Iterator
from pathlib import Path

from benchmarks.rows import Row

FOLDER = Path(__file__).parent / "results"
UNITS = {
    "ms by the clock": "ms are milliseconds by the clock, which a busy machine stretches.",
    "Mi": "Mi are millions of user instructions; about three are a millisecond on a quiet machine.",
    "ms": "This machine lets nobody count instructions, so ms are milliseconds of processor time, which a busy machine "
    "stretches; a ratio stretches less, because its two sides took turns.",
}


class ResultFile:
    """One run's file of rows, in words and as JSON. A second run on a day gets a file of its own."""

    def __init__(self, *, unit: str, called: str = "", database: str = "", folder: Path = FOLDER) -> None:
        self.day, self.unit, self.called = dt.date.today().isoformat(), unit, called
        self.machine = ", ".join(
            part for part in (f"{os.cpu_count()} cores", f"Python {platform.python_version()}", database) if part
        )
        self.rows: list[Row] = []
        self.path = _free_path(folder, "-".join(part for part in (self.day, called) if part))

    def add(self, row: Row) -> None:
        self.rows.append(row)
        self.write()

    def write(self) -> None:
        self.path.parent.mkdir(exist_ok=True)
        head = (
            f"# Measured on {self.day}{f' ({self.called})' if self.called else ''}\n\n{self.machine}. Each figure is "
            f"the least of several rounds in which the works took turns. {UNITS[self.unit]} The lean page is a plain "
            "Wagtail page of this site through the same middleware; each goal stands beside its figure.\n\n"
            "| What | As it is | At 100 times | Unit | Compared |\n|---|---|---|---|---|\n"
        )
        self.path.write_text(head + "".join(f"{row.as_line()}\n" for row in self.rows))
        report = {
            "date": self.day,
            "called": self.called,
            "machine": self.machine,
            "unit": self.unit,
            "rows": [row.as_dict() for row in self.rows],
        }
        self.path.with_suffix(".json").write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n")


def _free_path(folder: Path, name: str) -> Path:
    number, path = 1, folder / f"{name}.md"
    while path.exists() or path.with_suffix(".json").exists():
        number += 1
        path = folder / f"{name}-{number}.md"
    return path


def last(folder: Path = FOLDER) -> dict | None:
    """The newest result of this shape that was not set aside under a name of its own, a counted one before others."""
    reports = [report for report in _every(folder) if not report.get("called")]
    counted = [report for report in reports if report["unit"] == "Mi"]
    return (counted or reports or [None])[-1]


def _every(folder: Path) -> Iterator[dict]:
    for path in sorted(folder.glob("*.json"), key=_age):
        report = json.loads(path.read_text())
        if report.get("rows"):
            yield report


def _age(path: Path) -> tuple[str, int]:
    day, number = path.stem[:10], path.stem[11:]
    return day, int(number) if number.isdecimal() else 1
