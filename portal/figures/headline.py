"""Large figures: a number with its base, and the three of the home page."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.urls import reverse

from assets_registry.models import Asset
from assets_registry.permissions import visible_assets
from core import clock
from core.figures import POUNDS, Figure
from core.words import counted, day_in_words, one_or_many, series
from portal.figures.queries import YearInNumbers, read_period, year_in_numbers
from portal.serving.content_version import remembered
from projects.needs.permissions import visible_needs
from take_up.permissions import visible_benefits
from take_up.queries import sums_of_all


@dataclass(frozen=True)
class Headline:
    """A large figure: what it counts, its base in a sentence, and the address of its rows.

    Editors put one into a block by its `name`.
    """

    figure: Figure
    label: str
    note: str
    url: str = "/figures/"
    name: str = ""


def three_figures(year: YearInNumbers | None = None) -> list[Headline]:
    """The home page's figures: delegates, recommendation, money; each only where there are rows behind it.

    Those of events are of the latest whole year that has any, as the page of that year counts them, or of `year`.
    """
    if year is None:
        key = ("the home page's figures", clock.today())
        return remembered(key, lambda: _figures(year_in_numbers(read_period({}))))
    return _figures(year)


def _figures(year: YearInNumbers) -> list[Headline]:
    return [figure for figure in (*_of_events(year), _of_money()) if figure is not None]


def _of_events(year: YearInNumbers) -> list[Headline]:
    total, said = year.total, year.feedback
    if not total.events:
        return []
    note = (
        f"Check-ins in {year.period.year}. {total.people:,} different people from {counted(total.councils, 'council')}."
    )
    if year.made_up != "no":
        note += f" Illustrative{' in part' if year.made_up == 'in part' else ''}."
    label = f"delegates at {counted(total.events, 'event')}"
    source = next(iter(year.sources), "")
    delegates = Headline(Figure(total.delegates, as_at=year.period.until, source=source), label, note, name="delegates")
    share = next((each.share for each in said.outcomes if each.name == "would_recommend"), None) if said else None
    if said is None or share is None:
        return [delegates]
    words = f"{share.of_base}, {said.response_rate.with_unit} of delegates."
    if said.is_illustrative:
        words += " The forms are illustrative."
    would = "would recommend the events"
    return [delegates, Headline(share.rounded(0), would, words, "/figures/#feedback", "recommendation")]


def _of_money() -> Headline | None:
    money = sums_of_all(visible_benefits(AnonymousUser()))
    if not money.claimed.n:
        return None
    claimed, confirmed = Figure(money.claimed.total, unit=money.unit), money.measured
    checked = f"{confirmed.n:,} of {counted(confirmed.of, 'promise')} in money a year checked so far"
    note = f"{claimed.with_unit} was promised for all councils in scope; {checked}. The two are never added."
    told = (("what was promised", money.claimed.is_illustrative), ("what was measured", confirmed.is_illustrative))
    if made_up := [words for words, is_made_up in told if is_made_up]:
        note += f" Illustrative: {series(made_up)}."
    measured = f"a year measured at {confirmed.on}" if confirmed.on else "a year measured so far"
    return Headline(Figure(confirmed.total, unit=POUNDS), measured, note, reverse("promises:promises"), "money")


def _of_needs() -> Headline | None:
    needs = visible_needs(AnonymousUser()).open()
    if not (n := needs.count()):
        return None
    councils = needs.values("council").distinct().count()
    note = f"Raised by {counted(councils, 'council')}, as at {day_in_words(clock.today())}."
    return Headline(Figure(n), one_or_many(n, "open need", "open needs"), note + _made_up(needs), "/needs/", "needs")


def _of_assets() -> Headline | None:
    assets = visible_assets(AnonymousUser()).filter(state=Asset.State.PUBLISHED)
    if not (n := assets.count()):
        return None
    owners = assets.values("owner").distinct().count()
    note = f"From {counted(owners, 'organisation')}, as at {day_in_words(clock.today())}."
    label = one_or_many(n, "asset to reuse", "assets to reuse")
    return Headline(Figure(n), label, note + _made_up(assets), "/assets/", "assets")


def _made_up(rows: QuerySet) -> str:
    """“ Illustrative.” or “ Illustrative in part.” where some of these rows were made up."""
    kinds = set(rows.order_by().values_list("is_illustrative", flat=True).distinct())
    return "" if True not in kinds else " Illustrative." if kinds == {True} else " Illustrative in part."


def figures_named(names: Iterable[str]) -> list[Headline]:
    """The figures that editors put into a block, in their order; each only where there are rows behind it."""
    names = list(names)
    found = {figure.name: figure for figure in three_figures()} if set(names) - _COUNTS.keys() else {}
    for name in _COUNTS.keys() & set(names):
        if figure := remembered(("a figure of a block", name, clock.today()), _COUNTS[name]):
            found[name] = figure
    return [found[name] for name in names if name in found]


_COUNTS = {"needs": _of_needs, "assets": _of_assets}
# By name, as editors choose them.
NAMES = {
    "delegates": "Delegates at events, of the last whole year",
    "recommendation": "Who would recommend the events, of the last whole year",
    "money": "Money a year: measured beside promised",
    "needs": "Open needs",
    "assets": "Assets to reuse",
}
