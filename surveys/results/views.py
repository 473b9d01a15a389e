"""The pages of the annual survey: its waves, a wave, a table with its file and dictionary, and the calculator."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core.permissions import allow, anyone
from core.tables import Table, table_response, wants_table
from surveys.results import pages
from surveys.results.calculator import figures_put_in, where_from, worked_out
from surveys.results.council import figures_of_type
from surveys.results.files import dictionary_of, file_of
from surveys.results.forms import ExtrapolationForm
from surveys.results.queries import ComparedTable, compared_table, compared_waves


@allow(anyone)
@require_safe
def waves(request: HttpRequest) -> HttpResponse:
    """The survey's waves, the newest first, and its tables by title; with a type of council on to its figures."""
    if found := figures_of_type(request.GET.get("group", "")):
        return HttpResponseRedirect(found)
    return render(request, "surveys/waves.html", pages.waves_page(compared_waves(), request.user))


@allow(anyone)
@require_safe
def wave(request: HttpRequest, year: int) -> HttpResponse:
    """A wave: what changed, its tables, and who answered."""
    for found, tables in compared_waves([year]).items():
        return render(request, "surveys/wave.html", pages.wave_page(found, tables))
    raise Http404


@allow(anyone)
@require_safe
def table(request: HttpRequest, year: int, slug: str) -> HttpResponseBase:
    """A table of a wave beside the wave before, its chart in it; as a file too."""
    found = _found(year, slug)
    if wants_table(request):
        return table_response(request, file_of(found))
    by_change, group = request.GET.get("sort") == "change", request.GET.get("group", "")
    return render(request, "surveys/table.html", pages.table_page(found, by_change=by_change, group=group))


@allow(anyone)
@require_safe
def table_file(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """The address of a table's CSV, for whoever writes it down."""
    return HttpResponseRedirect(f"{reverse('surveys:table', args=[year, slug])}?format=csv")


@allow(anyone)
@require_safe
def dictionary(request: HttpRequest, year: int, slug: str) -> HttpResponseBase:
    """What each column of a table's file means; as a file too."""
    found = _found(year, slug)
    told: Table = dictionary_of(found)
    if wants_table(request):
        return table_response(request, told)
    return render(request, "surveys/dictionary.html", {"found": found, "columns": told.columns, "rows": told.rows})


@allow(anyone)
@require_safe
def extrapolation(request: HttpRequest, year: int) -> HttpResponse:
    """What the savings of those who report one come to for all councils, each step shown."""
    found = _found(year, "savings")
    put_in = figures_put_in(found)
    if put_in is None:
        raise Http404
    asked = {name: request.GET[name] for name in ExtrapolationForm.base_fields if name in request.GET}
    form = ExtrapolationForm({**put_in, **asked}, auto_id="id_%s")
    context: dict[str, Any] = {"found": found, "form": form, "where_from": where_from(found)}
    if form.is_valid():
        context |= worked_out(form)
    return render(request, "surveys/extrapolation.html", context)


def _found(year: int, slug: str) -> ComparedTable:
    found = compared_table(year, slug)
    if found is None:
        raise Http404
    return found
