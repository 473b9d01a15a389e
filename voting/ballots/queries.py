"""Reads of a ballot, its options and its roll."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Case, Exists, OuterRef, Prefetch, Q, QuerySet, When

from accounts.models import User
from core import clock
from core.words import counted, series
from councils.kinds import COUNCIL_KINDS
from events.models import SignUp
from voting.ballots.models import Ballot, Option, RollEntry


def options_of(ballot: Ballot) -> list[Option]:
    return list(ballot.options.select_related("prototype__outline"))


def options_with_prototypes() -> Prefetch:
    """`options_of` as a prefetch, for many ballots at once."""
    return Prefetch("options", Option.objects.select_related("prototype__outline"))


def coming_roll(ballot: Ballot) -> list[RollEntry]:
    """The roll if the vote opened now: those checked in; for a run-off the roll of the first vote. Unsaved rows."""
    return _entries(ballot, _rows_of_coming_roll(ballot))


def first_of_coming_roll(ballot: Ballot) -> list[RollEntry]:
    """One entry of the coming roll at most, of a council if any: enough to say whether the vote could open."""
    of_a_council = Case(When(organisation__kind__in=COUNCIL_KINDS, then=0), default=1)
    return _entries(ballot, _rows_of_coming_roll(ballot).order_by(of_a_council, "pk")[:1])


def _entries(ballot: Ballot, rows: QuerySet[Any]) -> list[RollEntry]:
    return [
        RollEntry(
            ballot=ballot,
            person=row.person,
            organisation=row.organisation,
            late_reason=getattr(row, "late_reason", ""),
        )
        for row in rows.select_related("person", "organisation")
    ]


def came_late(ballot: Ballot) -> QuerySet[SignUp]:
    """Those who are at the day of a vote and not on its roll."""
    here = SignUp.objects.named().filter(event=ballot.event_id, checked_in_at__isnull=False).order_by("checked_in_at")
    return here.exclude(person__in=ballot.roll.values("person"))


def late_words(ballot: Ballot) -> str:
    """How many are here and not on the roll of an open vote, as a sentence; empty where nobody is."""
    number = came_late(ballot).count() if ballot.takes_votes else 0
    return f"{counted(number, 'person is', 'people are')} here and not on the roll." if number else ""


def will_be_on_roll(ballot: Ballot, user: User) -> bool:
    """Whether somebody would be on the coming roll."""
    return _rows_of_coming_roll(ballot).filter(person=user).exists()


def _rows_of_coming_roll(ballot: Ballot) -> QuerySet[RollEntry] | QuerySet[SignUp]:
    if ballot.run_off_of_id:
        return RollEntry.objects.filter(ballot=ballot.run_off_of_id)
    return (
        SignUp.objects.named()
        .filter(event=ballot.event_id, status=SignUp.Status.CONFIRMED, checked_in_at__isnull=False)
        .order_by("position")
    )


def open_votes_without(user: User) -> QuerySet[Ballot]:
    """Open votes of days at which somebody is checked in but not on the roll; no run-offs, whose roll is fixed."""
    here = SignUp.objects.filter(event=OuterRef("event"), person=user, checked_in_at__isnull=False)
    on_roll = RollEntry.objects.filter(ballot=OuterRef("pk"), person=user)
    ballots = Ballot.objects.filter(Exists(here), ~Exists(on_roll), state=Ballot.State.OPEN, run_off_of=None)
    return ballots.filter(Q(closes_at=None) | Q(closes_at__gt=clock.now())).select_related("event")


def names_of(options: Iterable[Option]) -> str:
    """The options' titles as a sentence lists them."""
    return series(option.prototype.title for option in options)


def has_voted(ballot: Ballot, person: User) -> bool:
    """Whether somebody has voted in a ballot, whatever for."""
    votes: Any = getattr(ballot, "votes")  # noqa: B009 - of a subject further up
    return bool(votes.filter(person=person).exists())
