"""Assets side by side, line by line, in the words of their own pages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.text import capfirst

from assets_registry.health.verdicts import QUESTIONS, health
from assets_registry.models import Asset
from assets_registry.queries import AssetCheck, Verdict
from core.words import day_in_words, series
from councils.kinds import many_in_words
from councils.models import Organisation
from take_up.queries.take_up import TakeUp, take_ups_with_adopters
from take_up.queries.usable import surroundings
from take_up.queries.verdict import Suitability, answer

NOT_KNOWN = "Not known"
_SAID: dict[Verdict, str] = {"yes": "Yes", "check": "Check", "unknown": NOT_KNOWN, "no": "No"}

# The order of those lines here: on its own page each asset has what needs a look first. Others follow.
_FIRST = ("Licence", "Dependencies", "Effort")
_ORDER = (*_FIRST, "Tier", "Phase", "Systems", "Hosting", "Support", "Leaving it", "Other councils")


@dataclass(frozen=True)
class ComparedCell:
    """What one asset says on one line: words, perhaps with a verdict before them, and a link."""

    words: str
    verdict: Verdict | None = None
    url: str = ""

    @property
    def in_words(self) -> str:
        """The cell without marks: `Check: MIT…`, for files and to tell whether two differ."""
        return f"{_SAID[self.verdict]}: {self.words}" if self.verdict else self.words


@dataclass(frozen=True)
class ComparedRow:
    """One line of the comparison, with a cell for each asset."""

    about: str
    cells: list[ComparedCell]

    @property
    def differs(self) -> bool:
        return len({cell.in_words for cell in self.cells}) > 1


@dataclass(frozen=True)
class Comparison:
    """The assets and the lines on which they are compared, for one council or for all."""

    assets: list[Asset]
    council: Organisation | None
    rows: list[ComparedRow] = field(default_factory=list)

    @cached_property
    def differing(self) -> list[ComparedRow]:
        return [row for row in self.rows if row.differs]


@dataclass(frozen=True)
class _Read:
    """One asset with what was read and worked out of it."""

    asset: Asset
    used: TakeUp
    answer: Suitability

    @property
    def lines(self) -> dict[str, AssetCheck]:
        """The lines of “can my council use this?”, by what they are about; a withdrawn asset's page has none."""
        return {} if self.asset.is_withdrawn else {line.about: line for line in self.answer.lines}


def compare(assets: Sequence[Asset], council: Organisation | None) -> Comparison:
    """The assets side by side, in as many queries however many there are; their owners and services are read before.

    Every reader gets the same: what a council has said and does not want to be named for stands in no line.
    """
    used = take_ups_with_adopters(assets)
    around = surroundings(council, list(used.values()))
    read = [_Read(each, used[each.pk], answer(each, council, used[each.pk], around=around)) for each in assets]
    lines = list(_lines(read))
    rows = [
        ComparedRow(_question(council), [_verdict(each, council) for each in read]),
        *_states(assets),
        ComparedRow("Kind", [ComparedCell(each.get_kind_display()) for each in assets]),
        *(line for line in lines if line.about in _FIRST),
        *_of_the_kind(read, council),
        ComparedRow("Used by", [_used_by(each) for each in read]),
        ComparedRow("Kinds of council that use it", [_by_kind(each) for each in read]),
        ComparedRow("Piloting or evaluating", [_trying(each) for each in read]),
        *(line for line in lines if line.about not in _FIRST),
        ComparedRow(
            "Owner", [ComparedCell(each.owner.full_name, url=each.owner.get_absolute_url()) for each in assets]
        ),
        ComparedRow("Services", [_known(series(map(str, each.services.all()))) for each in assets]),
        ComparedRow("Version", [_version(each) for each in assets]),
        *_health(assets),
    ]
    return Comparison(list(assets), council, rows)


def _known(words: str) -> ComparedCell:
    return ComparedCell(words or NOT_KNOWN)


def _question(council: Organisation | None) -> str:
    return f"Can {council} use it?" if council else "Can a council use it?"


def _verdict(read: _Read, council: Organisation | None) -> ComparedCell:
    """The sentence of the asset's page with its counts, and the way there."""
    url = read.asset.get_absolute_url()
    if read.asset.is_withdrawn:
        return ComparedCell("Withdrawn by or for its owner", url=url)
    asked_for = f"?council={council.slug}" if council else ""
    counts = ", ".join(words for _, words in read.answer.counts)
    return ComparedCell(
        f"{read.answer.sentence}: {counts}" if counts else read.answer.sentence, url=f"{url}{asked_for}#can-we-use-this"
    )


def _states(assets: Sequence[Asset]) -> Iterable[ComparedRow]:
    """The states of the entries, unless all are published."""
    if not all(asset.is_published for asset in assets):
        yield ComparedRow("State of the entry", [ComparedCell(asset.get_state_display()) for asset in assets])


def _lines(read: Sequence[_Read]) -> Iterable[ComparedRow]:
    """The lines that any of the assets has, in one order; an asset that is not asked says so."""
    asked = dict.fromkeys(about for each in read for about in each.lines)
    for about in sorted(asked, key=lambda about: _ORDER.index(about) if about in _ORDER else len(_ORDER)):
        yield ComparedRow(about, [_line(each, about) for each in read])


def _line(read: _Read, about: str) -> ComparedCell:
    if line := read.lines.get(about):
        return ComparedCell(line.reason, line.verdict)
    if read.asset.is_withdrawn:
        return ComparedCell("Withdrawn by or for its owner")
    return ComparedCell(f"Not asked of this kind: {read.asset.get_kind_display().lower()}")


def _used_by(read: _Read) -> ComparedCell:
    return ComparedCell(str(read.used)) if read.asset.published_at else ComparedCell("Nobody yet: it is not published")


def _of_the_kind(read: Sequence[_Read], council: Organisation | None) -> Iterable[ComparedRow]:
    """How many councils of the reader's council's kind use each."""
    if council is None or not council.is_council:
        return
    kinds = many_in_words(council.kind)
    rows = [each.used.of_kind(council.kind) for each in read]
    yield ComparedRow(
        f"{capfirst(kinds)} that use it",
        [ComparedCell(row.share.counts if row else f"Not meant for {kinds}") for row in rows],
    )


def _by_kind(read: _Read) -> ComparedCell:
    used = [f"{row.label} {row.share.counts}" for row in read.used.by_kind if row.share.count]
    return ComparedCell("; ".join(used) or "None")


def _trying(read: _Read) -> ComparedCell:
    used = read.used
    numbers = ((used.piloting, used.more_piloting, "piloting"), (used.evaluating, used.more_evaluating, "evaluating"))
    said = [
        f"{number:,} {word}" + (f", and {more:,} more since" if more else "")
        for number, more, word in numbers
        if number or more
    ]
    return ComparedCell("; ".join(said) or "None")


def _version(asset: Asset) -> ComparedCell:
    released = f"released {day_in_words(asset.released_on)}" if asset.released_on else ""
    return _known(", ".join(filter(None, (asset.version, released))))


def _health(assets: Sequence[Asset]) -> Iterable[ComparedRow]:
    found = [health(asset) for asset in assets]
    for about in QUESTIONS:
        lines = [each[about] for each in found]
        yield ComparedRow(about, [ComparedCell(capfirst(line.reason), line.verdict) for line in lines])
