"""A small survey in files, to change and load again."""

import csv
import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import Client

OURS = Path(settings.BASE_DIR) / "surveys" / "waves" / "data"
SMALL = Path(__file__).parent / "small"
FEW = Path(__file__).parent / "few"  # some tables of 2014, to run a wave after


class Files:
    """A folder with copies of the small survey."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for path in SMALL.glob("*.json"):
            (folder / path.name).write_text(path.read_text())

    def change(self, name: str, change: Any) -> None:
        """Hand the contents of a file to `change`, and write them back."""
        path = self.folder / name
        contents = json.loads(path.read_text())
        change(contents)
        path.write_text(json.dumps(contents))


def in_file(client: Client, slug: str, year: int = 2015) -> list[dict[str, str]]:
    """The rows of the file of a table."""
    told = client.get(f"/surveys/{year}/{slug}/?format=csv").content.decode("utf-8-sig")
    return list(csv.DictReader(line for line in told.splitlines() if not line.lstrip('"').startswith("#")))
