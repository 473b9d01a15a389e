"""docs/who-may.md, read: what the hand-written tables say of each operation and each address."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

PAGE = Path(settings.BASE_DIR) / "docs/who-may.md"
ROLES = [
    *("stranger", "account", "reader", "officer", "publisher", "lead"),
    *("facilitator", "analyst", "board", "secretariat", "editor", "superuser"),
]
CELLS = {"", "yes", "yes*", "sees", "own", "own*", "self", "own* self"}


class Row(NamedTuple):
    section: str
    words: str
    names: list[str]  # what stands in backticks in the second column
    cells: dict[str, set[str]]  # of each role

    @property
    def relations(self) -> list[str]:
        """On whose records it is tried: another's, their own council's and, where the row says so, their own."""
        return ["other", "own", *(["self"] if any("self" in cells for cells in self.cells.values()) else [])]

    @property
    def is_for_every_account(self) -> bool:
        """Whether it makes no difference which: nobody's rights can sleep, and no record is anybody's own."""
        return self.cells["account"] == {"yes"}


def rows(heading: str) -> list[Row]:
    """The rows of every table under a heading of the page."""
    (part,) = re.findall(rf"^## {heading}$(.*?)(?=^## |\Z)", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    return list(_rows(part))


def _rows(part: str) -> Iterator[Row]:
    section = ""
    for line in part.splitlines():
        if line.startswith("### "):
            section = line.removeprefix("### ")
        if not line.startswith("| ") or line.startswith("| ---"):
            continue
        words, names, *cells, _remark = (cell.strip() for cell in line.strip("|").split("|"))
        if cells == ROLES:
            continue
        assert set(cells) <= CELLS, line
        of_roles = {role: set(cell.split()) for role, cell in zip(ROLES, cells, strict=True)}
        yield Row(section, words, re.findall("`([^`]+)`", names), of_roles)
