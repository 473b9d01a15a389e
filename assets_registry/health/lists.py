"""The table of entries that need care."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from django.db.models import Count, Expression, Q, QuerySet

from accounts.models import AnyUser
from assets_registry.health.permissions import stewarded_assets
from assets_registry.health.queries import (
    has_a_dead_link,
    has_lost_its_person,
    has_no_owner,
    has_open_problems,
    has_unresolved_dependencies,
    is_overdue,
    needs_care,
    open_problem_count,
    unresolved_dependencies,
    where,
)
from assets_registry.health.verdicts import LINK, freshness, health
from assets_registry.models import Asset
from core.filters import Facet, Words
from core.listing import Line, Listing, Nothing, Sort
from core.words import counted, series
from councils.lists import council_pick

# Name in the address, title, what is true of the rows, and the words of its one value. A facet with one value stands on
# the page once it is chosen; `care_counts` says how many there are of each, and leads there.
_CARE = (
    ("owner", "Owner", has_no_owner, "gone", "Nobody there can publish it"),
    ("person", "Who entered it", has_lost_its_person, "gone", "Has left its owner"),
    ("link", "Link", has_a_dead_link, "failed", "Failed on three checks"),
    ("overdue", "Checked by its owner", is_overdue, "overdue", "Not within a year"),
    ("depends", "What it builds on", has_unresolved_dependencies, "gone", "Withdrawn or retired"),
    ("problem", "Reported", has_open_problems, "open", "Problems to answer"),
)


def _mark(condition: Callable[[], Q], word: str) -> Expression:
    return where(condition(), word)


def _with_care(rows: QuerySet[Asset]) -> QuerySet[Any]:
    """Assets with what each needs, and what the words of that read."""
    marks = {f"needs_{name}": where(condition(), word) for name, _, condition, word, _ in _CARE}
    rows = rows.select_related("owner", "link_check", "registered_by")
    return rows.annotate(problems_open=open_problem_count(), **marks)


def care_counts(user: AnyUser) -> list[tuple[str, int, str]]:
    """Of each need that any entry has: its words, how many have it, and the address of these; one query."""
    marks = {f"needs_{name}": where(condition(), word) for name, _, condition, word, _ in _CARE}
    groups = list(stewarded_assets(user).order_by().annotate(**marks).values(*marks).annotate(number=Count("pk")))
    found = {name: sum(each["number"] for each in groups if each[f"needs_{name}"]) for name, *_ in _CARE}
    return [
        (f"{label}: {words[0].lower()}{words[1:]}", found[name], f"?{name}={word}")
        for name, label, _, word, words in _CARE
        if found[name]
    ]


def _needs(asset: Any, lacking: dict[int, list[str]]) -> list[str]:
    """In words, what the entry needs."""
    said = {
        "owner": f"{asset.owner} has ended" if asset.owner.has_ended else f"nobody at {asset.owner} can publish it",
        "person": f"{asset.registered_by} has left {asset.owner}",
        "link": health(asset)[LINK].reason,
        "overdue": freshness(asset).reason,
        "depends": f"builds on {series(lacking.get(asset.pk, []))}, which cannot be had any more",
        "problem": f"{counted(asset.problems_open, 'problem')} to answer",
    }
    return [words for name, words in said.items() if getattr(asset, f"needs_{name}")]


def _lines(assets: list[Any], user: Any) -> Iterable[Line]:
    lacking = unresolved_dependencies()
    for asset in assets:
        needs = _needs(asset, lacking)
        yield Line(
            title=asset.name,
            url=asset.get_absolute_url(),
            sentence="; ".join(needs)[:1].upper() + "; ".join(needs)[1:] + ".",
            facts=(asset.owner.full_name, asset.get_kind_display()),
            record=asset,
        )


def _cells(assets: list[Any]) -> Iterable[tuple[object, ...]]:
    lacking = unresolved_dependencies()
    for asset in assets:
        found = health(asset)
        yield (
            asset.name,
            asset.owner,
            asset.repository_url,
            asset.checked_on,
            found[LINK].reason,
            "; ".join(lacking.get(asset.pk, [])),
            asset.problems_open,
            "; ".join(_needs(asset, lacking)),
        )


STEWARDS = Listing(
    name="entries-that-need-care",
    title="Entries that need care",
    noun=("entry that needs care", "entries that need care"),
    rows=lambda user, asked: stewarded_assets(user).filter(needs_care()),
    fields=(
        Words(columns=("name", "summary", "owner__name")),
        *(
            Facet(name=name, label=label, value=partial(_mark, condition, word), choices=[(word, words)])
            for name, label, condition, word, words in _CARE
        ),
        council_pick("council", "Council", "owner"),
    ),
    sorts=(
        Sort("longest", "Longest unchecked", lambda rows: rows.order_by("checked_on", "name", "pk")),
        Sort("name", "By name", lambda rows: rows.order_by("name", "pk")),
    ),
    of_a_line=_with_care,
    lines=_lines,
    columns=(
        "Name", "Owner", "Where it is kept", "Checked by its owner", "Link", "Builds on what is gone",
        "Problems open", "Needs",
    ),
    cells=_cells,
    of_a_file=_with_care,
    nothing=Nothing("No entry needs care", "All have an owner, a link that works, and were looked at within a year."),
    no_match=Nothing("No entry fits", "None that needs care is like this.", "See all of them", "/assets/stewards/"),
    size=50,
)  # fmt: skip
