"""Reads for the home page: what is open now, the need that stands out, the year in three figures."""

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse

from accounts.models import AnyUser
from core import clock
from core.spans import days_in_short, hour_or_year
from core.text import counted
from events.pages import state_of
from events.permissions import visible_events
from events.queries import with_waiting_counts
from portal.content_version import remembered
from portal.figures import LEAST_FORMS, read_period, year_in_numbers
from projects.models import Need, Project
from projects.permissions import visible_needs
from story.queries import Story, chain_of
from take_up.queries import sums_of_all
from take_up.queries.promises import amount
from voting.models import Ballot
from voting.permissions import visible_ballots

MOST_OPEN = 5


@dataclass(frozen=True)
class Open:
    """One line of what one can take part in now."""

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
        return days_in_short(self.at, self.until or self.at)

    @property
    def when_note(self) -> str:
        return f"{self.at_note} {hour_or_year(self.at)}".strip()


def open_now(user: AnyUser) -> list[Open]:
    """Events that take sign-ups and votes that are open, the next first."""
    lines = [*_open_events(user), *_open_votes(user)]
    return sorted(lines, key=lambda line: line.at)[:MOST_OPEN]


def _open_events(user: AnyUser) -> list[Open]:
    coming = visible_events(user).upcoming()  # type: ignore[attr-defined]  # the queryset of events has it
    coming = with_waiting_counts(coming.select_related("discovery__department"))
    lines = []
    for event in coming[:MOST_OPEN]:
        word, colour = state_of(event)
        department = event.discovery.department if event.discovery else None
        parts = [event.venue, f"with {department}" if department else ""]
        if event.is_full and event.waiting:
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
        basis = "per person" if ballot.basis == Ballot.Basis.PERSON else "per council"
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
    """The need the editors chose, while it is open, else the open one that most councils have."""
    needs = visible_needs(user).open().with_council_counts().select_related("council")
    if key is not None:
        return needs.filter(pk=key).first()
    return needs.order_by("-council_count", "-raised_at").first()  # type: ignore[misc]  # annotated above


def story_of(project_key: int | None) -> Story:
    """The chain of the project the editors chose; its key is enough, the row itself is not read."""
    return chain_of(Project(pk=project_key)) if project_key else Story()


@dataclass(frozen=True)
class Figure:
    """A number that does not stand without its base."""

    number: str
    label: str
    note: str
    url: str = "/figures/"
    source: str = ""


def three_figures() -> list[Figure]:
    """Delegates, recommendation, money; each only where there are rows behind it."""
    return [figure for figure in (*_of_events(), _of_money()) if figure is not None]


def _of_events() -> list[Figure]:
    """The latest whole year that has events, as its own page counts it."""
    year = remembered(("the latest year in numbers", clock.today()), lambda: year_in_numbers(read_period({})))
    total, said = year.total, year.feedback
    if not total.events:
        return []
    note = (
        f"Check-ins in {year.period.year}. {total.people:,} different people from {counted(total.councils, 'council')}."
    )
    label = f"delegates at {counted(total.events, 'event')}"
    delegates = Figure(f"{total.delegates:,}", label, note, source=next(iter(year.sources), ""))
    share = next((each.share for each in said.outcomes if each.name == "would_recommend"), None) if said else None
    if said is None or share is None or share.base < LEAST_FORMS:
        return [delegates]
    words = f"{share.count:,} of {share.base:,} who answered, {said.response_rate.percentage}% of delegates."
    if said.is_illustrative:
        words += " The forms are illustrative."
    return [delegates, Figure(f"{share.percentage:.0f}%", "would recommend the events", words, "/figures/#feedback")]


def _of_money() -> Figure | None:
    money = sums_of_all()
    if not money.claimed.n:
        return None
    claimed, confirmed = amount(money.claimed.total, money.unit), money.confirmed
    checked = f"{confirmed.n:,} of {counted(confirmed.of, 'promise')} in money a year checked so far"
    note = f"{claimed} a year was promised for all councils in scope; {checked}. The two are never added."
    told = (("what was promised", money.claimed.is_illustrative), ("what was measured", confirmed.is_illustrative))
    if made_up := [words for words, is_made_up in told if is_made_up]:
        note += f" Illustrative: {' and '.join(made_up)}."
    measured = f"a year measured at {confirmed.on}" if confirmed.on else "a year measured so far"
    return Figure(amount(confirmed.total, money.unit), measured, note, reverse("take_up:benefits"))
