"""The pages of a council beside others, and of which councils publish all four figures."""

import datetime as dt
from collections.abc import Iterable, Mapping

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from core.filters import not_understood
from core.permissions import allow, anyone
from core.tables import format_not_understood, table_response, wants_table
from core.text import clean_line
from councils.likeness import ASPECTS, DEFAULT, MOST_WEIGHT, PREFIX, Weights
from councils.models import Service
from councils.permissions import visible_organisations
from kpis.comparison import queries
from kpis.comparison.shown import file_of, groups_of
from kpis.comparison.sums import LEAST, LEAST_UNSEEN, fixed_on, usual_quarter
from kpis.indicators.quarters import FIXED_AFTER, last_ended, quarter_in_words, quarter_key, quarter_read


@allow(anyone)
@require_safe
def comparison(request: HttpRequest, slug: str, council_slug: str) -> HttpResponseBase:
    """A council's four figures of a service beside all councils of its kind, and beside those like it."""
    service = get_object_or_404(Service, slug=slug)
    council = get_object_or_404(visible_organisations(request.user).councils(), slug=council_slug)
    quarters = queries.published_quarters(service)
    quarter, strange = asked_quarter(request, quarters)
    weights, not_read = Weights.from_query(request.GET)
    found = queries.compared_councils(service, quarter)
    own = queries.own_return(found, council, request.user)
    groups = groups_of(council, quarter, found, own, weights)
    if wants_table(request):
        return table_response(request, file_of(service, council, quarter, groups))
    context = {
        "service": service,
        "organisation": council,
        "strange": [*strange, *not_read, *format_not_understood(request.GET)],
        "quarter": quarter_in_words(quarter),
        "quarters": choices_of(quarters, quarter),
        "chosen": quarter_key(quarter),
        "kept": weights.query,
        "own": own,
        "groups": [(group, group.strips, group.rows(service)) for group in groups],
        "is_fixed": queries.is_fixed(quarter),
        "fixed_on": fixed_on(quarter),
        "fixed_after": FIXED_AFTER.days,
        "least": LEAST,
        "least_unseen": LEAST_UNSEEN,
        "download": request.get_full_path(),
        "aspects": [(PREFIX + name, label, getattr(weights, name)) for name, label in ASPECTS.items()],
        "choices": range(MOST_WEIGHT + 1),
        "is_changed": weights != DEFAULT,
    }
    return render(request, "kpis/comparison/beside.html", context)


def asked_quarter(request: HttpRequest, quarters: Mapping[dt.date, int]) -> tuple[dt.date, list[str]]:
    """The quarter that an address asks for, else the latest that many publish; and in words what means nothing."""
    usual = usual_quarter(quarters, quarters) or last_ended()
    asked = clean_line(request.GET.get("quarter", ""))
    day = quarter_read(asked) if asked else usual
    return (usual, [not_understood("quarter", asked)]) if day is None else (day, [])


def choices_of(quarters: Iterable[dt.date], chosen: dt.date) -> list[tuple[str, str]]:
    """Quarters to choose from, the latest first, as an address and a reader know them."""
    return [(quarter_key(each), quarter_in_words(each)) for each in sorted({*quarters, chosen}, reverse=True)]
