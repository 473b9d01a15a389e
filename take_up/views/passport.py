"""“Can my council use this?” on a page of its own, which prints on one sheet."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from assets_registry.permissions import visible_assets
from core import clock
from core.permissions import allow, anyone
from councils.likeness import Weights
from councils.permissions import councils_of
from take_up.asset_page import SHOWN_ADOPTERS, council_asked_for, typed_council
from take_up.queries import take_up
from take_up.queries.usable import own_adoption, surroundings
from take_up.queries.verdict import answer


@allow(anyone)
def passport(request: HttpRequest, slug: str) -> HttpResponse:
    """The answer for the reader's council or the one that `?council=` names, with every line, and who is like it."""
    rows = visible_assets(request.user).exclude(state="withdrawn")
    record = get_object_or_404(rows.select_related("owner").prefetch_related("services"), slug=slug)
    council, is_wrong = council_asked_for(request, record)
    used = take_up(record)
    own = own_adoption(record, council) if council in councils_of(request.user) else None
    weights, strange = Weights.from_query(request.GET)
    verdict = answer(record, council, used, own, surroundings(council, [used], weights))
    panel = {
        "council": council,
        "verdict": verdict,
        "adopters": verdict.adopters[:SHOWN_ADOPTERS],
        "nothing_chosen": is_wrong,
        "asked_council": typed_council(request),
        "used": used,
        "weights": weights,
        "is_passport": True,
    }
    context = {"record": record, "panel": panel, "council": council, "today": clock.today(), "strange": strange}
    return render(request, "take_up/passport.html", context)
