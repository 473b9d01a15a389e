"""An attack on a release: what a reader of its file can work out of people whom no column tells of.

It shares no rule and no sum with what suppresses. It has the lines of the file, those of last wave's, and, if it is
told, how many of each group answered both times alike. Of these it makes one integer programme for each margin: how
many of each group gave each answer. HiGHS finds the least and the most of every count that is printed nowhere.

A count is *pinned* if what it can be is narrower than ten, and narrower than what the total, the one printed column
that holds its group, and last wave's file leave of it anyhow. An attribute is *disclosed* if of fewer than thirty
people it is sure that none gave an answer.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from surveys.disclosure.model import Model, Terms
from surveys.disclosure.printed import RESPONSE, PrintedLine
from surveys.disclosure.values import SEPARATOR, TOTAL

WIDTH = 10  # of what a count can be
ALIKE = 30  # people of whom 0% or 100% says nothing about one
NARROW = 100  # people of a column whose shares are taken as they are where two waves are read together
SKIPPED = ""  # the choice of whoever gave none

Response = Mapping[str, Mapping[str, int]]
Stayed = Mapping[tuple[str, str], int]


@dataclass(frozen=True)
class Pin:
    """What an attack found: of these groups, so many at least and at most gave one of these answers."""

    margin: str
    breakdown: str
    groups: tuple[str, ...]
    choices: tuple[str, ...]
    least: int
    most: int
    is_attribute: bool = False
    of_whom: str = ""  # “came” or “went”, where it is of those who did so since last wave


@dataclass(frozen=True)
class ReadColumn:
    """A column as its lines tell it."""

    breakdown: str
    groups: tuple[str, ...]
    base: int | None
    shares: tuple[tuple[tuple[str, ...], int, int], ...]  # choices, per cent, count
    mean: int | None
    categories: tuple[tuple[str, ...], ...]

    @property
    def is_printed(self) -> bool:
        return self.base is not None


@dataclass
class ReadRelease:
    """The responses and the columns, by margin, that the lines of a file tell."""

    response: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    columns: dict[str, list[ReadColumn]] = field(default_factory=lambda: defaultdict(list))

    @property
    def in_all(self) -> int:
        return max((sum(groups.values()) for groups in self.response.values()), default=0)


def read(printed: Iterable[PrintedLine]) -> ReadRelease:
    """What the lines of a file say, read as a stranger would."""
    told, by_column = ReadRelease(), defaultdict(list)
    for line in printed:
        if line["margin"] == RESPONSE:
            if line["base"]:
                told.response[line["breakdown"]][line["part"]] = int(line["base"])
        else:
            by_column[line["margin"], line["breakdown"], line["groups"]].append(line)
    for (margin, breakdown, groups), cells in by_column.items():
        told.columns[margin].append(_column(breakdown, groups, cells))
    return told


def attack(
    printed: Iterable[PrintedLine],
    *,
    earlier: Iterable[PrintedLine] = (),
    stayed: Stayed | None = None,
    margins: Iterable[str] = (),
) -> list[Pin]:
    """All that can be worked out from these lines, of these margins or of all."""
    now, then = read(printed), read(earlier)
    wanted = [*margins] or [*now.columns]
    return [pin for margin in wanted for pin in attack_margin(now, then, margin, stayed or {})]


def attack_margin(now: ReadRelease, then: ReadRelease, margin: str, stayed: Stayed) -> list[Pin]:
    """What can be worked out of one margin."""
    columns = now.columns[margin]
    total = next((column for column in columns if column.breakdown == TOTAL), None)
    if total is None or not total.is_printed:
        return []
    if total.mean is not None:
        return list(_lone_means(now, margin))
    return [*MarginAttack(now, then, margin, stayed).found()]


class MarginAttack:
    """One margin, its programme and what is asked of it."""

    def __init__(self, now: ReadRelease, then: ReadRelease, margin: str, stayed: Stayed) -> None:
        self.now, self.then, self.margin = now, then, margin
        self.columns = now.columns[margin]
        self.total = next(column for column in self.columns if column.breakdown == TOTAL)
        self.choices = tuple(choice for category in self.total.categories for choice in category)
        before = next((column for column in then.columns.get(margin, ()) if column.breakdown == TOTAL), None)
        self.is_linked = bool(stayed) and before is not None and before.is_printed and _same(before, self.choices)
        self.stayed = stayed if self.is_linked else {}
        self.shown = sorted({column.breakdown for column in self.columns} - {TOTAL})
        self.model = self._programme(self.columns)
        self._alone: dict[tuple[str, ReadColumn | None], Model] = {}

    def found(self) -> Iterator[Pin]:
        yield from self._printed_alike()
        self._looked_around()
        for breakdown in self.shown:
            for groups, choices in self._unprinted(breakdown):
                yield from self._tried(breakdown, groups, choices, self._count("now", breakdown, groups, choices))
        if self.is_linked:
            yield from self._who_came_or_went()

    def _programme(self, columns: Sequence[ReadColumn], *, whole: Model | None = None) -> Model:
        """The counts of all groups, with what is printed of them; who changed their answers as the `whole` tells."""
        model = Model()
        self._wave(model, "now", self.now, columns)
        if self.is_linked:
            self._wave(model, "then", self.then, self.then.columns[self.margin])
            self._those_who_stayed(model, whole)
        return model

    def _wave(self, model: Model, wave: str, told: ReadRelease, columns: Sequence[ReadColumn]) -> None:
        answers = (*self.choices, SKIPPED)
        for choice in answers:
            model.variable((wave, TOTAL, TOTAL, choice), told.in_all)
        for breakdown, groups in told.response.items():
            for group, size in groups.items():
                terms = [model.variable((wave, breakdown, group, choice), size) for choice in answers]
                model.require([(term, 1) for term in terms], size, size)
            for choice in answers:
                parts = [((wave, breakdown, group, choice), 1) for group in groups]
                model.require_keys([*parts, ((wave, TOTAL, TOTAL, choice), -1)], 0, 0)
        for column in columns:
            if column.is_printed and column.shares:
                self._printed(model, wave, column)

    def _printed(self, model: Model, wave: str, column: ReadColumn) -> None:
        """What a printed column allows: its base, its counts, and shares of whole per cent."""
        groups = column.groups
        base = self._count(wave, column.breakdown, groups, self.choices)
        least, most, spans = whole_numbers(column)
        model.require_keys(base, least, most)
        for (choices, percent, _), (low, high) in zip(column.shares, spans, strict=True):
            share = self._count(wave, column.breakdown, groups, choices)
            model.require_keys(share, low, high)
            if least < most and (not self.is_linked or most <= NARROW):  # else the span says all, or nearly
                model.require_keys([*_times(share, 200), *_times(base, -(2 * percent - 1))], 0, None)
                model.require_keys([*_times(share, 200), *_times(base, -(2 * percent + 1))], None, -1)

    def _those_who_stayed(self, model: Model, whole: Model | None) -> None:
        """So many of each group answered both times alike, unless what is printed contradicts it."""
        answers = (*self.choices, SKIPPED)
        tied: dict[str, list[Terms]] = {choice: [] for choice in answers}
        loose = []
        for breakdown in {breakdown for breakdown, _ in self.stayed}:
            groups = [group for key, group in self.stayed if key == breakdown]
            for group in groups:
                size = self.stayed[breakdown, group]
                for choice in answers:
                    key = ("stayed", breakdown, group, choice)
                    model.variable(key, size)
                    for wave in ("now", "then"):
                        model.require_keys([((wave, breakdown, group, choice), 1), (key, -1)], 0, None)
                others = ("changed", breakdown, group, SKIPPED)
                model.variable(others, size)
                loose.append(others)
                stays = [(("stayed", breakdown, group, choice), 1) for choice in answers]
                model.require_keys([*stays, (others, 1)], size, size)
            for choice in answers:
                tied[choice].append([(("stayed", breakdown, group, choice), 1) for group in groups])
        for sums in tied.values():
            for other in sums[1:]:
                model.require_keys([*sums[0], *_times(other, -1)], 0, 0)
        tops = model.point([(key, 1) for key in loose]) if whole is None else {key: whole.top(key) for key in loose}
        for key in loose:
            model.limit(key, 0, tops[key])  # nobody changed, or as many as figures that contradict it ask for

    def _looked_around(self) -> None:
        """Meet solutions in which each group has much of one answer and little of the others, before any is asked for.

        What they show of a count to be wide enough needs no programme of its own, which is nearly all of them.
        """
        alone = [
            (breakdown, groups[0])
            for breakdown in self.shown
            for groups in sorted({groups for groups, _ in self._unprinted(breakdown) if len(groups) == 1})
        ]
        for turn in range(len(self.choices) if alone else 0):
            at = enumerate(alone)
            wanted = [(group, self.choices[(place + turn) % len(self.choices)]) for place, group in at]
            self.model.visit([(("now", *group, choice), -1) for group, choice in wanted])

    def _unprinted(self, breakdown: str) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
        """The groups, and parts withheld, that no column tells of, with each answer and each printed category."""
        columns = [column for column in self.columns if column.breakdown == breakdown]
        printed = {column.groups for column in columns if column.is_printed}
        targets: list[tuple[str, ...]] = [
            (group,) for group, size in self.now.response[breakdown].items() if size and (group,) not in printed
        ]
        targets += [column.groups for column in columns if not column.is_printed and len(column.groups) > 1]
        answers = {(choice,) for choice in self.choices} | {each for column in columns for each in column.categories}
        for groups in targets:
            for choices in sorted(answers):
                yield groups, choices

    def _tried(self, breakdown: str, groups: tuple[str, ...], choices: tuple[str, ...], count: Terms) -> Iterator[Pin]:
        size = sum(self.now.response[breakdown][group] for group in groups)
        holder = self._holder(breakdown, groups)
        at_most = min(WIDTH, self._anyhow_at_most(size, choices, holder))
        if self.model.spread(count) >= at_most:
            return
        least, most = self.model.span(count, enough=at_most)
        if most - least >= at_most:
            return
        low, high = self._anyhow(breakdown, holder).span(count, enough=WIDTH)
        if most - least < min(WIDTH, high - low):
            yield Pin(self.margin, breakdown, groups, choices, least, most, most == 0 and size < ALIKE)

    def _holder(self, breakdown: str, groups: tuple[str, ...]) -> ReadColumn | None:
        """The printed column that these groups are part of."""
        printed = (column for column in self.columns if column.breakdown == breakdown and column.is_printed)
        return next((column for column in printed if {*groups} < {*column.groups}), None)

    def _anyhow_at_most(self, size: int, choices: tuple[str, ...], holder: ReadColumn | None) -> int:
        """How wide a count of so many people can be at most, by the total and the column that holds them alone."""
        least, most = 0, size
        for column in (self.total, holder):
            if column is not None:
                others = self._responded(column) - size
                for at, (low, high) in self._spans(column):
                    if {*choices} <= {*at}:
                        most = min(most, high)
                    if {*choices} == {*at}:
                        least = max(least, low - others)
        return most - least

    def _responded(self, column: ReadColumn) -> int:
        if column.breakdown == TOTAL:
            return self.now.in_all
        return sum(self.now.response[column.breakdown][group] for group in column.groups)

    def _spans(self, column: ReadColumn) -> list[tuple[tuple[str, ...], tuple[int, int]]]:
        return [(share[0], span) for share, span in zip(column.shares, whole_numbers(column)[2], strict=True)]

    def _anyhow(self, breakdown: str, holder: ReadColumn | None) -> Model:
        """The programme of the total, the column that holds a count, and last wave, as exactly as all tells these."""
        if (breakdown, holder) not in self._alone:
            alone = [self.total, *([holder] if holder else [])]
            model = self._programme(alone, whole=self.model)
            for column in alone:
                for choices in (*column.categories, self.choices):
                    count = self._count("now", column.breakdown, column.groups, choices)
                    model.require_keys(count, *self.model.span(count))
            self._alone[breakdown, holder] = model
        return self._alone[breakdown, holder]

    def _printed_alike(self) -> Iterator[Pin]:
        """Columns of fewer than thirty of which a printed share is surely nothing, or all."""
        for column in self.columns:
            if not (column.is_printed and column.shares):
                continue
            _, most, spans = whole_numbers(column)
            for (choices, _, _), (low, high) in zip(column.shares, spans, strict=True):
                if high == 0 and most < ALIKE:
                    yield Pin(self.margin, column.breakdown, column.groups, choices, low, high, is_attribute=True)

    def _who_came_or_went(self) -> Iterator[Pin]:
        """Of columns printed in both waves: the answers of the few who came or went, if the others answered alike."""
        before = {(column.breakdown, column.groups) for column in self.then.columns[self.margin] if column.is_printed}
        for column in self.columns:
            place = (column.breakdown, column.groups)
            if not column.is_printed or place not in before:
                continue
            breakdowns = [column.breakdown] if column.breakdown else sorted({key for key, _ in self.stayed})[:1]
            for breakdown in breakdowns:
                groups = column.groups if column.breakdown else tuple(self.now.response[breakdown])
                if not all((breakdown, group) in self.stayed for group in groups):
                    continue
                stayed = sum(self.stayed[breakdown, group] for group in groups)
                for whom, wave, told in (("came", "now", self.now), ("went", "then", self.then)):
                    few = sum(told.response[breakdown].get(group, 0) for group in groups) - stayed
                    if 0 < few < WIDTH:
                        yield from self._of_few(column, breakdown, groups, few, whom, wave)

    def _of_few(
        self, column: ReadColumn, breakdown: str, groups: tuple[str, ...], few: int, whom: str, wave: str
    ) -> Iterator[Pin]:
        changed = sum(self.model.top(("changed", breakdown, group, SKIPPED)) for group in groups)
        if changed:
            return  # the figures contradict that the others answered alike, so their difference tells nothing
        for choices in column.categories:
            stays = self._count("stayed", breakdown, groups, choices)
            difference = [*self._count(wave, breakdown, groups, choices), *_times(stays, -1)]
            least, most = self.model.span(difference)
            if most - least < few and (column.breakdown == TOTAL or self._is_new(breakdown, difference, most - least)):
                yield Pin(self.margin, column.breakdown, column.groups, choices, least, most, most == 0, whom)

    def _is_new(self, breakdown: str, difference: Terms, width: int) -> bool:
        low, high = self._anyhow(breakdown, None).span(difference)
        return width < min(WIDTH, high - low)

    def _count(self, wave: str, breakdown: str, groups: tuple[str, ...], choices: tuple[str, ...]) -> Terms:
        inside = groups if breakdown else (TOTAL,)
        return [((wave, breakdown, group, choice), 1) for group in inside for choice in choices]


def whole_numbers(column: ReadColumn) -> tuple[int, int, list[tuple[int, int]]]:
    """The least and most base, and the least and most of each count, that a printed column allows as whole numbers."""
    assert column.base is not None
    bases: list[int] = []
    spans = [(column.base + 3, 0)] * len(column.shares)  # narrower than any, until a base is met
    for base in range(max(0, column.base - 2), column.base + 3):
        each = []
        for _, percent, count in column.shares:
            low = max(count - 2, -(-(2 * percent - 1) * base // 200), 0)
            high = min(count + 2, -(-(2 * percent + 1) * base // 200) - 1, base)
            each.append((low, high))
        lows, highs = sum(low for low, _ in each), sum(high for _, high in each)
        if any(low > high for low, high in each) or not lows <= base <= highs:
            continue
        bases.append(base)
        tight = [(max(low, base - highs + high), min(high, base - lows + low)) for low, high in each]
        spans = [(min(low, a), max(high, b)) for (a, b), (low, high) in zip(spans, tight, strict=True)]
    if not bases:
        raise ValueError("A column is printed that no whole numbers fit.")
    return min(bases), max(bases), spans


def _lone_means(now: ReadRelease, margin: str) -> Iterator[Pin]:
    """Means that follow from the total, because a breakdown leaves out only one part with responses."""
    columns = now.columns[margin]
    for breakdown in sorted({column.breakdown for column in columns} - {TOTAL}):
        own = [column for column in columns if column.breakdown == breakdown]
        placed = {group for column in own for group in column.groups}
        hidden = [column.groups for column in own if not column.is_printed]
        hidden += [(group,) for group, size in now.response[breakdown].items() if size and group not in placed]
        if len(hidden) == 1:
            yield Pin(margin, breakdown, hidden[0], (), 0, 0)


def _column(breakdown: str, groups: str, cells: list[PrintedLine]) -> ReadColumn:
    first = cells[0]
    shares = tuple(
        (tuple(cell["choices"].split(SEPARATOR)), int(cell["percent"]), int(cell["count"]))
        for cell in cells
        if cell["percent"]
    )
    return ReadColumn(
        breakdown=breakdown,
        groups=tuple(groups.split(SEPARATOR)) if breakdown else (TOTAL,),
        base=int(first["base"]) if first["base"] else None,
        shares=shares,
        mean=int(first["mean"]) if first["mean"] else None,
        categories=tuple(tuple(cell["choices"].split(SEPARATOR)) for cell in cells if cell["choices"]),
    )


def _same(column: ReadColumn, choices: tuple[str, ...]) -> bool:
    return {choice for category in column.categories for choice in category} == {*choices}


def _times(terms: Terms, factor: int) -> Terms:
    return [(key, factor * times) for key, times in terms]
