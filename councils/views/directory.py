"""The directory of councils."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from core import clock
from core.filters import day_of
from core.listing import listed
from core.permissions import allow, anyone
from core.text import clean_line
from councils.kinds import KINDS_OF_TIER, Tier
from councils.lists import COUNCILS
from councils.models import Organisation
from councils.queries import counts_by_kind, found_by_name

MOST_SUGGESTED = 8


@allow(anyone)
def directory(request: HttpRequest) -> HttpResponse:
    """Every council in force, or as at a day; a search by name finds those that have ended as well."""
    day = day_of(COUNCILS.read(request.GET).value("as_at")) or clock.today()
    counts = counts_by_kind(day)
    in_england = sum(counts[kind] for kind in KINDS_OF_TIER[Tier.ALL])
    return listed(request, COUNCILS, "councils/list.html", day=day, in_england=in_england, in_all=sum(counts.values()))


@allow(anyone)
@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """Councils in force whose name has what is typed, for a box that asks for one."""
    typed = clean_line(request.GET.get("q", ""))[:80]
    found = found_by_name(Organisation.objects.councils().in_force(), typed) if len(typed) > 1 else []
    return JsonResponse([{"text": council.full_name} for council in found[:MOST_SUGGESTED]], safe=False)
