"""“Take part” on a project's page: what it looks for, how many councils take part, the ways to do so."""

from typing import Any

from django.db.models import F
from django.urls import reverse

from accounts.models import AnyUser
from core.panels import Panel
from core.words import counted, series
from projects.interest.models import Interest
from projects.interest.permissions import councils_to_offer_for, visible_interests
from projects.interest.queries import counts_of
from projects.portfolio.models import Project
from projects.portfolio.permissions import can_edit_project

SHOWN = 10  # offers with names, those to be answered first
# Which offer answers what a project looks for.
_LOOKED_FOR: dict[str, str] = {
    Project.Collaboration.IDEAS: Interest.Kind.IDEAS,
    Project.Collaboration.TESTERS: Interest.Kind.TEST,
    Project.Collaboration.CO_FUNDERS: Interest.Kind.FUND,
    Project.Collaboration.ADOPTERS: Interest.Kind.ADOPT,
}


def take_part_panel(project: Project, user: Any) -> Panel | None:
    """Nothing where the project looks for nothing, nobody has offered anything, and the reader cannot."""
    counts = counts_of(project)
    ways = _ways(project, user)
    looks_for = "" if project.has_ended else project.get_collaboration_display()
    if not (counts or ways or looks_for):
        return None
    so_far = series(f"{counted(each.councils, 'council')} {each.words}" for each in counts)
    context = {"looks_for": looks_for, "so_far": so_far, "ways": ways}
    return Panel("projects/take_part.html", context, place="first", order=10)


def offers_panel(project: Project, user: Any) -> Panel | None:
    """The offers that this reader may see by name, those that wait for an answer first, each with its day."""
    found = visible_interests(user).filter(project=project).select_related("council")
    offers = list(found.order_by(F("answered_at").desc(nulls_first=True), "due_on", "pk")[:SHOWN])
    for offer in offers:
        offer.project = project
    context = {"offers": offers, "answers": can_edit_project(user, project)}
    return Panel("projects/offers.html", context, place="side", order=10) if offers else None


def _ways(project: Project, user: AnyUser) -> list[tuple[str, str, bool]]:
    """`(words, address, is what the project looks for)` of each way to take part, the one looked for first.

    For strangers too, who sign in on the way; not for those who have no council to offer for.
    """
    if project.has_ended or project.is_history or (user.is_authenticated and not councils_to_offer_for(user, project)):
        return []
    wanted = _LOOKED_FOR.get(project.collaboration, "")
    ways = [
        (label, reverse("projects:offer", args=[project.slug, kind]), kind == wanted)
        for kind, label in Interest.Kind.choices
        if kind != Interest.Kind.ADOPT or project.launched_on or kind == wanted
    ]
    return sorted(ways, key=lambda way: not way[2])
