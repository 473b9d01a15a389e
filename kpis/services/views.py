"""The pages of services: the list, one service with its four figures, and their files."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from core.filters import not_understood
from core.panels import panel_context
from core.permissions import allow, anyone
from core.tables import MADE_UP, Table, made_up_cell, table_response, wants_table
from core.text import clean_line
from core.words import counted, day_in_words, series
from councils.kinds import KINDS_OF_TIER, Tier, many_in_words
from councils.models import Organisation, Service
from councils.permissions import visible_organisations
from kpis.indicators.permissions import can_return_figures
from kpis.indicators.quarters import last_day, quarter_before, quarter_in_words, quarter_key
from kpis.indicators.queries import costs_of, history, measured_of_top
from kpis.indicators.worked_out import INDICATORS, NOT_COLLECTED, NUMBERS
from kpis.services.queries import (
    QuarterLine,
    councils_with,
    everything_else,
    of_all_councils,
    of_one_council,
    services_by_area,
)

COLUMNS = ["Quarter", *((each.name, "numeric") for each in INDICATORS)]


@allow(anyone)
@require_safe
def services(request: HttpRequest) -> HttpResponseBase:
    """All services, those of an area below it and the others from A to Z, with how many councils publish of each."""
    found = list(services_by_area().order_by("name"))
    if wants_table(request):
        return table_response(request, _all_services(found))
    areas: dict[str, list[Service]] = {}
    for each in found:
        for area in each.areas.all():
            areas.setdefault(area.name, []).append(each)
    context = {"areas": sorted(areas.items()), "others": [each for each in found if not each.areas.all()]}
    return render(request, "kpis/services/list.html", context)


@allow(anyone)
@require_safe
def service(request: HttpRequest, slug: str) -> HttpResponseBase:
    """One service: its four figures for a council or for all, quarter by quarter, and everything else about it."""
    found = get_object_or_404(Service.objects.prefetch_related("areas"), slug=slug)
    asked = clean_line(request.GET.get("council", ""))
    councils = councils_with(found, request.user)
    council = _chosen(asked, councils, request.user) if asked else None
    all_lines = of_all_councils(found)
    lines = all_lines
    if council:
        returns = history(found, council, request.user)
        lines = of_one_council(returns, costs_of([found], [each.quarter for each in returns]))
    if wants_table(request):
        published = [each for each in lines if not (each.one and each.one.for_comparison_only)]
        return table_response(request, _table(found, council, published))
    areas = list(found.areas.all())
    context = {
        "service": found,
        "caption": _provided(found, [each.name for each in areas]),
        "council": council,
        "lede": _lede(council, lines, request.user),
        "strange": [not_understood("council", asked)] if asked and not council else [],
        "councils": councils,
        "tiles": _tiles(lines, all_lines, council),
        "origin": _origin(lines[0], council) if lines else "",
        "latest": lines[0].one if lines else None,
        "columns": COLUMNS,
        "rows": [_row(each) for each in lines],
        "files": _files(request),
        "indicators": INDICATORS,
        "everything": list(everything_else(found, request.user)),
        "may_return": bool(council) and can_return_figures(request.user, council),
        **panel_context(found, request.user),
    }
    return render(request, "kpis/services/detail.html", context)


def _chosen(slug: str, councils: list[Organisation], user: Any) -> Organisation | None:
    """The council that an address names, one without figures too."""
    known = next((each for each in councils if each.slug == slug), None)
    return known or visible_organisations(user).councils().filter(slug=slug[:80]).first()


def _provided(found: Service, areas: list[str]) -> str:
    if found.providing_tier == Tier.ALL:
        who = "all councils"
    else:
        who = series(many_in_words(kind) for kind in KINDS_OF_TIER[found.providing_tier])
    return " · ".join(["Service", *areas, f"LGSL {found.lgsl}", f"provided by {who}"])


def _lede(council: Organisation | None, lines: list[QuarterLine], user: Any) -> str:
    when = quarter_in_words(lines[0].quarter) if lines else ""
    if council is None:
        if not lines:
            return "No council has published figures of it yet."
        return (
            f"All councils, {when}: {counted(lines[0].councils[''], 'council publishes', 'councils publish')} figures."
        )
    measured, top = measured_of_top(council, user)
    said = f" {measured} of its top {counted(top, 'service')} are measured." if top else ""
    return f"{council.full_name}, {when or 'nothing published yet'}.{said}"


def _tiles(
    lines: list[QuarterLine], all_lines: list[QuarterLine], council: Organisation | None
) -> list[dict[str, Any]]:
    """One tile for each indicator: its number, how it is made up, what it was before, what to know of it."""
    if not lines:
        return [{"name": each.name, "number": NOT_COLLECTED, "note": f"{each.missing}."} for each in INDICATORS]
    now = lines[0]
    by_quarter = {each.quarter: each for each in lines}
    year_before = now.quarter.replace(year=now.quarter.year - 1)
    others = next((each for each in all_lines if each.quarter == now.quarter), None)
    tiles = []
    for each in INDICATORS:
        said = now.said(each.key)
        notes = []
        if said == NOT_COLLECTED:
            notes = [f"{each.missing}."]
            if others and others.councils[each.key]:
                notes.append(f"{others.councils[each.key]} of {others.councils['']} councils that publish count it.")
        else:
            notes = [f"{each.sentence(now.numbers[each.key])}. {each.scope}."]
            for past, words in ((year_before, "a year before"), (quarter_before(now.quarter), "the quarter before")):
                was = by_quarter[past].said(each.key) if past in by_quarter else NOT_COLLECTED
                if was != NOT_COLLECTED:
                    notes.append(f"{was} {words}.")
                    break
            if council is None:
                notes.append(f"Of {counted(now.councils[each.key], 'council')}.")
        if each.key in now.flags:
            notes.append(f"Note: {now.flags[each.key][0].lower()}{now.flags[each.key][1:]}.")
        tiles.append({"name": each.name, "number": said, "note": " ".join(notes)})
    return tiles


def _origin(line: QuarterLine, council: Organisation | None) -> Any:
    as_at = f"As at {day_in_words(last_day(line.quarter))}."
    if council is None or line.one is None:
        return f"Source: what councils returned and publish, summed. {as_at}"
    one = line.one
    address = reverse("kpis:versions", args=[one.service.slug, council.slug, quarter_key(one.quarter)])
    return format_html(
        'Source: {}’s own return of {}, <a class="govuk-link" href="{}">version {}</a>. {}',
        council, day_in_words(one.returned_at), address, one.version, as_at,
    )  # fmt: skip


def _row(line: QuarterLine) -> list[Any]:
    cells: list[Any] = [quarter_in_words(line.quarter, in_short=True)]
    for each in INDICATORS:
        said: Any
        said, numbers = line.said(each.key), line.numbers[each.key]
        mark = " (flagged)" if each.key in line.flags else ""
        if said != NOT_COLLECTED:
            said = format_html('{}{}<br><span class="muted">{}</span>', said, mark, each.workings(numbers))
        cells.append(said)
    return cells


def _files(request: HttpRequest) -> list[tuple[str, str]]:
    asked = request.GET.copy()
    asked.pop("format", None)
    found = []
    for form, words in (("csv", "CSV"), ("xlsx", "a spreadsheet"), ("json", "JSON")):
        asked["format"] = form
        found.append((f"{request.path}?{asked.urlencode()}", words))
    return found


def _all_services(found: list[Service]) -> Table:
    """The list as a file."""
    return Table(
        name="services",
        title="Services, and how many councils publish figures of each",
        columns=["Service", "LGSL", "Provided by", "Areas", "Councils that publish", "Address"],
        rows=[
            [
                each.name,
                each.lgsl,
                Tier(each.providing_tier).label,
                series(area.name for area in each.areas.all()),
                each.measured,
                f"{settings.BASE_URL}{each.get_absolute_url()}",
            ]
            for each in found
        ],
    )


def _table(found: Service, council: Organisation | None, lines: list[QuarterLine]) -> Table:
    """The quarters as a file: each indicator with its two numbers, and of one council all that it published."""
    columns = ["Quarter", "As at"]
    for each in INDICATORS:
        columns += [each.name, f"{each.name}: numerator", f"{each.name}: denominator", f"{each.name}: councils"]
    return Table(
        name=f"{found.slug}-{council.slug if council else 'all-councils'}",
        title=f"{found.name}: {council.official_name if council else 'all councils, sums of what is published'}",
        columns=[*columns, *([*NUMBERS, "Version", MADE_UP] if council else [])],
        rows=[_cells(line, council) for line in lines],
    )


def _cells(line: QuarterLine, council: Organisation | None) -> list[object]:
    cells: list[object] = [quarter_key(line.quarter), last_day(line.quarter)]
    for each in INDICATORS:
        numbers = line.numbers[each.key]
        figure = each.figure(numbers)
        count = (1 if figure else 0) if council else line.councils[each.key]
        cells += [figure.value if figure else "", numbers.get(each.over), numbers.get(each.under), count]
    if council and line.one:
        cells += [*(getattr(line.one, name) for name in NUMBERS), line.one.version, made_up_cell(line.one)]
    return cells
