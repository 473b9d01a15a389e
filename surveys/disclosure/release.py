"""Computes a wave's tables once: counts, suppresses, rounds, and has the result attacked before anybody sees it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from surveys.disclosure.attack import Pin, ReadRelease, attack_margin, read
from surveys.disclosure.counting import GroupTally, Tallies, count_margin, count_respondents
from surveys.disclosure.earlier import EarlierWave, shows_who_came
from surveys.disclosure.groups import columns_of
from surveys.disclosure.printed import lines
from surveys.disclosure.rounding import to_nearest, two_figures, whole, whole_percent
from surveys.disclosure.rules import why_withheld
from surveys.disclosure.suppressing import Choosing, MarginInBreakdown
from surveys.disclosure.values import (
    MONEY,
    NOBODY,
    NOT_ASKED,
    TOTAL,
    WITHHELD,
    FrozenRelease,
    Limits,
    Margin,
    OpenedAnswers,
    PrintedColumn,
    PrintedPart,
    ReleasedCell,
    Scale,
    TablePlan,
)

# One sentence for all rules: which of them it was would tell of those whom it protects.
WHY_WITHHELD = (
    "Withheld so that nobody’s answer can be worked out: too few people or organisations answered, one organisation"
    " gave too much of it, all answered alike, or another withheld figure would follow from it."
)
WHY_NO_BREAKDOWN = "Not broken down: from any column a withheld figure could be worked out."
WHY_NOT_ASKED = "This was not asked in this wave."
WHY_NOBODY = "Nobody answered this."
EVERYBODY = PrintedPart(TOTAL, "Everybody", (TOTAL,))


class StillFound(RuntimeError):
    """A figure could be worked out although everything that could be withheld was: nothing is released."""


def compute_release(
    plan: TablePlan,
    respondents: Sequence[OpenedAnswers],
    *,
    limits: Limits | None = None,
    earlier: EarlierWave | None = None,
) -> FrozenRelease:
    """All that a wave prints. Where the attack finds anything more is withheld, until it finds nothing.

    The order of the respondents makes no difference. It is meant to run once, as the round closes, and to be kept.
    """
    suppressed = Suppressed(plan, respondents, limits or Limits(), earlier)
    then = read(lines(earlier.release)) if earlier else ReadRelease()
    for margin in suppressed.margins:
        while pins := attack_margin(read(lines(suppressed.release([margin]))), then, margin.key, suppressed.stayed):
            suppressed.withhold_more(margin, pins)
    return suppressed.release()


def suppress(
    plan: TablePlan,
    respondents: Sequence[OpenedAnswers],
    *,
    limits: Limits | None = None,
    earlier: EarlierWave | None = None,
) -> FrozenRelease:
    """What is printed before it is attacked, to time the check apart and to see what it adds. Not to be published."""
    return Suppressed(plan, respondents, limits or Limits(), earlier).release()


@dataclass
class MarginState:
    """How a margin is printed as yet: a scale for everybody, and a way for each breakdown or None where it goes."""

    breakdowns: dict[str, MarginInBreakdown]
    tallies: Tallies
    scale: Scale | None  # None where the whole margin is withheld
    ways: dict[str, Iterator[Choosing]]
    chosen: dict[str, Choosing | None]


class Suppressed:
    """The wave as it is suppressed, margin by margin, which can be told to withhold more."""

    def __init__(
        self, plan: TablePlan, respondents: Sequence[OpenedAnswers], limits: Limits, earlier: EarlierWave | None
    ) -> None:
        self.plan, self.limits, self.earlier = plan, limits, earlier
        self.responded = count_respondents(plan, respondents)
        self.columns = {each.key: columns_of(each, self.responded, limits) for each in plan.breakdowns}
        self.breakdowns_of: dict[str, tuple[str, ...]] = {}
        self.margins: list[Margin] = []
        for question in plan.questions:
            for margin in (margin for row in question.rows for margin in row.margins()):
                self.margins.append(margin)
                self.breakdowns_of[margin.key] = question.breakdowns
        self.states = {margin.key: self._begun(margin, respondents) for margin in self.margins}

    @property
    def stayed(self) -> Mapping[tuple[str, str], int]:
        return self.earlier.stayed if self.earlier else {}

    def withhold_more(self, margin: Margin, pins: Sequence[Pin]) -> None:
        """Print the margin in the next way of the breakdowns that were found out, and of none when there is none."""
        state = self.states[margin.key]
        if state.scale is None:
            raise StillFound(f"{margin.key}: {pins[0]}")
        found = {pin.breakdown for pin in pins}
        if found <= {key for key, way in state.chosen.items() if way is not None}:
            for breakdown in found:
                state.chosen[breakdown] = next(state.ways[breakdown], None)
        elif any(state.chosen.values()):
            state.chosen = dict.fromkeys(state.chosen)
        else:
            state.scale = None

    def release(self, margins: Sequence[Margin] | None = None) -> FrozenRelease:
        """What is printed of these margins, or of all."""
        some = self.margins if margins is None else margins
        return FrozenRelease(
            response={
                each.key: {group: self.responded[each.key, group].base for group in each.groups}
                for each in self.plan.breakdowns
            },
            parts={key: columns.parts for key, columns in self.columns.items()},
            columns=tuple(column for margin in some for column in self._columns(margin)),
            why_no_column={(key, group): why for key, own in self.columns.items() for group, why in own.why.items()},
            why_no_breakdown={
                (margin.key, breakdown): WHY_NO_BREAKDOWN
                for margin in some
                for breakdown, way in self.states[margin.key].chosen.items()
                if way is None and self.states[margin.key].scale is not None
            },
        )

    def _begun(self, margin: Margin, respondents: Sequence[OpenedAnswers]) -> MarginState:
        keys = self.breakdowns_of[margin.key]
        tallies = count_margin(self.plan, margin, keys, respondents if margin.row.asked else ())
        scales = margin.scales or ((),)
        total = tallies[TOTAL, TOTAL]
        allowed = [scale for scale in scales if not why_withheld(total, margin, scale, self.limits)]
        if not allowed or self._shows_who_came(margin, EVERYBODY, TOTAL, total, self.responded[TOTAL, TOTAL].base):
            return MarginState({}, tallies, None, {}, {})
        within = replace(margin, scales=scales[scales.index(allowed[0]) :] if margin.scales else ())
        own = {key: self._in_breakdown(within, key, tallies) for key in keys if self.columns[key].parts}
        ways = {key: each.ways() for key, each in own.items()}
        chosen = {key: next(ways[key], None) if key in ways else None for key in keys}
        return MarginState(own, tallies, allowed[0], ways, chosen)

    def _in_breakdown(self, margin: Margin, key: str, tallies: Tallies) -> MarginInBreakdown:
        plain = MarginInBreakdown(margin, key, self.columns[key], tallies, self.responded, self.limits)
        moved = (
            part
            for part in plain.columns.parts
            if self._shows_who_came(margin, part, key, plain.answered[part], plain.sizes[part])
        )
        return replace(plain, moved=frozenset(moved))

    def _shows_who_came(self, margin: Margin, part: PrintedPart, key: str, answered: GroupTally, size: int) -> bool:
        return self.earlier is not None and shows_who_came(
            self.earlier, margin.key, part, answered, size, breakdown=key, limits=self.limits
        )

    def _columns(self, margin: Margin) -> Iterator[PrintedColumn]:
        """Everybody, then each part of each breakdown that is left."""
        state = self.states[margin.key]
        keys = self.breakdowns_of[margin.key]
        total = state.tallies[TOTAL, TOTAL]
        if not margin.row.asked or not total.base:
            said = (NOBODY, WHY_NOBODY) if margin.row.asked else (NOT_ASKED, WHY_NOT_ASKED)
        else:
            said = (WITHHELD, WHY_WITHHELD)
        if state.scale is None:
            scale = margin.scales[0] if margin.scales else ()
            yield _without_figures(margin, TOTAL, EVERYBODY, scale, *said)
            for key in keys:
                yield from (_without_figures(margin, key, part, scale, *said) for part in self.columns[key].parts)
            return
        yield _with_figures(margin, TOTAL, EVERYBODY, state.scale, total)
        for key in keys:
            way = state.chosen[key]
            for part in self.columns[key].parts if way else ():
                if part in way.withheld:  # type: ignore[union-attr]  # without a way there is no part
                    yield _without_figures(margin, key, part, way.scale, *said)  # type: ignore[union-attr]  # as above
                else:
                    yield _with_figures(margin, key, part, way.scale, state.breakdowns[key].answered[part])  # type: ignore[union-attr]  # as above


def _with_figures(margin: Margin, breakdown: str, part: PrintedPart, scale: Scale, tally: GroupTally) -> PrintedColumn:
    """A column with its figures, rounded from the counts as they are."""
    shares = [sum(tally.counts[choice] for choice in category.choices) for category in scale]
    cells = tuple(
        ReleasedCell(category, whole_percent(share, of=tally.base), to_nearest(share))
        for category, share in zip(scale, shares, strict=True)
    )
    mean = None
    if margin.is_mean:
        mean = two_figures(tally.mean) if margin.row.kind == MONEY else whole(tally.mean)
    return PrintedColumn(margin.key, breakdown, part.key, part.groups, to_nearest(tally.base), cells, mean)


def _without_figures(
    margin: Margin, breakdown: str, part: PrintedPart, scale: Scale, state: str, reason: str
) -> PrintedColumn:
    cells = tuple(ReleasedCell(category, state=state) for category in scale)
    return PrintedColumn(margin.key, breakdown, part.key, part.groups, None, cells, None, state, reason)
