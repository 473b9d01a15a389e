"""Promises as lines of a table, in words: £180,000, 200 to 300, “3 councils, December 2015”."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from accounts.models import AnyUser
from assets_registry.models import Asset, Benefit
from assets_registry.permissions import visible_adoptions
from projects.models import Project

_STATES = {
    Benefit.State.CLAIMED: ("Not checked", "violet"),
    Benefit.State.CONFIRMED: ("Kept", "green"),
    Benefit.State.PARTLY: ("Partly", "amber"),
    Benefit.State.NOT_REACHED: ("Not reached", "coral"),
}
NONE = "–"


@dataclass(frozen=True)
class Promise:
    """One line: what, before, promised, measured on what base, and whether it was kept."""

    record: Benefit
    title: str
    who: str
    before: str
    promised: str
    measured: str
    base: str
    state: str
    colour: str


def promise(benefit: Benefit, *, says_who: bool = False) -> Promise:
    """A benefit in words; `says_who` adds whose it is, where a table holds several."""
    state, colour = _STATES[Benefit.State(benefit.state)]
    base = ""
    if benefit.n is not None and benefit.result_on:
        base = f"{benefit.n:,} {benefit.n_words}, {benefit.result_on:%B %Y}".replace(" ,", ",")
    return Promise(
        record=benefit,
        title=benefit.title if benefit.is_money or benefit.unit in benefit.title.lower() else _with_unit(benefit),
        who=_whose(benefit) if says_who else "",
        before=amount(benefit.baseline, benefit.unit),
        promised=amount(benefit.claimed, benefit.unit),
        measured=benefit.result_words or amount(benefit.result, benefit.unit),
        base=base,
        state=state,
        colour=colour,
    )


def amount(value: Decimal | None, unit: str) -> str:
    """£180,000 or 2.5; a dash where nothing is known."""
    if value is None:
        return NONE
    text = f"{abs(value):,.2f}".removesuffix(".00")
    return f"{'−' if value < 0 else ''}{'£' if unit.startswith('£') else ''}{text}"


def of_project(project: Project) -> QuerySet[Benefit]:
    return Benefit.objects.filter(project=project)


def of_asset(asset: Asset, user: AnyUser) -> QuerySet[Benefit]:
    """What its adopters said, where they may be named, confirmed or the reader's own."""
    adoptions = visible_adoptions(user).filter(asset=asset, confirmed_at__isnull=False)
    return Benefit.objects.filter(adoption__in=adoptions).select_related("adoption__council")


def in_words(benefits: Iterable[Benefit], *, says_who: bool = False) -> list[Promise]:
    return [promise(benefit, says_who=says_who) for benefit in benefits]


def _with_unit(benefit: Benefit) -> str:
    return f"{benefit.title} ({benefit.unit})"


def _whose(benefit: Benefit) -> str:
    if benefit.project is not None:
        return str(benefit.project)
    return str(benefit.adoption.council) if benefit.adoption else ""
