"""How a comparison is shown: a dot strip of each indicator with its sentence, the table behind it, and its file."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from accounts.models import AnyUser
from core import clock
from core.tables import MADE_UP, Table, made_up_cell
from core.words import counted, day_in_words, one_or_many
from councils.kinds import many_in_words
from councils.likeness import Weights
from councils.models import Organisation, Service
from design_system import charts
from kpis.comparison import queries
from kpis.comparison.sums import (
    LEAST,
    ComparedCouncil,
    OthersMiddle,
    as_figure,
    fixed_on,
    middle_of_others,
    value_of,
)
from kpis.indicators.models import ServiceReturn
from kpis.indicators.quarters import quarter_in_words, quarter_key
from kpis.indicators.queries import service_of
from kpis.indicators.worked_out import INDICATORS, NOT_COLLECTED, TAKE_UP, Indicator

MEDIAN = "Median of the others"


@dataclass(frozen=True)
class GroupOfOthers:
    """A group that a council is compared with, and its four indicators."""

    key: str
    words: str  # as after “21 other”: districts, councils like it
    council: Organisation
    own: ServiceReturn | None
    members: Sequence[ComparedCouncil]
    quarter: dt.date
    reasons: dict[int, str]  # why a council is in it, by its key

    @cached_property
    def middles(self) -> list[OthersMiddle]:
        return [self._middle(each) for each in INDICATORS]

    def _middle(self, indicator: Indicator) -> OthersMiddle:
        days = {"fixed": fixed_on(self.quarter), "today": clock.today()}
        return middle_of_others(self.members, indicator, self.council, **days)

    @property
    def strips(self) -> list[dict[str, Any]]:
        """Each indicator with its sentences and its drawing; none where the median is withheld."""
        return [self._told(each) for each in self.middles]

    def strip_of(self, indicator: Indicator) -> dict[str, Any]:
        """One of the strips."""
        return self._told(self._middle(indicator))

    def _told(self, each: OthersMiddle) -> dict[str, Any]:
        chart = self._strip(each) if each.median else None
        return {"name": each.indicator.name, "words": self._in_words(each), "chart": chart}

    def own_in_words(self, indicator: Indicator) -> str:
        if self.own is None:
            return "Not published"
        value = value_of(self.own, indicator)
        return said(indicator, value) if value is not None else NOT_COLLECTED

    def _in_words(self, each: OthersMiddle) -> str:
        own = self.own_in_words(each.indicator)
        words = [f"{self.council}: {own[:1].lower()}{own[1:]}."]
        if each.median is None:
            number = len(each.published)
            publish = f"only {number} of the other {self.words} {one_or_many(number, 'publishes', 'publish')} it"
            words.append(f"The median is withheld: {publish}, and fewer than {LEAST} are too few.")
            return " ".join(words)
        # A figure for comparison only is among them on its own council's page too (see `middle_of_others`).
        is_hidden = (
            self.own is not None and self.own.for_comparison_only and value_of(self.own, each.indicator) is not None
        )
        may_be_among = is_hidden and each.unseen
        who = (
            f"{each.others} {self.words}, yours among them where it came in by then"
            if may_be_among
            else f"{each.others} other {self.words}"
        )
        words.append(f"Median: {each.median.with_unit}, of {who}, as at {day_in_words(each.as_at)}.")
        if each.unseen:
            shown = counted(
                len(each.published), "publishes its figure and is the dot", "publish theirs and are the dots"
            )
            shown = shown if each.published else "None publishes it"
            words.append(f"{shown}; {each.unseen} for comparison only are in the median alone.")
        return " ".join(words)

    def _strip(self, each: OthersMiddle) -> charts.Chart:
        indicator, own = each.indicator, value_of(self.own, each.indicator)
        points = [(one.council.name, value) for one, value in each.published]
        # The name alone may be another's too, as of a county and a district.
        mine = [(self.council.name, own)] if own is not None else []
        drawn = charts.dot_strip(
            f"{self.key}-{indicator.key}",
            [(f"{len(points)} published" if points else "", [(f"{name} ", value) for name, value in points] + mine)],
            title=f"{indicator.name}, beside {self.words}",
            of="Group",
            who="Council",
            counts=indicator.name,
            marked=self.council.name,
            say=lambda value: said(indicator, value),
            middle=("Median", each.median.value) if each.median else None,
        )
        return replace(drawn, description=self._in_words(each))

    @property
    def columns(self) -> list[Any]:
        why = ["Why"] if self.reasons else []
        return ["Council", *why, *((each.name, "numeric") for each in INDICATORS)]

    def rows(self, service: Service) -> list[list[Any]]:
        """The median first, then the council itself, then who publishes, by name; nobody has a rank."""
        why = [""] if self.reasons else []
        middles = self.middles
        medians = [f"{each.median.with_unit} of {each.others}" if each.median else "Withheld" for each in middles]
        rows = [
            [MEDIAN, *why, *medians],
            [self.council.full_name, *why, *(self.own_in_words(one) for one in INDICATORS)],
        ]
        by_council = [{one.council_id: value for one, value in each.published} for each in middles]
        today = {each.council.pk: each.today for each in self.members}
        named = {one.council_id: one.council for each in middles for one, _ in each.published}
        for one in sorted(named.values(), key=lambda each: (each.name, each.pk)):
            values = [
                said(indicator, values[one.pk]) if one.pk in values else _why_none(today[one.pk], indicator)
                for indicator, values in zip(INDICATORS, by_council, strict=True)
            ]
            rows.append(
                [(one.full_name, service_of(service, one)), *([self.reasons.get(one.pk, "")] if why else []), *values]
            )
        return rows

    @property
    def shown_returns(self) -> list[ServiceReturn]:
        """The published returns behind it, whose origin is said."""
        return [one for each in self.middles for one, _ in each.published]

    @property
    def cells(self) -> list[list[object]]:
        """Rows of the file: what is published and the medians, the same for every reader."""
        found: list[list[object]] = []
        for each in self.middles:
            start = [self.words, quarter_key(self.quarter), each.as_at, each.indicator.name]
            median = each.median.value if each.median else ""
            is_made_up = made_up_cell(*(one for one, _ in each.published))
            found.append([*start, MEDIAN, median, each.others, each.unseen, is_made_up])
            found += [
                [*start, one.council.official_name, value, "", "", made_up_cell(one)] for one, value in each.published
            ]
        return found


def _why_none(today: ServiceReturn, indicator: Indicator) -> str:
    """Why a council that publishes has no dot: it has no such figure, or returned it after the day that counts."""
    return NOT_COLLECTED if value_of(today, indicator) is None else "Returned later"


def groups_of(
    council: Organisation,
    quarter: dt.date,
    found: Sequence[ComparedCouncil],
    own: ServiceReturn | None,
    weights: Weights,
) -> list[GroupOfOthers]:
    """The two groups that a council is compared with: all of its kind, fixed; and those like it, by weights."""
    like, reasons = queries.alike(found, council, weights)
    in_words = {each.council.pk: each.in_words for each in reasons}
    return [
        _of_its_kind(council, quarter, found, own),
        GroupOfOthers("like", f"councils like {council}", council, own, like, quarter, in_words),
    ]


def _of_its_kind(
    council: Organisation, quarter: dt.date, found: Sequence[ComparedCouncil], own: ServiceReturn | None
) -> GroupOfOthers:
    kind = queries.kind_of(found, council)
    members = queries.of_a_kind(found, kind)
    return GroupOfOthers("kind", many_in_words(kind), council, own, members, quarter, {})


def beside_its_kind(service: Service, council: Organisation, quarter: dt.date, user: AnyUser) -> dict[str, Any]:
    """A council's digital take-up beside all councils of its kind: the strip for the service's page. Two queries."""
    found = queries.compared_councils(service, quarter)
    own = queries.own_return(found, council, user)
    return _of_its_kind(council, quarter, found, own).strip_of(TAKE_UP)


def said(indicator: Indicator, value: Any) -> str:
    return indicator.said(as_figure(value, indicator))


def file_of(service: Service, council: Organisation, quarter: dt.date, groups: Sequence[GroupOfOthers]) -> Table:
    return Table(
        name=f"{service.slug}-{council.slug}-beside-others-{quarter_key(quarter)}",
        title=f"{service.name}: {council.official_name} beside others, {quarter_in_words(quarter)}",
        columns=(
            "Group", "Quarter", "As at", "Indicator", "Council", "Value", "Others in the median",
            "Of them not shown", MADE_UP,
        ),
        rows=[cells for group in groups for cells in group.cells],
    )  # fmt: skip
