"""docs/roles.md, made from the rules of the views, keeps out nobody whom docs/who-may.md lets in."""

import re

from django.conf import settings

from portal.who_may import ROLES
from tests.roles.test_addresses import ARGUMENT, TABLE, named

MADE = (settings.BASE_DIR / "docs/roles.md").read_text("utf-8")
CALLED = {"contributor": "officer"}  # by the code


def rules_made() -> dict[str, set[str]]:
    """Of each rule of the page that is made: the roles that pass it."""
    head, _, *lines = [line.strip("|").split("|") for line in MADE.splitlines() if line.startswith("|")]
    roles = [CALLED.get(name.strip(), name.strip()) for name in head[1:]]
    return {
        line[0].strip(" `"): {role for role, cell in zip(roles, line[1:], strict=True) if cell.strip()}
        for line in lines
    }


def test_no_rule_keeps_out_whom_the_table_lets_in():
    passing, kept_out = rules_made(), []
    assert passing["core: anyone"] >= {*ROLES} - {"reader"}  # the page that is made has no column for readers
    let_in = {address: [] for row in TABLE for _, address, _ in named(row)}
    for row in TABLE:
        for _, address, _ in named(row):
            let_in[address] += [role for role in ROLES if row.cells[role] and role != "reader"]
    for rule, _, addresses in re.findall(r"^\*\*`(.+?)`\*\*(.*)\n\n(.*)$", MADE, re.MULTILINE):
        for address in re.findall("`([^`]+)`", addresses):
            kept_out += {*let_in.get(ARGUMENT.sub(r"<\1>", address), [])} - passing[rule]

    assert kept_out == []
