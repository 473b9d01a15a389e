"""A council's profile page."""

from django.db.models import Exists, OuterRef
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.models import AnyUser
from core.panels import panel_context
from core.permissions import allow, anyone
from core.words import day_in_words
from councils.around import around_of
from councils.data import packed
from councils.forms import MayBeAskedForm
from councils.models import Membership, Organisation, WebsiteStars
from councils.permissions import (
    can_confirm_members,
    can_contribute_for,
    can_declare_system,
    can_reorganise,
    memberships_of,
    visible_organisations,
)
from councils.queries import SYSTEM_COLUMNS, People, people_of, system_rows, systems_of
from councils.stars import stars_of

# The Atom feeds of one organisation, by the kind in their address. One that has ended has nothing new.
FEEDS = {
    **{kind: kind.replace("-", " ") for kind in ("needs", "projects", "assets", "case-studies", "news")},
    "services": "figures of services",
}


def _facts(organisation: Organisation) -> list[tuple[str, object]]:
    return [
        ("Kind", organisation.get_kind_display()),
        ("Region" if organisation.nation == "England" else "Nation", organisation.place),
        ("From" if organisation.is_to_come else "Since", day_in_words(organisation.starts_on)),
        ("Until", day_in_words(organisation.ends_on)),
    ]


def _summary(organisation: Organisation) -> list[tuple[str, ...]]:
    county = organisation.county
    pairs: list[tuple[str, ...]] = [
        ("County", county.name, county.get_absolute_url()) if county else ("County", ""),
        ("Three-letter code", organisation.code),
        ("GSS code", organisation.gss_code),
        ("Former names", ", ".join(name for name in organisation.former_names.split(";") if name)),
        ("Website then" if organisation.has_ended else "Website", organisation.website, organisation.website),
    ]
    return [pair for pair in pairs if pair[1]]


@allow(anyone)
def profile(request: HttpRequest, slug: str) -> HttpResponse:
    """The profile: what a council is, its successors, and panels of upper apps with what it contributed."""
    has_stars = Exists(WebsiteStars.objects.filter(council=OuterRef("pk")))
    organisation = get_object_or_404(
        visible_organisations(request.user).annotate(has_stars=has_stars).select_related("county"), slug=slug
    )
    people = people_of(organisation, request.user)
    around = around_of(organisation)
    systems = systems_of(organisation, request.user) if organisation.is_council else []
    context = {
        "organisation": organisation,
        "facts": _facts(organisation),
        "summary": _summary(organisation),
        "list_url": reverse("councils:list"),
        "around": around,
        "feeds": [] if organisation.has_ended else FEEDS.items(),
        "people": people,
        "consent": MayBeAskedForm(membership=people.own) if _is_confirmed(people.own) else None,
        "system_columns": SYSTEM_COLUMNS,
        "system_rows": system_rows(each for each in systems if each.is_confirmed),
        "systems_waiting": sum(not each.is_confirmed for each in systems),
        "may_declare_system": can_declare_system(request.user, organisation) and not organisation.has_ended,
        "stars": stars_of(organisation) if organisation.has_stars else None,
        "main_action": _main_action(organisation, people, request.user),
        "may_reorganise": organisation.is_council and can_reorganise(request.user),
        "may_manage": can_confirm_members(request.user, organisation) and not organisation.has_ended,
        **panel_context(organisation, request.user),
    }
    return render(request, "councils/detail.html", context)


@allow(anyone)
@require_safe
def download(request: HttpRequest, slug: str) -> FileResponse:
    """All data of a council that its reader may see, as one file of tables."""
    council = get_object_or_404(visible_organisations(request.user), slug=slug)
    return FileResponse(packed(council, request.user), as_attachment=True, filename=f"{council.slug}.zip")


def _is_confirmed(place: Membership | None) -> bool:
    return place is not None and place.state == Membership.State.CONFIRMED


def _main_action(organisation: Organisation, people: People, user: AnyUser) -> str:
    """The page's main action: ask or join; None where the council is the reader's own or has ended."""
    if organisation.has_ended or (can_contribute_for(user, organisation) and organisation.is_council):
        return ""
    acts_for_nobody = user.is_authenticated and not memberships_of(user) and people.own is None
    return "ask" if people.has_anybody and not acts_for_nobody else "join"
