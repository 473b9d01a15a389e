"""docs/roles.md, made from the rules that stand on the views and, for foreign ones, in portal/foreign_routes.py."""

from collections import defaultdict
from collections.abc import Mapping
from inspect import getdoc

from accounts.models import AnyUser
from core.permissions import Rule
from portal.foreign_routes import FOREIGN_RULES
from tests.architecture.routes import ROUTES

HEAD = """# Roles and the pages they open

Made from the code; a test fails when it is out of date and says how to make it again. Each row is a rule that guards
pages, each column somebody with that one role and a second factor; a contributor, a publisher and a lead are so of a
council. An account may hold several. What one may see of a particular record and do with it is asked again there, by
the `visible_…` and `can_…` of each app's `permissions.py`: this table says who comes as far as that. Addresses that
begin with `^` are patterns for Wagtail's and allauth's own pages, of which the first that fits decides
(`portal/foreign_routes.py`). Who may do what in the end stands in [who may do what](who-may.md), written by hand.
"""


def page(people: Mapping[str, AnyUser]) -> str:
    """The whole page: who passes which rule, then the addresses that each guards."""
    guarded = _addresses_by_rule()
    rules = sorted(guarded, key=_name)
    rows = [[f"`{_name(rule)}`", *("yes" if rule(person) else "" for person in people.values())] for rule in rules]
    table = [["Rule", *people], ["---"] * (len(people) + 1), *rows]
    parts = [HEAD, "\n".join(f"| {' | '.join(row)} |" for row in table), "\n## What each rule guards\n"]
    for rule in rules:
        words = (getdoc(rule) or "").split("\n")[0]
        parts.append(f"**`{_name(rule)}`** {words}\n\n{', '.join(f'`{address}`' for address in guarded[rule])}\n")
    return "\n".join(parts)


def _addresses_by_rule() -> dict[Rule, list[str]]:
    found: dict[Rule, list[str]] = defaultdict(list)
    for route, entry in ROUTES:
        if rule := getattr(entry.callback, "allowed_by", None):
            found[rule].append(f"/{route}")
    for pattern, foreign in FOREIGN_RULES:
        found[foreign.rule].append(pattern)
    return found


def _name(rule: Rule) -> str:
    app = rule.__module__.partition(".")[0]
    return f"{app}: {rule.__name__}"
