"""The pages of services: the list, one service with its four figures, and their files."""

import datetime as dt
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from core.filters import not_understood
from core.listing import listed
from core.panels import panel_context
from core.permissions import allow, anyone
from core.tables import MADE_UP, Table, made_up_cell, table_response, wants_table
from core.text import clean_line
from core.words import counted, day_in_words, series
from councils.kinds import KINDS_OF_TIER, Tier, many_in_words, provides
from councils.models import Organisation, Service
from councils.permissions import visible_organisations
from councils.queries import counts_by_kind
from design_system.lines import noted, origin
from kpis.comparison.shown import beside_its_kind
from kpis.comparison.sums import usual_quarter
from kpis.indicators.permissions import can_return_figures, can_see_all_returns
from kpis.indicators.quarters import last_day, quarter_in_words, quarter_key
from kpis.indicators.queries import history, measured_of_top, top_in_words
from kpis.indicators.worked_out import INDICATORS, NOT_COLLECTED, NUMBERS
from kpis.services.lists import SERVICES
from kpis.services.published import PublishedFigures, QuarterLine, published_figures
from kpis.services.queries import councils_with, everything_else, of_one_council
from kpis.services.tiles import tiles_of_all, tiles_of_one

COLUMNS = ["Quarter", *((each.name, "numeric") for each in INDICATORS)]


@allow(anyone)
@require_safe
def services(request: HttpRequest) -> HttpResponseBase:
    """All services with how many councils publish of each: a list, and its files."""
    return listed(request, SERVICES, "kpis/services/list.html")


@allow(anyone)
@require_safe
def service(request: HttpRequest, slug: str) -> HttpResponseBase:
    """One service: its four figures for a council or for all, quarter by quarter, and everything else about it."""
    found = get_object_or_404(Service.objects.prefetch_related("areas"), slug=slug)
    asked = clean_line(request.GET.get("council", ""))
    councils = councils_with(found, request.user)
    council = _chosen(asked, councils, request.user) if asked else None
    published = published_figures(found)
    lines, head = published.lines, published.head
    tiles, sees_all = tiles_of_all(published), False
    if council:
        lines = of_one_council(history(found, council, request.user), published)
        head = lines[0] if lines else None
        sees_all = can_see_all_returns(request.user, council)
        tiles = tiles_of_one(lines, published, sees_all=sees_all)
        if council not in councils:
            councils.append(council)
    if wants_table(request):
        open_lines = [each for each in lines if not (each.one and each.one.for_comparison_only)]
        return table_response(request, _table(found, council, open_lines))
    areas = list(found.areas.all())
    compared = _compared(lines, published) if council else None
    context = {
        "service": found,
        "caption": _provided(found, [each.name for each in areas]),
        "council": council,
        "sees_all": sees_all,
        "lede": _lede_of_one(council, head, request.user) if council else _lede_of_all(found, published),
        "strange": [not_understood("council", asked)] if asked and not council else [],
        "councils": councils,
        "tiles": tiles,
        "origin": _origin(head) if head else "",
        "flags": head.flags if head else {},
        "latest": head.one if head else None,
        "columns": COLUMNS,
        "rows": [_row(each) for each in lines],
        "files": _files(request),
        "indicators": INDICATORS,
        "compared": compared and quarter_in_words(compared),
        "of_tiles": quarter_in_words(head.quarter) if head else "",
        "compared_key": compared and quarter_key(compared),
        "beside": beside_its_kind(found, council, compared, request.user) if council and compared else None,
        "everything": everything_else(found, request.user),
        "may_return": bool(council) and can_return_figures(request.user, council),
        **panel_context(found, request.user),
    }
    return render(request, "kpis/services/detail.html", context)


def _chosen(slug: str, councils: list[Organisation], user: Any) -> Organisation | None:
    """The council that an address names, one without figures too."""
    known = next((each for each in councils if each.slug == slug), None)
    return known or visible_organisations(user).councils().filter(slug=slug[:80]).first()


def _compared(lines: list[QuarterLine], published: PublishedFigures) -> dt.date | None:
    """The quarter in which a council is compared: of its own, the one that its comparison too would begin with."""
    return usual_quarter([each.quarter for each in lines], {each.quarter: each.publish for each in published.lines})


def _provided(found: Service, areas: list[str]) -> str:
    if found.providing_tier == Tier.ALL:
        who = "all councils"
    else:
        who = series(many_in_words(kind) for kind in KINDS_OF_TIER[found.providing_tier])
    return " · ".join(["Service", *areas, f"LGSL {found.lgsl}", f"provided by {who}"])


def _lede_of_all(found: Service, published: PublishedFigures) -> str:
    head = published.head
    if head is None:
        return "No council has published figures of it yet."
    counts = counts_by_kind(last_day(head.quarter))
    base = sum(number for kind, number in counts.items() if provides(kind, found.providing_tier))
    said = (
        f"All councils, {quarter_in_words(head.quarter)}: "
        f"{counted(head.publish, 'council publishes', 'councils publish')} figures; "
        f"{counted(base, 'council provides', 'councils provide')} it."
    )
    if begun := published.begun:
        later = (f"{counted(each.publish, 'council')} for {quarter_in_words(each.quarter)}" for each in reversed(begun))
        said += f" Fewer have published since: {series(later)}."
    return said


def _lede_of_one(council: Organisation, head: QuarterLine | None, user: Any) -> str:
    measured, top = measured_of_top(council, user)
    said = f" {top_in_words(council, user, measured=measured, of=top)}." if top else ""
    nothing = "nothing returned yet" if can_see_all_returns(user, council) else "nothing published"
    return f"{council.full_name}, {quarter_in_words(head.quarter) if head else nothing}.{said}"


def _origin(line: QuarterLine) -> Any:
    """Who says the figures of a quarter, as at which day, and whether they are made up."""
    as_at, made_up = f"As at {day_in_words(last_day(line.quarter))}.", _made_up(line)
    one = line.one
    if one is None:
        return format_html("Source: what councils returned and publish, summed. {} {}", as_at, made_up)
    address = reverse("kpis:versions", args=[one.service.slug, one.council.slug, quarter_key(one.quarter)])
    return format_html(
        'Source: {}’s own return of {}, <a class="govuk-link" href="{}">version {}</a>. {} {}',
        one.council, day_in_words(one.returned_at), address, one.version, as_at, made_up,
    )  # fmt: skip


def _made_up(line: QuarterLine) -> Any:
    """The mark of a quarter with made-up returns in it: all of them, or so many."""
    if line.made_up in (0, line.publish):
        return origin(line.origins[0]) if line.made_up else ""
    return format_html('<span class="lda-origin">{} of {} illustrative</span>', line.made_up, line.publish)


def _row(line: QuarterLine) -> list[Any]:
    quarter = quarter_in_words(line.quarter, in_short=True)
    cells: list[Any] = [noted(quarter, "" if line.one else counted(line.publish, "council"), _made_up(line))]
    for each in INDICATORS:
        said: Any
        said, numbers = line.said(each.key), line.numbers[each.key]
        mark = " (flagged)" if each.key in line.flags else ""
        if said != NOT_COLLECTED:
            said = format_html('{}{}<br><span class="lda-workings">{}</span>', said, mark, each.workings(numbers))
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


def _table(found: Service, council: Organisation | None, lines: list[QuarterLine]) -> Table:
    """The quarters as a file: each indicator with its two numbers, and of one council all that it published."""
    columns = ["Quarter", "As at"]
    for each in INDICATORS:
        columns += [each.name, f"{each.name}: numerator", f"{each.name}: denominator", f"{each.name}: councils"]
    columns += [*NUMBERS, "Version"] if council else ["Councils that publish"]
    return Table(
        name=f"{found.slug}-{council.slug if council else 'all-councils'}",
        title=f"{found.name}: {council.official_name if council else 'all councils, sums of what is published'}",
        columns=[*columns, MADE_UP],
        rows=[_cells(line) for line in lines],
    )


def _cells(line: QuarterLine) -> list[object]:
    cells: list[object] = [quarter_key(line.quarter), last_day(line.quarter)]
    for each in INDICATORS:
        numbers = line.numbers[each.key]
        figure = each.figure(numbers)
        value = figure.value if figure else ""
        cells += [value, numbers.get(each.over), numbers.get(each.under), line.councils[each.key]]
    one = line.one
    cells += [*(getattr(one, name) for name in NUMBERS), one.version] if one else [line.publish]
    return [*cells, made_up_cell(*line.origins)]
