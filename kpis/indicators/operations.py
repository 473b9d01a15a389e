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
from core.tables import is_formula
from core.words import counted
from councils.kinds import provides
from councils.models import Organisation, Service
from kpis.indicators.checking import CHUNK, beside_what_stands, says_the_same, standing_beside, values_of
from kpis.indicators.models import MOST_TOP, ServiceReturn, TopService
from kpis.indicators.permissions import NOT_YOURS, can_return_figures
from kpis.indicators.reading import LONGEST_REASON, FiguresFault, FiguresRefused, GivenFigures, read_figures

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


@transaction.atomic
def import_returns(
    rows: Iterable[tuple[int, Mapping[str, str]]], *, by: User, reason: str = "", source: str = ""
) -> int:
    """Keep what many councils return, each row naming its own; all rows or none. Returns how many were new or changed.

    For the command of an operator, in the name of `by`. Raises FiguresRefused with every fault; a second time nothing
    changes.
    """
    for name, said in (("reason", reason), ("source", source)):
        if len(said) > LONGEST_REASON or is_formula(said):
            raise Refused(f"Keep the {name} to {LONGEST_REASON} characters, and let it not begin as a formula does.")
    # Locked in one order, so that an import and a council's own correction become two versions.
    locked = Organisation.objects.councils().select_for_update().order_by("pk")
    given, faults = read_figures(None, rows, councils={each.slug: each for each in locked})
    if not faults and not given:
        raise Refused("No row has a number.")
    kept = keep_given(given, faults, by=by, reason=reason, source=source)
    if kept:
        log_action("kpis.returns_imported", by=by, rows=kept, councils=len({each.council.pk for each in given}))
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
    standing = standing_beside(given)
    if wrong := [*faults, *beside_what_stands(given, standing, reason)]:
        raise FiguresRefused(sorted(wrong, key=lambda fault: fault.row))
    changed = [(each, old) for each in given if not (old := standing.get(each.key)) or not says_the_same(each, old)]
    for keys in _chunks(old.pk for _, old in changed if old):
        ServiceReturn.objects.filter(pk__in=keys).update(replaced_at=clock.now(), updated_at=clock.now())
    ServiceReturn.objects.bulk_create(
        [
            ServiceReturn(
                council=each.council,
                council_kind=each.council.kind,
                service=each.service,
                quarter=each.quarter,
                version=old.version + 1 if old else 1,
                returned_by=by,
                returned_at=clock.now(),
                reason=(each.reason or reason) if old else "",
                is_illustrative=is_illustrative,
                source=source,
                **values_of(each, old),
            )
            for each, old in changed
        ],
        batch_size=CHUNK,
    )
    return len(changed)


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
