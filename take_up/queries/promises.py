"""Promises as lines of a table, in words: £180,000, 200 to 300, “3 councils, December 2015”."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from accounts.models import AnyUser
from assets_registry.models import Asset
from core.figures import Figure
from core.origin import Origin
from core.words import month_in_words
from projects.models import Project
from projects.sums.words import sum_in_words
from take_up.models import Benefit
from take_up.permissions import visible_adoptions
from take_up.queries.benefits import measured_on

# Whether a promise was kept, as every page, table and form says it.
STATES = {
    Benefit.State.CLAIMED: "Not checked",
    Benefit.State.CONFIRMED: "Kept",
    Benefit.State.PARTLY: "Partly kept",
    Benefit.State.NOT_REACHED: "Not kept",
}
_COLOURS = {
    Benefit.State.CLAIMED: "violet",
    Benefit.State.CONFIRMED: "green",
    Benefit.State.PARTLY: "amber",
    Benefit.State.NOT_REACHED: "coral",
}


@dataclass(frozen=True)
class Promise:
    """One line: what, where it was promised, before, promised, measured on what base, and whether it was kept."""

    record: Benefit
    title: str
    who: str
    where: str
    where_url: str
    before: str
    promised: str
    measured: str
    base: str
    state: str
    colour: str
    result_origin: Origin | None = None


def promise(benefit: Benefit, *, says_who: bool = False) -> Promise:
    """A benefit in words; `says_who` adds whose it is, where a table holds several."""
    state = Benefit.State(benefit.state)
    base = f"{measured_on(benefit)}, {month_in_words(benefit.result_on)}" if benefit.result_on else ""
    case = benefit.business_case
    return Promise(
        record=benefit,
        title=benefit.title if benefit.is_money or benefit.unit in benefit.title.lower() else _with_unit(benefit),
        who=_whose(benefit) if says_who else "",
        where=f"{benefit.claimed_in}: {sum_in_words(case)}" if case else benefit.claimed_in,
        where_url=case.get_absolute_url() if case else "",
        before=Figure(benefit.baseline, unit=benefit.unit).number,
        promised=Figure(benefit.claimed, unit=benefit.unit).number,
        measured=benefit.result_words or Figure(benefit.result, unit=benefit.unit).number,
        base=base,
        state=STATES[state],
        colour=_COLOURS[state],
        result_origin=_result_origin(benefit),
    )


def _result_origin(benefit: Benefit) -> Origin | None:
    """None where nothing was measured."""
    if benefit.result is None:
        return None
    return Origin(benefit.result_source, benefit.result_is_illustrative)


def of_project(project: Project) -> QuerySet[Benefit]:
    return Benefit.objects.filter(project=project).select_related("business_case__project")


def of_asset(asset: Asset, user: AnyUser) -> QuerySet[Benefit]:
    """The promises of its confirmed adopters, as far as the reader may see those."""
    adoptions = visible_adoptions(user).filter(asset=asset, confirmed_at__isnull=False)
    return Benefit.objects.filter(adoption__in=adoptions).select_related("adoption__council", "business_case__project")


def in_words(benefits: Iterable[Benefit], *, says_who: bool = False) -> list[Promise]:
    return [promise(benefit, says_who=says_who) for benefit in benefits]


def _with_unit(benefit: Benefit) -> str:
    return f"{benefit.title} ({benefit.unit})"


def _whose(benefit: Benefit) -> str:
    if benefit.project is not None:
        return str(benefit.project)
    return str(benefit.adoption.council) if benefit.adoption else ""
