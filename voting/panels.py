"""Panels about votes on the pages of an event, a prototype and a project."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import prefetch_related_objects
from django.urls import reverse

from accounts.models import AnyUser
from core import clock
from core.inbox import MOST, Action
from core.panels import Panel
from events.desk.queries import prototypes_to_run
from events.event.running import RunLine
from events.models import Event
from projects.models import Project, Prototype
from voting.ballots.queries import late_words, open_votes_without, options_with_prototypes
from voting.ballots.sentences import closing_words, run_words
from voting.casting.queries import open_roll_entries
from voting.casting.turnout import turnout_of
from voting.models import Ballot, RollEntry
from voting.outcome.next_steps import goes_on, next_action
from voting.outcome.queries import ballots_with_figures
from voting.paper.queries import paper_words
from voting.permissions import can_prepare_ballot, visible_ballots

# How long after a day a vote of those who were there may still be prepared.
VOTES_AFTER = dt.timedelta(weeks=4)


def _votes_at(event: Event, user: AnyUser) -> list[Ballot]:
    """The votes of a day that this reader may see, read once for all panels of its page."""
    asked = event.__dict__.setdefault("_votes", {})
    if user not in asked:
        ballots = ballots_with_figures(visible_ballots(user).filter(event=event))
        asked[user] = list(ballots.select_related("event", "run_off", "run_off_of", "copy").order_by("pk"))
    return asked[user]


def votes_of_event(event: Event, user: AnyUser) -> Panel | None:
    ballots = _votes_at(event, user)
    if not ballots:
        return None
    may_prepare = event.state == Event.State.PUBLISHED and can_prepare_ballot(user, event) and not _is_long_past(event)
    return Panel("voting/panel_event.html", {"ballots": ballots, "may_prepare": may_prepare, "event": event}, order=40)


def _is_long_past(event: Event) -> bool:
    return event.ends_at < clock.now() - VOTES_AFTER


@dataclass(frozen=True)
class OwnVote:
    """An open vote as the reader's bar shows it: with their entry on its roll, if any, and when it closes."""

    ballot: Ballot
    entry: RollEntry | None
    closing: str


def own_votes_at_event(event: Event, user: AnyUser) -> Panel | None:
    """A bar for each open vote with the reader's way to it; to those who are here and not on its roll, to wait.

    Votes still to cast come first.
    """
    if not user.is_authenticated or not any(ballot.takes_votes for ballot in _votes_at(event, user)):
        return None
    entries = open_roll_entries(user).filter(ballot__event=event).order_by("has_voted", "ballot")
    waited_for = open_votes_without(user).filter(event=event).order_by("pk")
    found: list[tuple[Ballot, RollEntry | None]] = [(entry.ballot, entry) for entry in entries]
    found += [(ballot, None) for ballot in waited_for]
    votes = [OwnVote(ballot, entry, closing_words(ballot)) for ballot, entry in found]
    return Panel("voting/bar.html", {"votes": votes}, place="top") if votes else None


def votes_to_run(event: Event, user: AnyUser) -> list[RunLine]:
    """For those who run votes: the day’s last votes with their next actions, without those that go on in another."""
    if event.state != Event.State.PUBLISHED or not can_prepare_ballot(user, event):
        return []
    ballots = [ballot for ballot in _votes_at(event, user) if not goes_on(ballot)][-MOST:]
    return _to_run(ballots, user) or _to_prepare(event)


def _to_run(ballots: list[Ballot], user: AnyUser) -> list[RunLine]:
    """A line for each vote; options and projects are read for all together."""
    prefetch_related_objects(ballots, options_with_prototypes(), "led_to")
    options = {ballot: list(ballot.options.all()) for ballot in ballots}
    return [
        RunLine(
            "Vote",
            f"{run_words(ballot, str(turnout_of(ballot)))} {late_words(ballot)} {paper_words(ballot)}".strip(),
            next_action(ballot, user, options=of_it),
            about=ballot.question,
            url=ballot.get_absolute_url(),
        )
        for ballot, of_it in options.items()
    ]


def _to_prepare(event: Event) -> list[RunLine]:
    """The line about a vote to be prepared, where the event has or will have prototypes and is not long past."""
    if _is_long_past(event):
        return []
    number = sum(prototype.is_here for prototype in prototypes_to_run(event))  # type: ignore[attr-defined]  # annotated
    if number > 1:
        address = f"{reverse('voting:new')}?event={event.slug}"
        return [RunLine("Vote", "None prepared yet.", Action("Prepare a vote", address, is_second=True))]
    is_due = number == 1 or event.kind == Event.Kind.CO_DESIGN_DAY
    return [RunLine("Vote", "A vote is between two prototypes or more.")] if is_due else []


def votes_of_prototype(prototype: Prototype, user: AnyUser) -> Panel | None:
    voted_on = visible_ballots(user).filter(options__prototype=prototype)
    ballots = list(ballots_with_figures(voted_on).order_by("pk"))
    return Panel("voting/panel_prototype.html", {"ballots": ballots}, order=40) if ballots else None


def vote_of_project(project: Project, user: AnyUser) -> Panel | None:
    ballot = Ballot.objects.filter(led_to__project=project).select_related("event").first()
    return Panel("voting/panel_project.html", {"ballot": ballot}, order=60, place="side") if ballot else None
