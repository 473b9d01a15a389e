"""The page of the top 20 of 2012, its files and its dictionary."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.permissions import allow, anyone
from core.tables import table_response, wants_table
from kpis.volumes import pages
from kpis.volumes.files import dictionary_of, file_of
from kpis.volumes.operations import YEAR
from kpis.volumes.queries import visits_of


@allow(anyone)
@require_safe
def top_20(request: HttpRequest) -> HttpResponseBase:
    """The 20 largest transactions of 2012, by row, area or type of visit; as a file too."""
    found = visits_of(YEAR)
    if wants_table(request):
        return table_response(request, file_of(found))
    by = request.GET.get("by", "")
    return render(request, "kpis/volumes/top_20.html", pages.top_20_page(found, by if by in pages.BY else ""))


@allow(anyone)
@require_safe
def dictionary(request: HttpRequest) -> HttpResponseBase:
    """What each column of the file means; as a file too."""
    told = dictionary_of()
    if wants_table(request):
        return table_response(request, told)
    return render(request, "kpis/volumes/dictionary.html", {"told": told})
