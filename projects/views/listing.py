"""What every list here has in common: filters, pages, and the same rows as CSV."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.csv import csv_response
from core.pagination import page_of
from projects.forms.filters import Filter


@dataclass(frozen=True)
class Table:
    """A list as CSV: its title, its columns, and the cells of all its rows."""

    name: str
    title: str
    columns: Sequence[str]
    rows: Callable[[list[Any]], Iterable[Sequence[object]]]


def listing(
    request: HttpRequest,
    template: str,
    *,
    filters: type[Filter],
    find: Callable[[dict[str, Any]], QuerySet],
    table: Table,
    more: Callable[[list[Any]], dict[str, Any]] = lambda rows: {},
) -> HttpResponse:
    """The page of a list, or with `?format=csv` all of what the filters leave."""
    form = filters.of(request.GET)
    found = find(form.chosen)
    if request.GET.get("format") == "csv":
        rows = table.rows(list(found))
        return csv_response(table.title, table.columns, rows, filters=form.in_words, name=table.name)
    page = page_of(request, found)
    rows = list(page.object_list)
    query = request.GET.copy()
    query.pop("page", None)
    query["format"] = "csv"
    context = {
        "form": form,
        "page_obj": page,
        "rows": rows,
        "is_filtered": bool(set(form.chosen) - {"sort"}),
        "csv_url": f"?{query.urlencode()}",
        **more(rows),
    }
    return render(request, template, context)
