"""The page of which councils publish all four figures, by type and region and by service; its file and dictionary."""

import datetime as dt
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core import clock
from core.figures import Share
from core.filters import not_understood
from core.permissions import allow, anyone
from core.tables import Table, format_not_understood, table_response, wants_table
from core.text import clean_line
from councils.kinds import provides
from councils.models import Service
from events.inviting.queries import TYPES
from kpis.comparison.queries import published_quarters, services_with_all_four, with_all_four
from kpis.comparison.views import asked_quarter, choices_of
from kpis.indicators.quarters import last_day, quarter_in_words, quarter_key
from steering.queries.reach import CoverageCell, cells_of

Cells = dict[tuple[str, str], CoverageCell]
MEANING = {
    "Quarter": "The quarter that the figures are of: 2014-q4 is October to December 2014.",
    "Service": "The service of which all four are published; “any” where one service, whichever, is enough.",
    "Type": "County, district, unitary, metropolitan district, London borough; nations have one type each.",
    "Region": "The English region, or the nation.",
    "Councils": "Councils of that type and region in force on the quarter’s last day; where one service was chosen, of "
    "types that provide it.",
    "Publish all four": "How many of them publish cost per transaction, user satisfaction, completion rate and digital "
    "take-up of one service for that quarter. What is for comparison only is not counted.",
    "Councils counted as at": "The day on which the councils were in force.",
}


@allow(anyone)
@require_safe
def coverage(request: HttpRequest) -> HttpResponseBase:
    """Which councils publish all four figures for a quarter, of a service or of any; as a file too."""
    quarters = published_quarters()
    quarter, strange = asked_quarter(request, quarters)
    services = list(services_with_all_four(quarter))
    asked = clean_line(request.GET.get("service", ""))
    service = next((each for each in services if each.slug == asked), None)
    if asked and not service:
        strange.append(not_understood("service", asked))
    returns, on = with_all_four(quarter, service), min(last_day(quarter), clock.today())
    cells = {key: cell for key, cell in cells_of(returns, "council", on).items() if _has(service, cell)}
    if wants_table(request):
        return table_response(request, _table(cells, quarter, service, on))
    kinds = [kind for kind in TYPES if any(kind == each for each, _ in cells)]
    regions = sorted({region for _, region in cells})
    counted = sum(each.counted for each in cells.values())
    share = Share(
        counted,
        sum(each.councils for each in cells.values()),
        base_words=f"councils that provide {'it' if service else 'services'}",
        as_at=on,
    )
    context = {
        "strange": strange + format_not_understood(request.GET),
        "share": share,
        "of": service.name if service else "at least one service",
        "quarter": quarter_in_words(quarter),
        "on": on,
        "service": service,
        "services": services,
        "quarters": choices_of(quarters, quarter),
        "chosen": quarter_key(quarter),
        "columns": ["Region or nation", *((TYPES[kind][0], "numeric") for kind in kinds)],
        "rows": [[region, *(_cell(cells.get((kind, region))) for kind in kinds)] for region in regions],
        "service_columns": ["Service", ("Publish anything", "numeric"), ("Publish all four", "numeric")],
        "service_rows": [_of_service(each) for each in services],
        "is_made_up": returns.filter(is_illustrative=True).exists(),
        "download": request.get_full_path(),
    }
    return render(request, "kpis/comparison/coverage.html", context)


@allow(anyone)
@require_safe
def dictionary(request: HttpRequest) -> HttpResponseBase:
    """What each column of the file means; as a file too."""
    told = Table(
        name="indicators-coverage-dictionary",
        title="Which councils publish all four figures: what each column means",
        columns=("Column", "Meaning"),
        rows=list(MEANING.items()),
    )
    if wants_table(request):
        return table_response(request, told)
    return render(request, "kpis/comparison/dictionary.html", {"told": told})


def _has(service: Service | None, cell: CoverageCell) -> bool:
    """Whether councils of that type provide a service; each provides some."""
    return service is None or any(provides(kind, service.providing_tier) for kind in TYPES[cell.kind][1])


def _cell(cell: CoverageCell | None) -> Any:
    return "–" if cell is None else (f"{cell.counted} of {cell.councils}", f"/councils/?{cell.query}")


def _of_service(service: Any) -> list[Any]:
    return [(service.name, reverse("kpis:service", args=[service.slug])), service.publish, service.all_four]


def _table(cells: Cells, quarter: dt.date, service: Service | None, on: dt.date) -> Table:
    return Table(
        name=f"indicators-coverage-{quarter_key(quarter)}{f'-{service.slug}' if service else ''}",
        title=f"Councils that publish all four figures, {quarter_in_words(quarter)}",
        columns=tuple(MEANING),
        rows=[
            [
                quarter_key(quarter),
                service.name if service else "any",
                TYPES[each.kind][0],
                each.region,
                each.councils,
                each.counted,
                on,
            ]
            for each in sorted(cells.values(), key=lambda cell: (cell.region, cell.kind))
        ],
    )
