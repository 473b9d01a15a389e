"""Reads for the home page: what is open now, the featured need, the story of one project."""

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any

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
_HAPPENED = {"past", "present"}


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


def featured_need(address: str, user: AnyUser) -> Need | None:
    """The need the editors chose, by its address, while it is open, else the open one that most councils have."""
    needs = visible_needs(user).open().with_council_counts().select_related("council")
    if address:
        return needs.filter(slug=_slug_in(address)).first()
    return needs.order_by("-council_count", "-raised_at").first()  # type: ignore[misc]  # annotated above


def _slug_in(address: str) -> str:
    return address.rstrip("/").rpartition("/")[2]


def story_at(address: str) -> dict[str, Any]:
    """The story of the project at an address: its nodes with the present step marked, and how the project stands.

    Everybody may see every project, so which one it is and how it stands is read once for one content version and day.
    """
    key, standing = memory.remembered(("the story at", address, clock.today()), lambda: _project_at(address))
    story = chain_of(Project(pk=key)) if key else Story()
    now = max((node.step for node in story.happened if node.state != "withdrawn"), default=0)
    nodes = [
        asdict(node) | ({"state": "present" if node.step == now else "past"} if node.state in _HAPPENED else {})
        for node in story.nodes
    ]
    return {"nodes": nodes, "standing": standing}


def _project_at(address: str) -> tuple[int | None, ProjectStanding | None]:
    """The key of a project, and how it stands with its last line; None where none was written."""
    project = Project.objects.filter(slug=_slug_in(address)).defer("summary", "lesson").first()
    if project is None:
        return None, None
    standing = standings([project])[project.pk]
    if standing.latest is None:
        return project.pk, None
    standing.latest.project = project  # for its mark, without reading it again
    return project.pk, standing
