"""What the pages of an event, a prototype and a project show of their votes."""

from accounts.models import AnyUser
from core.panels import Panel
from events.models import Event
from events.queries import brings_prototypes
from projects.models import Project, Prototype
from voting.models import Ballot
from voting.permissions import can_run_ballots, visible_ballots
from voting.queries import ballots_with_figures


def votes_of_event(event: Event, user: AnyUser) -> Panel | None:
    ballots = list(ballots_with_figures(visible_ballots(user).filter(event=event)).order_by("pk"))
    may_prepare = event.state == Event.State.PUBLISHED and can_run_ballots(user) and brings_prototypes(event)
    if not ballots and not may_prepare:
        return None
    return Panel("voting/panel_event.html", {"ballots": ballots, "may_prepare": may_prepare, "event": event}, order=40)


def votes_of_prototype(prototype: Prototype, user: AnyUser) -> Panel | None:
    voted_on = visible_ballots(user).filter(options__prototype=prototype)
    ballots = list(ballots_with_figures(voted_on).order_by("pk"))
    return Panel("voting/panel_prototype.html", {"ballots": ballots}, order=40) if ballots else None


def vote_of_project(project: Project, user: AnyUser) -> Panel | None:
    ballot = Ballot.objects.filter(led_to__project=project).select_related("event").first()
    return Panel("voting/panel_project.html", {"ballot": ballot}, order=60, place="side") if ballot else None
