"""A small survey in files, to change and load again."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings

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
