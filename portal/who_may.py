"""docs/who-may.md, read: what its tables, written by hand, say of each operation and each address, and in words."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from core.words import series

PAGE = Path(settings.BASE_DIR) / "docs/who-may.md"
# Each column with its people in words, as many of them.
ROLES = {
    "stranger": "strangers",
    "account": "people with an account",
    "reader": "readers",
    "officer": "officers",
    "publisher": "publishers",
    "lead": "leads",
    "facilitator": "facilitators",
    "analyst": "analysts",
    "board": "board members",
    "secretariat": "the secretariat",
    "editor": "editors",
    "superuser": "superusers",
}
WHOSE = {
    "yes": "any",
    "own": "of their own council",
    "own*": "of their own council, with a second factor",
    "self": "their own",
}
CELLS = {"", *WHOSE, "yes*", "sees", "own* self"}


class Act(NamedTuple):
    """A row of the tables: what is done, and who may do it."""

    section: str
    words: str
    names: list[str]  # what stands in backticks in the second column
    cells: dict[str, set[str]]  # of each role
    remark: str

    @property
    def relations(self) -> list[str]:
        """On whose records it is tried: another's, their own council's and, where the row says so, their own."""
        return ["other", "own", *(["self"] if any("self" in cells for cells in self.cells.values()) else [])]

    @property
    def is_for_every_account(self) -> bool:
        """Whether it makes no difference which: nobody's rights can sleep, and no record is anybody's own."""
        return self.cells["account"] == {"yes"}

    @property
    def who(self) -> str:
        """Who may do it, in words: "the secretariat; of their own council: publishers and leads"."""
        said, told = [], list[str]()
        for cell, whose in WHOSE.items():
            if roles := [role for role, cells in self.cells.items() if cell in cells]:
                said.append(_people(roles, told) if cell == "yes" else f"{whose}: {_people(roles, told)}")
                told += roles
        words = "; ".join(said) or "nobody"
        return words[0].upper() + words[1:]

    def whose(self, role: str) -> str:
        """On which records somebody of this role may do it, in words; empty where they may not."""
        words = series((each for cell, each in WHOSE.items() if cell in self.cells[role]), last="or")
        return words[:1].upper() + words[1:]


def _people(roles: list[str], told: list[str]) -> str:
    """These roles in words, where `told` have been named already."""
    if len(roles) == len(ROLES):
        return "everybody"
    if {*roles, *told} == ROLES.keys() - {"stranger"} and "account" in roles:
        return "everybody else who has signed in" if told else "whoever has signed in"
    return series(ROLES[role] for role in roles)


@cache
def rows(heading: str) -> list[Act]:
    """The rows of every table under a heading of the page."""
    (part,) = re.findall(rf"^## {heading}$(.*?)(?=^## |\Z)", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    return list(_rows(part))


def _rows(part: str) -> Iterator[Act]:
    section = ""
    for line in part.splitlines():
        if line.startswith("### "):
            section = line.removeprefix("### ")
        if not line.startswith("| ") or line.startswith("| ---"):
            continue
        words, names, *cells, remark = (cell.strip() for cell in line.strip("|").split("|"))
        if cells == list(ROLES):
            continue
        assert set(cells) <= CELLS, line
        of_roles = {role: set(cell.split()) for role, cell in zip(ROLES, cells, strict=True)}
        yield Act(section, words, re.findall("`([^`]+)`", names), of_roles, remark)


def what_people_do(role: str = "") -> list[tuple[str, list[list[str]]]]:
    """Each section with its rows for a page: what is done, who may or, for one role, on which records, and a remark.

    A row that begins with an ellipsis goes on from the whole one above it, and has its words too.
    """
    sections: dict[str, list[list[str]]] = {}
    whole = ""
    for row in rows("What people do"):
        whole = row.words if not row.words.startswith("…") else whole
        words = whole if row.words == whole else f"{whole}:{row.words.removeprefix('…')}"
        who = row.whose(role) if role else row.who
        if who:
            remark = re.sub(r" \(`[^`]+`\)", "", row.remark).replace("`", "")  # without the names in the code
            sections.setdefault(row.section, []).append([words, who, remark])
    return list(sections.items())
