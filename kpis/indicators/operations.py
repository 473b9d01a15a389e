"""What a council returns of its services, and which it says are its largest. A correction is a version of its own."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TypeVar

from django.db import transaction

from accounts.models import User
from audit.operations import log_action
from core import clock
from core.errors import Refused
from core.permissions import require
from core.words import counted
from councils.kinds import provides
from councils.models import Organisation, Service
from kpis.indicators.models import MOST_TOP, ServiceReturn, TopService
from kpis.indicators.permissions import NOT_YOURS, can_return_figures
from kpis.indicators.reading import FiguresFault, FiguresRefused, GivenFigures, read_figures
from kpis.indicators.worked_out import NUMBERS

CHUNK = 1_000  # rows
_COMPARED = (*NUMBERS, "for_comparison_only")
Each = TypeVar("Each")


@transaction.atomic
def return_services(
    council: Organisation,
    rows: Iterable[tuple[int, Mapping[str, str]]],
    *,
    by: User,
    reason: str = "",
    is_illustrative: bool = False,
    source: str = "",
) -> int:
    """Keep what a council returns, all rows or none, and return how many were new or changed.

    `rows` are numbered and hold texts by the names of `reading.COLUMNS`. Raises FiguresRefused with every fault. The
    same numbers again make no version; others make one, with a reason: the row's own, else `reason`.
    """
    require(can_return_figures(by, council), NOT_YOURS)
    # Locked, so that two corrections of one return become two versions.
    council = Organisation.objects.select_for_update().get(pk=council.pk)
    given, faults = read_figures(council, rows)
    if not faults and not given:
        raise Refused("No row has a number. Fill in at least one, or leave the page.")
    kept = keep_given(given, faults, by=by, reason=reason, is_illustrative=is_illustrative, source=source)
    if kept:
        log_action("kpis.figures_returned", by=by, about=council, rows=kept)
    return kept


def keep_given(
    given: Sequence[GivenFigures],
    faults: Sequence[FiguresFault],
    *,
    by: User,
    reason: str = "",
    is_illustrative: bool = False,
    source: str = "",
) -> int:
    """Write new versions of what is new or changed, and return their number; the councils' rows are locked already.

    Raises FiguresRefused where anything is wrong, a correction without a reason too.
    """
    standing = _standing(given)
    new, replaced, wrong = [], [], list(faults)
    for each in given:
        old = standing.get(each.key)
        values = {**each.numbers, "for_comparison_only": each.for_comparison_only}
        if old and all(getattr(old, name) == values[name] for name in _COMPARED):
            continue
        why = (each.reason or reason) if old else ""
        if old and not why:
            sentence = f"Version {old.version} has other numbers. Say why they change."
            wrong.append(FiguresFault(each.row, "reason", "", sentence))
            continue
        replaced += [old.pk] if old else []
        new.append(
            ServiceReturn(
                council=each.council,
                service=each.service,
                quarter=each.quarter,
                version=old.version + 1 if old else 1,
                returned_by=by,
                returned_at=clock.now(),
                reason=why,
                is_illustrative=is_illustrative,
                source=source,
                **values,
            )
        )
    if wrong:
        raise FiguresRefused(sorted(wrong, key=lambda fault: fault.row))
    for keys in _chunks(replaced):
        ServiceReturn.objects.filter(pk__in=keys).update(replaced_at=clock.now(), updated_at=clock.now())
    ServiceReturn.objects.bulk_create(new, batch_size=CHUNK)
    return len(new)


def _standing(given: Sequence[GivenFigures]) -> dict[tuple, ServiceReturn]:
    """The versions that stand of the same councils and quarters, by council, service and quarter."""
    councils = {each.council.pk for each in given}
    quarters = {each.quarter for each in given}
    found = ServiceReturn.objects.filter(council__in=councils, quarter__in=quarters, replaced_at=None).order_by()
    wanted = {each.key for each in given}
    rows = found.iterator(chunk_size=CHUNK)
    return {key: row for row in rows if (key := (row.council_id, row.service_id, row.quarter)) in wanted}


def _chunks(rows: Iterable[Each]) -> Iterator[list[Each]]:
    left = iter(rows)
    while chunk := list(islice(left, CHUNK)):
        yield chunk


@transaction.atomic
def choose_top_services(council: Organisation, *, by: User, services: Sequence[Service]) -> Organisation:
    """Say which services a council has most of, the largest first, in place of what it said before."""
    require(can_return_figures(by, council), NOT_YOURS)
    # Locked, so that two lists do not mix.
    council = Organisation.objects.select_for_update().get(pk=council.pk)
    chosen = list(dict.fromkeys(services))
    if len(chosen) > MOST_TOP:
        raise Refused(f"You chose {counted(len(chosen), 'service')}. Choose {MOST_TOP} at most.", field="services")
    if strange := [each for each in chosen if not provides(council.kind, each.providing_tier)]:
        raise Refused(f"{council} does not provide {strange[0].name}.", field="services")
    council.top_services.all().delete()
    TopService.objects.bulk_create(
        TopService(council=council, service=each, position=place) for place, each in enumerate(chosen, 1)
    )
    log_action("kpis.top_chosen", by=by, about=council, services=len(chosen))
    return council
