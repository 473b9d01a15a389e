"""All published returns as open data: one file, what its columns mean, and the page of both."""

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import AnyUser
from core.permissions import allow, anyone
from core.tables import MADE_UP, Table, chunks_of, made_up_cell, table_response, wants_table
from councils.models import Organisation, Service
from kpis.indicators.models import ServiceReturn
from kpis.indicators.permissions import can_see_all_returns, published_returns, visible_returns
from kpis.indicators.quarters import last_day, quarter_key
from kpis.indicators.reading import LABELS
from kpis.indicators.worked_out import INDICATORS, NUMBERS, numbers_of

ONLY = LABELS["for_comparison_only"]
WHY = LABELS["reason"]  # of a file of versions
MEANING = {
    "Council": "Its name",
    "Council: GSS code": "Its code in the register of the Office for National Statistics; empty where it has none",
    "Service": "Its name in the Local Government Services List",
    "LGSL": "Its number in that list",
    "Quarter": "The quarter that is counted: 2014-q4 is October to December 2014",
    "As at": "The last day of the quarter",
    **{
        LABELS[name]: "As the council returned it; empty where it was not collected, which is not 0" for name in NUMBERS
    },
    **{each.name: f"{each.how}; empty where one of the two was not collected" for each in INDICATORS},
    "Version": "1, or more after a correction; earlier versions stand on the portal’s page of versions",
    "Returned on": "The day on which this version was returned",
    MADE_UP: "Yes for rows that were made up to show how the portal works",
}


def standing_published() -> QuerySet[ServiceReturn]:
    """What stands, is published and has a number, the latest quarter first; nothing for comparison only."""
    return _standing(published_returns())


def _standing(returns: QuerySet[ServiceReturn]) -> QuerySet[ServiceReturn]:
    has_number = reduce(or_, (Q(**{f"{name}__isnull": False}) for name in NUMBERS))
    found = returns.filter(has_number, replaced_at=None).select_related("council", "service")
    return found.order_by("-quarter", "council__name", "service__name", "pk")


def file_of_returns(council: Organisation | None = None) -> Table:
    """Every published return with its indicators, read in chunks; of one council, or of all."""
    found, name, who = standing_published(), "service-returns", "councils return of their services"
    if council:
        found, name = found.filter(council=council), f"{name}-{council.slug}"
        who = f"{council.official_name} returned of its services"
    title = f"What {who}, quarter by quarter: all that is published"
    return Table(name=name, title=title, columns=list(MEANING), rows=_rows(found))


def returns_of_council(council: Organisation, user: AnyUser) -> Table:
    """What a council and those that it took over returned, as all its data are downloaded.

    What is for comparison only is there for the council's own people alone, and marked.
    """
    found = _standing(visible_returns(user)).filter(council__in=council.lineage)
    only = ", with what is for comparison only" if can_see_all_returns(user, council) else ""
    return Table(
        name="service-returns",
        title=f"What it returned of its services, quarter by quarter{only}",
        columns=[*MEANING, ONLY],
        rows=(
            [*_cells(each), "yes" if each.for_comparison_only else "no"] for chunk in chunks_of(found) for each in chunk
        ),
    )


def _rows(found: QuerySet[ServiceReturn]) -> Iterator[list[object]]:
    return (row for _, row in _read(found))


def _read(found: QuerySet[ServiceReturn]) -> Iterator[tuple[ServiceReturn, list[object]]]:
    """The returns with their cells, read in chunks."""
    return ((each, _cells(each)) for chunk in chunks_of(found) for each in chunk)


def file_of_versions(
    service: Service, council: Organisation, quarter: dt.date, versions: Sequence[ServiceReturn]
) -> Table:
    """The published versions of one return, the newest first, with why each was corrected; none once it is hidden."""
    is_published = bool(versions) and not versions[0].for_comparison_only
    key = quarter_key(quarter)
    return Table(
        name=f"{service.slug}-{council.slug}-{key}-versions",
        title=f"{service.name}, {council.official_name}, {key}: versions of what it returned",
        columns=[*MEANING, WHY],
        rows=[[*_cells(each), each.reason] for each in versions if is_published and not each.for_comparison_only],
    )


def _cells(one: ServiceReturn) -> list[object]:
    numbers = numbers_of(one)
    figures = [each.figure(numbers) for each in INDICATORS]
    return [
        one.council.official_name,
        one.council.gss_code,
        one.service.name,
        one.service.lgsl,
        quarter_key(one.quarter),
        last_day(one.quarter),
        *(getattr(one, name) for name in NUMBERS),
        *(figure.value if figure else None for figure in figures),
        one.version,
        timezone.localdate(one.returned_at),
        made_up_cell(one),
    ]


@allow(anyone)
@require_safe
def published(request: HttpRequest) -> HttpResponseBase:
    """The file of all published returns, and without a format the page that says what its columns mean."""
    if wants_table(request):
        return table_response(request, file_of_returns())
    context = {"columns": ("Column", "Meaning"), "rows": list(MEANING.items()), "count": standing_published().count()}
    return render(request, "kpis/indicators/open_data.html", context)


def in_a_line(rows: list[ServiceReturn]) -> dict[int, str]:
    """The indicators of returns in words, by the returns' keys: `Cost per transaction £4.12; …`."""
    return {
        row.pk: "; ".join(
            f"{each.name}: {each.said(figure)}" for each in INDICATORS if (figure := each.figure(numbers_of(row)))
        )
        + (". Illustrative: made up to show how the portal works" if row.is_illustrative else "")
        for row in rows
    }


def place_of_version(one: ServiceReturn) -> str:
    """Where the page of versions tells of a correction: `#version-2`. The first version is the page itself."""
    return f"#version-{one.version}" if one.version > 1 else ""
