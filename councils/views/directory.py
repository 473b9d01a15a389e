"""The directory of councils and each one's profile."""

from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, When
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core import clock
from core.filters import day_of
from core.listing import listed
from core.panels import panels_for
from core.permissions import anyone, door
from core.text import clean_line
from councils.lists import COUNCILS
from councils.models import KINDS_OF_TIER, Membership, Organisation, Tier
from councils.permissions import can_confirm_members, can_see_members, visible_organisations
from councils.queries import counts_by_kind, found_by_name

SHOWN_MEMBERS = 30
MOST_SUGGESTED = 8


@door(anyone)
def directory(request: HttpRequest) -> HttpResponse:
    """Every council in force, or as at a day; a search by name finds those that have ended as well."""
    day = day_of(COUNCILS.read(request.GET).value("as_at")) or clock.today()
    counts = counts_by_kind(day)
    in_england = sum(counts[kind] for kind in KINDS_OF_TIER[Tier.ALL])
    return listed(request, COUNCILS, "councils/list.html", day=day, in_england=in_england, in_all=sum(counts.values()))


@door(anyone)
@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """Councils in force whose name has what is typed, for a box that asks for one."""
    typed = clean_line(request.GET.get("q", ""))[:80]
    found = found_by_name(Organisation.objects.councils().in_force(), typed) if len(typed) > 1 else []
    return JsonResponse([{"text": council.full_name} for council in found[:MOST_SUGGESTED]], safe=False)


def _facts(organisation: Organisation) -> list[tuple[str, object]]:
    day = "%-d %B %Y"
    return [
        ("Kind", organisation.get_kind_display()),
        ("Region" if organisation.nation == "England" else "Nation", organisation.place),
        ("Since", organisation.starts_on and f"{organisation.starts_on:{day}}"),
        ("Until", organisation.ends_on and f"{organisation.ends_on:{day}}"),
    ]


def _members_and_own_place(organisation: Organisation, user: Any) -> tuple[list[Membership], Membership | None]:
    """The confirmed members, as far as the page shows them, and the reader's own living place."""
    if not can_see_members(user):
        return [], None
    confirmed = Q(state=Membership.State.CONFIRMED, person__is_active=True)
    own = Q(person=user) & ~Q(state=Membership.State.ENDED)
    found = organisation.memberships.filter(confirmed | own).select_related("person")
    # The reader's own line first, so that it is among those fetched.
    is_own = Case(When(person=user, then=0), default=1)
    lines = list(found.order_by(is_own, "person__name", "pk")[: SHOWN_MEMBERS + 2])
    place = next((line for line in lines if line.person_id == user.pk), None)
    return [line for line in lines if line.state == Membership.State.CONFIRMED], place


def _before_and_after(organisation: Organisation) -> tuple[list[Organisation], list[Organisation]]:
    """The councils it took over from, and those that took over from it."""
    after = organisation.successors.through.objects.filter(
        from_organisation=organisation, to_organisation=OuterRef("pk")
    )
    joined = Organisation.objects.filter(Q(predecessors=organisation) | Q(successors=organisation))
    found = list(joined.annotate(is_after=Exists(after)).distinct())
    return [each for each in found if not each.is_after], [each for each in found if each.is_after]


@door(anyone)
def profile(request: HttpRequest, slug: str) -> HttpResponse:
    """Who a council is, what became of it, and what it contributed (sections that apps further up register)."""
    organisation = get_object_or_404(visible_organisations(request.user), slug=slug)
    members, place = _members_and_own_place(organisation, request.user)
    predecessors, successors = _before_and_after(organisation)
    context = {
        "organisation": organisation,
        "facts": _facts(organisation),
        "summary": [
            ("GSS code", organisation.gss_code),
            ("Former names", ", ".join(name for name in organisation.former_names.split(";") if name)),
            ("Website", organisation.website, organisation.website),
        ],
        "list_url": reverse("councils:list"),
        "successors": successors,
        "predecessors": predecessors,
        "members": members[:SHOWN_MEMBERS],
        "has_more_members": len(members) > SHOWN_MEMBERS,
        "membership": place,
        "may_manage": can_confirm_members(request.user, organisation),
        "panels": panels_for(organisation, request.user, place="main"),
        "side_panels": panels_for(organisation, request.user, place="side"),
    }
    return render(request, "councils/detail.html", context)
