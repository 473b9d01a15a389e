"""What somebody's week holds of votes: to cast, to open, opened and closed about our needs."""

from django.db.models import Q
from django.urls import reverse

from core.inbox import MOST, Deed, Line, Reader
from core.spans import time_in_words
from voting.models import Ballot, RollEntry
from voting.permissions import can_run_ballots, visible_ballots
from voting.queries import open_roll_entries


def votes_to_cast(reader: Reader) -> list[Line]:
    """Open votes that this person is on the roll of and has not voted in."""
    to_cast = open_roll_entries(reader.user).filter(has_voted=False)
    return [_to_cast(entry) for entry in to_cast.order_by("ballot__closes_at", "ballot__opened_at")[:MOST]]


def _to_cast(entry: RollEntry) -> Line:
    ballot = entry.ballot
    at, at_note = ballot.opened_at, "open since"
    if ballot.closes_at:
        at, at_note = ballot.closes_at, f"closes {time_in_words(ballot.closes_at)}"
    whose = f"for {entry.organisation}" if entry.organisation else "for yourself"
    return Line(
        at,
        ballot.question,
        ballot.get_absolute_url(),
        f"Vote at {ballot.event}. You are on its roll {whose} and have not voted yet.",
        at_note=at_note,
        deeds=(Deed("Vote now", reverse("voting:cast", args=[ballot.reference])),),
        comes_before_all=True,
        closes_at=ballot.closes_at,
    )


def votes_to_open(reader: Reader) -> list[Line]:
    """For facilitators: the votes that are being prepared."""
    if not can_run_ballots(reader.user):
        return []
    prepared = Ballot.objects.filter(state=Ballot.State.DRAFT).select_related("event")
    return [
        Line(
            ballot.event.starts_at,
            ballot.question,
            ballot.get_absolute_url(),
            f"Vote at {ballot.event}, prepared and not open yet.",
            at_note="the day",
            deeds=(Deed("Open it", ballot.get_absolute_url()),),
            comes_first=ballot.event.check_in_is_open,
        )
        for ballot in prepared.order_by("event__starts_at", "pk")[:MOST]
    ]


def votes_on_our_needs(reader: Reader) -> list[Line]:
    """Votes that opened or closed on prototypes made for needs that our organisations have."""
    if not reader.organisations:
        return []
    ours = Ballot.objects.filter(options__prototype__needs__supports__council__in=reader.organisations).values("pk")
    moved = Q(opened_at__gte=reader.since) | Q(closed_at__gte=reader.since)
    ballots = visible_ballots(reader.user).filter(moved, pk__in=ours).select_related("event").order_by("-opened_at")
    return [
        Line(
            ballot.ended_at or ballot.opened_at,
            ballot.question,
            ballot.get_absolute_url(),
            f"Vote at {ballot.event}: {'closed' if ballot.ended_at else 'open'}.",
            because=f"{reader.us} raised or joined a need behind it",
        )
        for ballot in ballots[:MOST]
    ]
