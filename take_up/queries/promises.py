"""Promises as lines of a table, in words: £180,000, 200 to 300, “3 councils, December 2015”."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from accounts.models import AnyUser
from assets_registry.models import Asset
from core.figures import Figure
from core.origin import Origin
from core.words import month_in_words, since
from projects.models import Project
from projects.sums.words import sum_in_words
from take_up import told
from take_up.models import Benefit
from take_up.permissions import visible_adoptions
from take_up.queries.benefits import measured_on

COLOURS: dict[str, str] = {
    Benefit.State.KEPT: "green",
    Benefit.State.PARTLY: "amber",
    Benefit.State.NOT_KEPT: "coral",
    Benefit.State.NOT_YET: "grey",
    Benefit.State.NOT_CHECKED: "violet",
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
    asked: str = ""
    result_origin: Origin | None = None


def promise(benefit: Benefit, *, says_who: bool = False) -> Promise:
    """A benefit in words; `says_who` adds whose it is, where a table holds several."""
    state, latest, case = Benefit.State(benefit.state), benefit.latest, benefit.business_case
    measured = Figure(latest.value if latest else None, unit=benefit.unit).number
    return Promise(
        record=benefit,
        title=benefit.title if benefit.is_money or benefit.unit in benefit.title.lower() else _with_unit(benefit),
        who=_whose(benefit) if says_who else "",
        where=f"{benefit.claimed_in}: {sum_in_words(case)}" if case else benefit.claimed_in,
        where_url=case.get_absolute_url() if case else "",
        before=Figure(benefit.baseline, unit=benefit.unit).number,
        promised=Figure(benefit.claimed, unit=benefit.unit).number,
        measured=latest.value_words or measured if latest else measured,
        base=f"{measured_on(benefit)}, {month_in_words(latest.measured_on)}" if latest else "",
        state=state.label,
        colour=COLOURS[state],
        asked=explanation_asked(benefit),
        result_origin=Origin(latest.source, latest.is_illustrative) if latest else None,
    )


def explanation_asked(benefit: Benefit) -> str:
    """“Explanation asked of Harlow since 4 May 2016”; empty where none is asked for, or it was given."""
    day = benefit.missed_on
    if day is None or not benefit.waits_for_explanation:
        return ""
    whom = told.council_name(benefit) or "the secretariat"
    return f"Explanation asked of {whom} {since(day)}"


def of_project(project: Project) -> QuerySet[Benefit]:
    return Benefit.objects.filter(project=project).select_related(
        "latest", "project__lead_council", "business_case__project"
    )


def of_asset(asset: Asset, user: AnyUser) -> QuerySet[Benefit]:
    """The promises of its confirmed adopters, as far as the reader may see those."""
    adoptions = visible_adoptions(user).filter(asset=asset, confirmed_at__isnull=False)
    return Benefit.objects.filter(adoption__in=adoptions).select_related(
        "latest", "adoption__asset", "adoption__council", "business_case__project"
    )


def in_words(benefits: Iterable[Benefit], *, says_who: bool = False) -> list[Promise]:
    return [promise(benefit, says_who=says_who) for benefit in benefits]


def _with_unit(benefit: Benefit) -> str:
    return f"{benefit.title} ({benefit.unit})"


def _whose(benefit: Benefit) -> str:
    if benefit.project is not None:
        return str(benefit.project)
    return str(benefit.adoption.council) if benefit.adoption else "A case study"
