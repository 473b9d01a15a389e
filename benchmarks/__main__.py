"""Run every measurement, or those named, on data of their own and write a dated result.

`gate` writes nothing: it stops with a sentence where something costs over a quarter more than in the last result.
"""

import argparse
import importlib
import os
import tempfile
import time
from pathlib import Path
from types import ModuleType

from benchmarks import counting, datasets, results

PARTS = ("pages", "actions", "methods", "search", "relevance", "processes", "finding", "production")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "parts", nargs="*", metavar="part", help=f"{', '.join(PARTS)} (all of them, unless named) or gate"
    )
    parser.add_argument("--called", default="", metavar="WORD", help="part of the result's name, as in “before”")
    chosen = parser.parse_args()
    parts = chosen.parts or list(PARTS)
    if unknown := set(parts) - {*PARTS, "gate"}:
        parser.error(f"there is no part called {', '.join(sorted(unknown))}")
    if "gate" in parts and not counting.counts_instructions():
        print("This machine lets nobody count instructions, so the gate on costs is left out here.")
        return
    # What is measured here runs on SQLite and the embedded index; servers that are named are for processes beside it.
    for name in ("DATABASE_URL", "ELASTICSEARCH_URL"):
        os.environ[f"BENCH_{name}"] = os.environ.pop(name, "")
    with tempfile.TemporaryDirectory(prefix="portal-bench-run-") as folder:
        datasets.set_up(Path(folder))
        modules = [importlib.import_module(f"benchmarks.{name}") for name in parts]
        datasets.prepare({name for module in modules for name in module.WANTS}, Path(folder))
        if parts == ["gate"]:
            modules[0].judge()
        else:
            measure(modules, called=chosen.called)


def measure(modules: list[ModuleType], *, called: str) -> None:
    """Write every row as it comes."""
    began = time.monotonic()
    result = results.ResultFile(unit=counting.unit(), called=called)
    for module in modules:
        for row in module.run():
            print(row.as_line(), flush=True)
            result.add(row)
    print(f"Measured in {time.monotonic() - began:.0f} s: {os.path.relpath(result.path)}")


if __name__ == "__main__":
    main()
