"""The directory of councils and each one's profile."""

from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, When
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core import clock
from core.csv import csv_response
from core.pagination import page_of
from core.panels import panels_for
from core.permissions import anyone, door
from core.text import clean_line
from councils.forms import CouncilFilter
from councils.models import Kind, Membership, Organisation, OrganisationQuerySet
from councils.permissions import can_confirm_members, can_see_members, visible_organisations
from councils.queries import counts_by_kind, found_by_name

SHOWN_MEMBERS = 30
MOST_SUGGESTED = 8


def _chosen(request: HttpRequest) -> tuple[dict[str, Any], CouncilFilter]:
    """What the filters say, without what makes no sense, and a form that shows just that."""
    form = CouncilFilter(request.GET)
    form.is_valid()
    chosen = {name: value for name, value in form.cleaned_data.items() if value}
    return chosen, CouncilFilter(initial=chosen)


def _filtered(user: Any, chosen: dict[str, Any]) -> OrganisationQuerySet:
    found = visible_organisations(user)
    found = found.filter(kind=chosen["kind"]) if "kind" in chosen else found.councils()
    for name in ("region", "nation"):
        if name in chosen:
            found = found.filter(**{name: chosen[name]})
    # Somebody who looks for a name may mean a council that has ended.
    if "as_at" in chosen or "q" not in chosen:
        found = found.in_force(chosen.get("as_at"))
    return found_by_name(found, chosen.get("q", "")).order_by("name", "pk")


def _as_csv(found: OrganisationQuerySet, chosen: dict[str, Any]) -> HttpResponse:
    columns = ("Name", "Official name", "Kind", "Nation", "Region", "GSS code", "First day", "Last day", "Successors")
    rows = (
        (
            o.name,
            o.official_name,
            o.get_kind_display(),
            o.nation,
            o.region,
            o.gss_code,
            o.starts_on,
            o.ends_on,
            "; ".join(s.name for s in o.successors.all()),
        )
        for o in found.prefetch_related("successors")
    )
    filters = ", ".join(f"{name}={value}" for name, value in chosen.items()) or "in force today"
    return csv_response("Councils", columns, rows, filters=filters, name="councils")


@door(anyone)
def directory(request: HttpRequest) -> HttpResponse:
    """Every council in force, or as at a day; a search by name finds those that have ended as well."""
    chosen, form = _chosen(request)
    found = _filtered(request.user, chosen)
    if request.GET.get("format") == "csv":
        return _as_csv(found, chosen)
    day = chosen.get("as_at") or clock.today()
    counts = counts_by_kind(day)
    labels = dict(Kind.choices)
    query = request.GET.copy()
    query["format"] = "csv"
    context = {
        "form": form,
        "page": page_of(request, found, size=25),
        "day": day,
        "counts": [(labels[kind], number) for kind, number in counts.items()],
        "english": sum(counts[kind] for kind in ("county", "district", "unitary", "metropolitan"))
        + counts["london_borough"]
        + counts["city_corporation"],
        "all_councils": sum(counts.values()),
        "chosen": chosen,
        "columns": ["Kind", ("Councils", "numeric")],
        "csv_url": "?" + query.urlencode(),
    }
    return render(request, "councils/list.html", context)


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
