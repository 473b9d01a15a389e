"""Reads for the home page: what is open now, the featured need, the story of one project."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from accounts.models import AnyUser
from core import clock
from core.listing import memory
from core.words import days_in_short, time_in_words
from events.permissions import visible_events
from events.places.queries import with_waiting_counts
from events.places.standing import left_by_event, state_of
from projects.models import Need, Project
from projects.needs.permissions import visible_needs
from projects.portfolio.standing import ProjectStanding, standings
from story.queries import Story, chain_of
from voting.models import Ballot
from voting.permissions import visible_ballots

MOST_OPEN = 5


@dataclass(frozen=True)
class Open:
    """An event or vote that is open to take part in."""

    at: dt.datetime
    title: str
    url: str
    note: str
    word: str
    colour: str
    at_note: str = ""
    until: dt.datetime | None = None

    @property
    def when(self) -> str:
        is_other_year = timezone.localdate(self.at).year != clock.today().year
        return days_in_short(self.at, self.until or self.at, with_year=is_other_year)

    @property
    def when_note(self) -> str:
        return f"{self.at_note} {time_in_words(self.at)}".strip()


def open_now(user: AnyUser) -> list[Open]:
    """Events that take sign-ups and votes that are open, the next first."""
    lines = [*_open_events(user), *_open_votes(user)]
    return sorted(lines, key=lambda line: line.at)[:MOST_OPEN]


def _open_events(user: AnyUser) -> list[Open]:
    coming = visible_events(user).upcoming()  # type: ignore[attr-defined]  # the queryset of events has it
    coming = with_waiting_counts(coming.select_related("discovery__department"))
    lines, events = [], list(coming[:MOST_OPEN])
    left = left_by_event(events, user)
    for event in events:
        word, colour = state_of(event, left=left[event.pk])
        department = event.discovery.department if event.discovery else None
        parts = [event.venue, f"with {department}" if department else ""]
        if not left[event.pk] and event.waiting:
            parts.append(f"{event.waiting:,} waiting")
        lines.append(
            Open(
                event.starts_at,
                event.title,
                event.get_absolute_url(),
                " · ".join(part for part in parts if part),
                word,
                colour,
                until=event.ends_at,
            )
        )
    return lines


def _open_votes(user: AnyUser) -> list[Open]:
    ballots = visible_ballots(user).filter(state=Ballot.State.OPEN)
    lines = []
    for ballot in ballots.order_by("opened_at", "pk")[:MOST_OPEN]:
        basis = "per person" if ballot.basis == Ballot.Basis.PERSON else "per council or body"
        at, at_note = (ballot.closes_at, "closes") if ballot.closes_at else (ballot.opened_at, "since")
        assert at is not None  # by constraint: an open ballot knows since when
        lines.append(
            Open(
                at,
                f"Vote: {ballot.question}",
                ballot.get_absolute_url(),
                f"Counted {basis}",
                "Voting open",
                "violet",
                at_note,
            )
        )
    return lines


def featured_need(key: int | None, user: AnyUser) -> Need | None:
    """The need the editors chose while it is open, else the open one that most councils have."""
    needs = visible_needs(user).open().with_council_counts().select_related("council")
    if key is not None:
        return needs.filter(pk=key).first()
    return needs.order_by("-council_count", "-raised_at").first()  # type: ignore[misc]  # annotated above


def story_of(project_key: int | None) -> Story:
    """The chain of the project the editors chose, by its key, without reading its row."""
    return chain_of(Project(pk=project_key)) if project_key else Story()


def standing_of_story(project_key: int | None) -> ProjectStanding | None:
    """How the project the editors chose stands, with its last line; None where none was written.

    Everybody may see every project, so it is read once for one content version and day.
    """
    return memory.remembered(("standing of the story", project_key, clock.today()), lambda: _standing(project_key))


def _standing(project_key: int | None) -> ProjectStanding | None:
    projects = list(Project.objects.filter(pk=project_key).defer("summary", "lesson")) if project_key else []
    standing = standings(projects)[projects[0].pk] if projects else None
    if standing is None or standing.latest is None:
        return None
    standing.latest.project = projects[0]  # for its mark, without reading it again
    return standing
