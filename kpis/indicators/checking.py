"""What is wrong with rows of figures: in themselves, and beside the versions that stand."""

from collections.abc import Iterable, Mapping, Sequence

from core.words import series
from councils.models import Organisation
from kpis.indicators.models import ServiceReturn
from kpis.indicators.reading import LABELS, FiguresFault, GivenFigures, read_figures
from kpis.indicators.worked_out import NUMBERS, number_in_words

CHUNK = 1_000  # rows
_COMPARED = (*NUMBERS, "for_comparison_only")
StandingReturns = dict[tuple, ServiceReturn]


def faults_in(council: Organisation, rows: Iterable[tuple[int, Mapping[str, str]]]) -> list[FiguresFault]:
    """All that is wrong with rows that a council would return, by row; nothing is written."""
    given, faults = read_figures(council, rows)
    return sorted([*faults, *beside_what_stands(given, standing_beside(given))], key=lambda fault: fault.row)


def standing_beside(given: Sequence[GivenFigures]) -> StandingReturns:
    """The versions that stand of the same councils, services and quarters, by these. One query."""
    councils = {each.council.pk for each in given}
    quarters = {each.quarter for each in given}
    found = ServiceReturn.objects.filter(council__in=councils, quarter__in=quarters, replaced_at=None).order_by()
    wanted = {each.key for each in given}
    rows = found.iterator(chunk_size=CHUNK) if given else ()
    return {key: row for row in rows if (key := (row.council_id, row.service_id, row.quarter)) in wanted}


def says_the_same(given: GivenFigures, old: ServiceReturn) -> bool:
    values = values_of(given, old)
    return all(getattr(old, name) == values[name] for name in _COMPARED)


def values_of(given: GivenFigures, old: ServiceReturn | None) -> dict[str, object]:
    """The columns of a return that a row gives. What it does not say of comparison stays as in the version before."""
    mark = given.for_comparison_only
    if mark is None:
        mark = old is not None and old.for_comparison_only
    return {**given.numbers, "for_comparison_only": mark}


def beside_what_stands(
    given: Iterable[GivenFigures], standing: StandingReturns, reason: str = ""
) -> list[FiguresFault]:
    """A fault for each row that changes what stands and does not say why, or changes a version that its sender was not
    shown, and for each that begins a return without a number, or of a service that its council does not provide.

    `reason` is that of all of them.
    """
    rows = list(given)
    changes = [
        (each, old)
        for each in rows
        if (old := standing.get(each.key)) and (each.is_wrong or not says_the_same(each, old))
    ]
    empty = [
        FiguresFault(each.row, "completed", "", "Give at least one number: nothing stands that this could correct.")
        for each in rows
        if each.key not in standing and not each.is_wrong and all(number is None for number in each.numbers.values())
    ]
    strange = [each.unless_corrected for each in rows if each.unless_corrected and each.key not in standing]
    unseen = [
        FiguresFault(each.row, _differing(each, old)[0], "", _not_shown(each, old))
        for each, old in changes
        if each.seen is not None and each.seen != old.version
    ]
    unexplained = [
        FiguresFault(each.row, "reason", "", f"Version {old.version} says something else. Say why it changes.")
        for each, old in changes
        if not (each.reason or reason)
    ]
    return [*strange, *empty, *unseen, *unexplained]


def _differing(given: GivenFigures, old: ServiceReturn) -> list[str]:
    """The columns in which a row differs from the version that stands, at least one."""
    values = values_of(given, old)
    return [name for name in _COMPARED if getattr(old, name) != values.get(name)] or ["completed"]


def _not_shown(given: GivenFigures, old: ServiceReturn) -> str:
    marked = ", for comparison only" if old.for_comparison_only else ""
    told = [] if old.for_comparison_only else [name for name in _differing(given, old) if name in NUMBERS]
    says = series(f"{LABELS[name].lower()} {number_in_words(old, name).lower()}" for name in told)
    return (
        f"Version {old.version} stands now{marked}, which your page did not show."
        f"{f' It says: {says}.' if says else ''} What you typed stands here: "
        "send it again if it is what should hold, or open the page anew to see that version."
    )
