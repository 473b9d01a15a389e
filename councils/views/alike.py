"""Councils like a council, with why, and the weights to change."""

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render

from core.permissions import allow, anyone
from core.tables import Table, table_response, wants_table
from councils.likeness import ASPECTS, DEFAULT, MOST_WEIGHT, PREFIX, Likeness, Weights, aspects_of, like
from councils.models import Organisation
from councils.permissions import visible_organisations

SHOWN = 20


@allow(anyone)
def alike(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The councils most like one, each with its reasons; the address holds the weights."""
    council = get_object_or_404(visible_organisations(request.user).councils(), slug=slug)
    if council.has_ended:
        raise Http404
    weights, strange = Weights.from_query(request.GET)
    found = [each for each in like(council, weights=weights) if each.points]
    if wants_table(request):
        return table_response(request, _table(council, found, weights))
    known = aspects_of(council)
    context = {
        "organisation": council,
        "columns": ["Council", "Why", ("Points", "numeric")],
        "rows": [_cells(each) for each in found[:SHOWN]],
        "count": len(found),
        "strange": strange,
        "download": request.get_full_path(),
        "aspects": [
            (PREFIX + name, label, known.get(name, ""), getattr(weights, name)) for name, label in ASPECTS.items()
        ],
        "choices": range(MOST_WEIGHT + 1),
        "is_changed": weights != DEFAULT,
    }
    return render(request, "councils/alike.html", context)


def _cells(each: Likeness) -> list[object]:
    return [
        (each.council.full_name, each.council.get_absolute_url()),
        each.in_words,
        f"{each.points} of {each.possible}",
    ]


def _table(council: Organisation, found: list[Likeness], weights: Weights) -> Table:
    return Table(
        name=f"councils-like-{council.slug}",
        title=f"Councils like {council.official_name}",
        columns=("Council", "Type", "Region", "Why", "Points", "Possible points"),
        rows=[
            (
                each.council.official_name,
                each.council.get_kind_display(),
                each.council.place,
                each.in_words,
                each.points,
                each.possible,
            )
            for each in found
        ],
        filters="weights: " + ", ".join(f"{label} {getattr(weights, name)}" for name, label in ASPECTS.items()),
    )
