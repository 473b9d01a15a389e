"""Run every measurement on a demo programme of its own and write `results/<date>.md` and `.json`."""

import datetime as dt
import importlib
import json
import os
import platform
import sys
import tempfile
from pathlib import Path

RESULTS = Path(__file__).parent / "results"
MEASUREMENTS = ("pages", "sign_up", "search")


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
        os.environ.update(PORTAL_DATA=folder, DEMO="1", DJANGO_SETTINGS_MODULE="portal.settings.dev")
        import django

        django.setup()
        from django.conf import settings
        from django.core.management import call_command

        settings.ALLOWED_HOSTS.append("testserver")
        call_command("migrate", verbosity=0)
        call_command("demo")
        chosen = sys.argv[1:] or MEASUREMENTS
        ratios = []
        for name in chosen:
            for ratio in importlib.import_module(f"benchmarks.{name}").run():
                print(ratio.as_row(), flush=True)
                ratios.append(ratio)
        write(ratios, database=settings.DATABASES["default"]["ENGINE"].rpartition(".")[2])


def write(ratios: list, *, database: str) -> None:
    today = dt.date.today().isoformat()
    machine = f"{os.cpu_count()} cores, Python {platform.python_version()}, {database}"
    RESULTS.mkdir(exist_ok=True)
    head = (
        f"# Measured on {today}\n\n{machine}. Ratios are medians of alternating rounds (least to most); “others” is "
        "what the rest of the machine was doing: above a half, read the ratios with care.\n\n"
        "| What | Floor | Ratio | Ours, ms | Floor, ms | Others |\n|---|---|---|---|---|---|\n"
    )
    (RESULTS / f"{today}.md").write_text(head + "".join(f"{ratio.as_row()}\n" for ratio in ratios))
    report = {"date": today, "machine": machine, "ratios": [ratio.as_dict() for ratio in ratios]}
    (RESULTS / f"{today}.json").write_text(json.dumps(report, indent=1) + "\n")


if __name__ == "__main__":
    main()
