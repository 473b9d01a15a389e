"""Figures of a wave as plain values, those of the skills from where the events keep them; and its response."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.figures import Share
from councils.models import Organisation, OrganisationQuerySet
from councils.queries import counts_by_kind
from events.models import SkillDemand
from surveys.waves.models import (
    ENGLISH_TYPES,
    KINDS_OF_TYPE,
    CouncilType,
    NamedOrganisation,
    PrintedCell,
    ResultsRow,
    ResultsTable,
    TypeResponse,
    Wave,
)


@dataclass(frozen=True)
class PrintedValue:
    """A figure with its base, where one is known; else the state that says why nothing stands there."""

    value: Decimal | None
    state: str = PrintedCell.State.PRINTED
    places: int = 1
    numerator: int | None = None
    denominator: int | None = None

    @property
    def words_of_state(self) -> str:
        return str(PrintedCell.State(self.state).label)


def values_of(wave: Wave, table: ResultsTable) -> dict[tuple[str, str], PrintedValue]:
    """The figures of a table in a wave, by the keys of row and measure."""
    return values_in([wave], table)[wave.pk]


def values_in(waves: Sequence[Wave], table: ResultsTable) -> dict[int, dict[tuple[str, str], PrintedValue]]:
    """The same of several waves, by the key of each."""
    found: dict[int, dict[tuple[str, str], PrintedValue]] = {wave.pk: {} for wave in waves}
    cells = PrintedCell.objects.filter(wave__in=found, row__table=table).select_related("row", "measure")
    for cell in cells:
        found[cell.wave_id][cell.row.key, cell.measure.key] = PrintedValue(
            cell.exact, cell.state, cell.places, cell.numerator, cell.denominator
        )
    return {wave.pk: found[wave.pk] or _of_skills(wave, table) for wave in waves}


def _of_skills(wave: Wave, table: ResultsTable) -> dict[tuple[str, str], PrintedValue]:
    found: dict[tuple[str, str], PrintedValue] = {}
    if wave.closed_on is None:
        return found
    rows = dict(ResultsRow.objects.filter(table=table, skill__isnull=False).values_list("skill", "key"))
    if not rows:
        return found
    demands = SkillDemand.objects.filter(skill__in=rows, asked_on=wave.closed_on).select_related("skill")
    for demand in demands:
        key = rows[demand.skill_id]
        found[key, "not-important"] = _of_share(demand.not_important_share)
        found[key, "important"] = _of_share(demand.important_share)
        found[key, "key"] = _of_share(demand.key_share)
        # The value is two rounded shares added up; the counts are of the same people, added up too.
        both = demand.important_share.count + demand.key_share.count
        found[key, "important-or-key"] = PrintedValue(
            demand.important_or_key.value, numerator=both, denominator=demand.key_share.base
        )
    return found


def _of_share(share: Share) -> PrintedValue:
    return PrintedValue(share.value, numerator=share.count, denominator=share.base)


# Response ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ResponseLine:
    """How many councils answered of those in the directory on the closing day, as printed and as named in the list."""

    words: str
    councils: int
    answered: int
    named: int
    printed_councils: int | None = None
    printed_share: int | None = None
    council_type: str = ""

    @property
    def share(self) -> Share:
        """In whole per cent, as the report prints it."""
        return Share(self.answered, self.councils, places=0)

    @property
    def named_share(self) -> Share:
        """The councils that the report names, to one decimal."""
        return Share(self.named, self.councils)


def response_of(wave: Wave) -> list[ResponseLine]:
    """The response by type, then England and, as our own sum, the United Kingdom; none where none was printed."""
    printed = list(TypeResponse.objects.filter(wave=wave))
    if not printed:
        return []
    kinds = counts_by_kind(wave.closed_on)
    named = Counter(named_councils(wave).values_list("kind", flat=True))
    lines = [
        ResponseLine(
            str(CouncilType(each.council_type).label),
            sum(kinds[kind] for kind in KINDS_OF_TYPE[each.council_type]),
            each.answered,
            sum(named[kind] for kind in KINDS_OF_TYPE[each.council_type]),
            each.councils,
            each.printed_share,
            each.council_type,
        )
        for each in printed
    ]
    english = [line for line in lines if line.council_type in ENGLISH_TYPES]
    return [*english, _sum("English councils", english), *lines[len(english) :], _sum("United Kingdom", lines)]


def _sum(words: str, lines: list[ResponseLine]) -> ResponseLine:
    return ResponseLine(
        words,
        sum(line.councils for line in lines),
        sum(line.answered for line in lines),
        sum(line.named for line in lines),
    )


def named_councils(wave: Wave) -> OrganisationQuerySet:
    """The distinct councils that a wave's report names."""
    named = NamedOrganisation.objects.filter(wave=wave).values("organisation")
    return Organisation.objects.councils().filter(pk__in=named)


def named_lines(wave: Wave) -> tuple[int, int, int, int]:
    """How many lines the list has, how many different names, how many “(multiple)”, and how many councils."""
    lines = list(NamedOrganisation.objects.filter(wave=wave))
    names = {line.words for line in lines}
    return len(lines), len(names), sum(line.is_multiple for line in lines), named_councils(wave).count()
