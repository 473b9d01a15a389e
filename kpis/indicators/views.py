"""The pages on which a council sees and returns its figures: dashboard, form, file, its largest services."""

import datetime as dt
from collections.abc import Iterable, Mapping
from itertools import zip_longest
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import SignedInRequest
from accounts.models import AnyUser
from core.answering import answered, posted
from core.filters import not_understood
from core.numbers import whole_number
from core.permissions import allow, anyone, require
from core.tables import Table, format_not_understood, table_response, wants_table
from core.text import clean_line
from core.words import counted
from councils.models import Organisation, Service
from councils.permissions import contributes, visible_organisations
from kpis.indicators import operations
from kpis.indicators.due import due_figures
from kpis.indicators.forms import (
    GAP,
    MOST_TO_CORRECT,
    CorrectedForm,
    FileOfFiguresForm,
    Numbered,
    QuarterForm,
    ReturnForm,
    TopForm,
    can_be_corrected,
    carried_rows,
    services_shown,
)
from kpis.indicators.inbox import in_words
from kpis.indicators.models import MOST_TOP, ServiceReturn
from kpis.indicators.open_data import file_of_returns, file_of_versions
from kpis.indicators.permissions import NOT_YOURS, can_return_figures, can_see_all_returns
from kpis.indicators.quarters import due_in_words, last_ended, quarter_in_words, quarter_key, quarter_read
from kpis.indicators.queries import (
    TopLine,
    returned_last,
    service_of,
    standing_returns,
    top_in_words,
    top_lines,
    top_of,
    versions_of,
)
from kpis.indicators.reading import COLUMNS, LABELS, SEEN
from kpis.indicators.worked_out import BY_KEY, INDICATORS, NUMBERS, has_all_four, number_in_words

MOST_SHOWN = 100  # faults
FAULT_COLUMNS = ["Row", "Column", "What was typed", "What is wrong"]
DASHBOARD_COLUMNS = ["Service", "Quarter", *((each.name, "numeric") for each in INDICATORS), "To know"]


def council_of(request: HttpRequest, slug: str) -> Organisation:
    return get_object_or_404(visible_organisations(request.user).councils(), slug=slug)


def _own(request: HttpRequest, slug: str) -> Organisation:
    council = council_of(request, slug)
    require(can_return_figures(request.user, council), NOT_YOURS)
    return council


def home_of(council: Organisation) -> str:
    return reverse("kpis:indicators", args=[council.slug])


@allow(anyone)
@require_safe
def indicators(request: HttpRequest, slug: str) -> HttpResponseBase:
    """A council's dashboard: its largest services, how many are measured, what is due; all it publishes as a file."""
    council = council_of(request, slug)
    if wants_table(request):
        return table_response(request, file_of_returns(council))
    lines = top_lines(council, request.user)
    rows = [_line(each, each.latest, council) for each in lines if each.latest]
    says_more = any(row[-1] for row in rows)
    may_return = can_return_figures(request.user, council)
    due = due_figures([council]) if may_return else []
    context = {
        "organisation": council,
        "lede": _measured_in_words(council, request.user, lines),
        "sees_all": can_see_all_returns(request.user, council),
        "columns": DASHBOARD_COLUMNS if says_more else DASHBOARD_COLUMNS[:-1],
        "not_measured": [(each.service.name, service_of(each.service, council)) for each in lines if not each.latest],
        "has_list": bool(lines),
        "rows": rows if says_more else [row[:-1] for row in rows],
        "lines": [each.latest for each in lines if each.latest],
        "all_four": sum(has_all_four(each.numbers) for each in lines),
        "may_return": may_return,
        "due": [
            f"Figures for {quarter_in_words(each.quarter)} {due_in_words(each.quarter)}: {in_words(each)}."
            for each in due
        ],
    }
    return render(request, "kpis/indicators/dashboard.html", context)


def _measured_in_words(council: Organisation, user: AnyUser, lines: list[TopLine]) -> str:
    if not lines:
        return "It has not said yet which services it has most of."
    measured = sum(each.is_measured for each in lines)
    return f"{top_in_words(council, user, measured=measured, of=len(lines))}, each by its latest return."


def _line(each: TopLine, latest: ServiceReturn, council: Organisation) -> list[Any]:
    said = "; ".join(f"{BY_KEY[key].name}: {words[0].lower()}{words[1:]}" for key, words in each.flags.items())
    if latest.for_comparison_only:
        said = f"For comparison only. {said}".strip()
    return [
        (each.service.name, service_of(each.service, council)),
        quarter_in_words(latest.quarter, in_short=True),
        *(one.said(one.figure(each.numbers)) for one in INDICATORS),
        said,
    ]


@allow(contributes, because=NOT_YOURS)
@require_http_methods(["GET", "HEAD", "POST"])
def return_figures(request: SignedInRequest, slug: str) -> HttpResponse:
    """The form of a council's largest services for one quarter; a card for each. Its button of another quarter keeps
    nothing, and takes along what was typed.
    """
    council = _own(request, slug)
    asked = clean_line(request.GET.get("quarter", ""))
    quarter = QuarterForm.read(asked)
    moved_from, quarter = (asked if quarter is None else ""), quarter or last_ended()
    shown = services_shown(request.POST.get("shown", ""))
    sent, is_lost = _services_sent(shown)
    services = sent or dict(enumerate(top_of(council), 1))
    # What the page showed was of the quarter that it had before.
    rows = _rows_of(council, quarter, services, request.user, {} if moved_from else shown)
    form = ReturnForm(posted(request), council=council, rows=rows, quarter=quarter, moved_from=moved_from, lost=is_lost)
    done, said, strange = None, "", [moved_from] if moved_from and request.method != "POST" else []
    if request.POST.get("go") == "quarter":
        wanted = clean_line(request.POST.get("quarter", ""))
        chosen, typed = QuarterForm.read(wanted), form.typed_over()
        if not typed:
            where = {"quarter": wanted or quarter_key(quarter)}
            return redirect(f"{reverse('kpis:return', args=[council.slug])}?{urlencode(where)}")
        chosen, strange = chosen or quarter, [wanted] if wanted and not chosen else []
        rows = _with_typed(_rows_of(council, chosen, services, request.user), typed)
        quarter, form = chosen, ReturnForm(council=council, rows=rows, quarter=chosen)
        said = f"What you typed stands below, now for {quarter_in_words(chosen)}. Nothing is saved yet."
    else:
        done = answered(request, form, operations.return_services, council, said=_thanks, to=home_of(council))
    context = {
        "organisation": council,
        "form": form,
        "quarter": quarter_in_words(quarter),
        "address": _form_of(council, quarter),
        "strange": [not_understood("quarter", each) for each in strange],
        "choose": QuarterForm(initial={"quarter": quarter_key(quarter)}),
        "moved": said,
    }
    return done or render(request, "kpis/indicators/return.html", context)


def _with_typed(rows: Iterable[Numbered], typed: Mapping[int, Mapping[str, str]]) -> list[Numbered]:
    """Rows of another quarter with what was typed for the one before, which opens their folds.

    A tick that was taken off stays where it was: nothing that is for comparison only is published by going on.
    """
    found: list[Numbered] = []
    for place, cells in rows:
        over = {
            name: text for name, text in typed.get(place, {}).items() if (name, text) != ("for_comparison_only", "no")
        }
        found.append((place, {**cells, **over, "typed": "yes"} if over else cells))
    return found


def _form_of(council: Organisation, quarter: dt.date) -> str:
    """The address of the form of a quarter."""
    return f"{reverse('kpis:return', args=[council.slug])}?quarter={quarter_key(quarter)}"


def _rows_of(
    council: Organisation,
    quarter: dt.date,
    services: Mapping[int, Service],
    user: AnyUser,
    shown: Mapping[str, str] | None = None,
) -> list[Numbered]:
    """The rows of the form: each service at its place with what stands of the quarter; `shown` as the page said it."""
    found = standing_returns(user).filter(council=council, quarter=quarter, service__in=services.values())
    standing = {each.service_id: each for each in found}
    return [
        (place, _cells(each, standing.get(each.pk), seen=(shown or {}).get(each.slug, "0")))
        for place, each in services.items()
    ]


def _services_sent(shown: Iterable[str]) -> tuple[dict[int, Service], bool]:
    """The services that the page showed that was sent, by their places there, whether the council provides them or
    not; and whether one of them is here no more.
    """
    sent = list(shown)[:MOST_TOP]
    found = {each.slug: each for each in Service.objects.filter(slug__in=sent)} if sent else {}
    numbered = {place: found[slug] for place, slug in enumerate(sent, 1) if slug in found}
    return numbered, any(slug not in found and not slug.startswith(GAP) for slug in sent)


def _cells(service: Service, one: ServiceReturn | None, *, seen: str) -> dict[str, str]:
    """A row of the form: what a return says, as somebody would type it, its version, and the one that was shown."""
    row = {"service": service.slug, "title": service.name, "stands": "", SEEN: seen}
    if one is None:
        return row
    numbers = {name: getattr(one, name) for name in NUMBERS}
    said = {name: "" if number is None else f"{number}".removesuffix(".00") for name, number in numbers.items()}
    return row | said | {"for_comparison_only": "yes" if one.for_comparison_only else "", "stands": str(one.version)}


def _thanks(kept: int) -> str:
    if not kept:
        return "These are the numbers that stand already, so nothing was changed."
    return f"Thank you. {counted(kept, 'service is', 'services are')} up to date."


@allow(contributes, because=NOT_YOURS)
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: SignedInRequest, slug: str) -> HttpResponse:
    """Figures from a file: all rows or none; what is wrong row by row, and boxes to correct it in."""
    council = _own(request, slug)
    form = FileOfFiguresForm(posted(request), request.FILES or None, council=council)
    context = {"organisation": council, "fault_columns": FAULT_COLUMNS, "labels": LABELS.items(), "form": form}
    if carried := carried_rows(request.POST.get("carried", "")):
        asked = {int(each) for each in request.POST.get("shown", "").split(",") if whole_number(each)}
        shown = set(sorted(asked & {number for number, _ in carried})[:MOST_TO_CORRECT])
        form = CorrectedForm(posted(request), council=council, rows=carried, shown=shown)
        context |= {"form": form, "correct": form}
    if done := answered(request, form, operations.return_services, council, said=_thanks, to=home_of(council)):
        return done
    wrong = {each.row for each in form.faults}
    if wrong and can_be_corrected(form.sent, wrong):
        boxes = CorrectedForm(council=council, rows=form.sent, shown=wrong)
        boxes.show_first(form.faults)
        context["correct"] = boxes
    context["faults"] = [each.cells for each in form.faults[:MOST_SHOWN]]
    context["fault_count"] = len(form.faults)
    return render(request, "kpis/indicators/upload.html", context)


@allow(contributes, because=NOT_YOURS)
@require_safe
def template(request: SignedInRequest, slug: str) -> HttpResponseBase:
    """The table to fill in, with a line for each of a council's largest services and the last quarter."""
    council = _own(request, slug)
    quarter = quarter_key(last_ended())
    empty = [""] * (len(COLUMNS) - 2)
    table = Table(
        name=f"figures-{council.slug}-{quarter}",
        title=f"Figures of {council.official_name}: fill in what was collected and leave the rest empty",
        columns=COLUMNS,
        rows=[[each.slug, quarter, *empty] for each in top_of(council)],
    )
    return table_response(request, table, form="csv")


@allow(contributes, because=NOT_YOURS)
@require_http_methods(["GET", "HEAD", "POST"])
def top(request: SignedInRequest, slug: str) -> HttpResponse:
    """The form in which a council says which services it has most of."""
    council = _own(request, slug)
    chosen = top_of(council)
    proposed = [] if chosen else returned_last(council)
    form = TopForm(posted(request), council=council, chosen=chosen or proposed)
    said = "The list is kept. Figures are asked for these services."
    done = answered(request, form, operations.choose_top_services, council, said=said, to=home_of(council))
    return done or render(
        request, "kpis/indicators/top.html", {"organisation": council, "form": form, "proposed": proposed}
    )


@allow(anyone)
@require_safe
def versions(request: HttpRequest, slug: str, council_slug: str, quarter: str) -> HttpResponseBase:
    """All versions of a council's return of a service for a quarter: what changed, when, why; to members also who.

    Its file says the same to every reader: the versions that are published, and nothing where the latest is not.
    """
    council = council_of(request, council_slug)
    service = get_object_or_404(Service, slug=slug)
    day = quarter_read(quarter)
    found = versions_of(service, council, day, request.user) if day else []
    if day is None or not found:
        raise Http404
    if wants_table(request):
        return table_response(request, file_of_versions(service, council, day, found))
    context = {
        "organisation": council,
        "service": service,
        "strange": format_not_understood(request.GET),
        "has_file": not found[0].for_comparison_only,
        "quarter": quarter_in_words(day),
        "says_who": can_return_figures(request.user, council),
        "versions": [_version(each, older) for each, older in zip_longest(found, found[1:])],
        "download": request.path,
    }
    return render(request, "kpis/indicators/versions.html", context)


def _version(each: ServiceReturn, older: ServiceReturn | None) -> dict[str, Any]:
    """A version with the numbers in which it differs from the one before."""
    names = [name for name in NUMBERS if older is None or getattr(each, name) != getattr(older, name)]
    columns: list[Any] = ["Number", ("Before", "numeric"), ("Now", "numeric")]
    rows = (
        [[LABELS[name], number_in_words(older, name), number_in_words(each, name)] for name in names] if older else []
    )
    if older is None:  # nothing stood before
        columns = ["Number", ("Said", "numeric")]
        rows = [[LABELS[name], number_in_words(each, name)] for name in names if getattr(each, name) is not None]
    caption = f"What version {each.version} says" if older is None else f"What version {each.version} changed"
    return {
        "version": each,
        "caption": caption,
        "columns": columns,
        "rows": rows,
        "mark": _mark_in_words(each, older),
        "is_first": not older,
    }


def _mark_in_words(each: ServiceReturn, older: ServiceReturn | None) -> str:
    """What a version changed of who sees it; nothing where that stayed."""
    if older is None or each.for_comparison_only == older.for_comparison_only:
        return ""
    return "For comparison only since this version." if each.for_comparison_only else "Published since this version."
