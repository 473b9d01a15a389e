"""Motions: what the board is asked to decide by e-mail, who has voted, and what the votes come to."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from core import clock
from core.words import counted, one_or_many, series
from projects.models import BusinessCase
from steering.models import BoardSeat, Decision, Motion, SeatStand
from steering.queries.decisions import Votes
from voting.ballots.queries import with_has_voted
from voting.models import Ballot
from voting.outcome.queries import choices_of_bodies, tally

_STOOD = {"For": SeatStand.Stood.FOR, "Against": SeatStand.Stood.AGAINST, "Abstain": SeatStand.Stood.ABSTAINED}


class MotionOutcome(StrEnum):
    """What the votes on a motion come to."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    NOT_CARRIED = "not carried"
    TIED = "tied"
    NO_QUORUM = "no quorum"
    DECIDED_BEFORE = "decided before"


@dataclass(frozen=True)
class Stood:
    """How the bodies stood on a motion, from the count of its vote, and what that comes to."""

    votes_for: int
    votes_against: int
    abstentions: int
    quorum: int
    about_a_case: bool
    case_waits: bool = True

    @property
    def bodies(self) -> int:
        """How many bodies took part: for, against or abstaining."""
        return self.votes_for + self.votes_against + self.abstentions

    @property
    def outcome(self) -> MotionOutcome:
        if self.bodies < self.quorum:
            return MotionOutcome.NO_QUORUM
        if self.votes_for == self.votes_against:
            return MotionOutcome.TIED
        if self.about_a_case and not self.case_waits:
            return MotionOutcome.DECIDED_BEFORE
        if self.votes_for > self.votes_against:
            return MotionOutcome.ACCEPTED
        return MotionOutcome.REJECTED if self.about_a_case else MotionOutcome.NOT_CARRIED

    @property
    def is_decided(self) -> bool:
        """Whether a decision follows: it was accepted, or a business case was rejected."""
        return self.outcome in (MotionOutcome.ACCEPTED, MotionOutcome.REJECTED)

    @property
    def result(self) -> str:
        """The result of the decision that follows."""
        is_accepted = self.outcome == MotionOutcome.ACCEPTED
        return Decision.Result.ACCEPTED if is_accepted else Decision.Result.REJECTED

    @property
    def votes(self) -> Votes:
        return Votes(self.votes_for, self.votes_against, self.abstentions)

    @property
    def figures(self) -> str:
        return f"{self.votes_for} for, {self.votes_against} against, {self.abstentions} abstained"

    @property
    def words(self) -> str:
        """What the votes come to, as a sentence or two."""
        again = "Nothing is decided: ask the board again, or take it to a meeting."
        few = f"{counted(self.bodies, 'body', 'bodies')} voted, and the board decides with at least {self.quorum}"
        return {
            MotionOutcome.ACCEPTED: "Accepted: more bodies were for it than against.",
            MotionOutcome.REJECTED: "Rejected: more bodies were against the business case than for it.",
            MotionOutcome.NOT_CARRIED: f"Not carried: more bodies were against it than for it. {again}",
            MotionOutcome.TIED: f"Tied: as many bodies were for it as against. {again}",
            MotionOutcome.NO_QUORUM: f"No quorum: {few}. {again}",
            MotionOutcome.DECIDED_BEFORE: "The business case waits for no decision any more, so none is recorded.",
        }[self.outcome]


def how_it_stood(motion: Motion) -> Stood:
    """How the bodies stood on a motion whose vote has closed. Whether it may be told, `Ballot.shows_result` says."""
    ballot, case = motion.ballot, motion.business_case
    votes_for, votes_against, abstentions = (int(line.people) for line in tally(ballot).lines)
    return Stood(
        votes_for,
        votes_against,
        abstentions,
        quorum=ballot.quorum or 0,
        about_a_case=case is not None,
        case_waits=case is not None and case.state == BusinessCase.State.SUBMITTED,
    )


def stands_of(motion: Motion) -> dict[BoardSeat, tuple[str, str]]:
    """How each body stood on a motion whose vote has closed, by the seats of the day on which it closed."""
    seats = {seat.body_id: seat for seat in BoardSeat.objects.as_at(motion.closes_on).select_related("body")}
    voted = choices_of_bodies(motion.ballot)
    return {seats[body]: (_STOOD[title], "") for body, title in voted if body in seats}


def roll_of(motion: Motion) -> QuerySet[Any]:
    """The bodies on the roll of a motion with the people who vote for them and `has_voted`, in the roster's order."""
    entries = with_has_voted(motion.ballot.roll.standing()).select_related("organisation", "person")
    place = BoardSeat.objects.filter(body=OuterRef("organisation")).order_by("-since").values("order")[:1]
    return entries.order_by(Subquery(place), "pk")


def missing_in(motion: Motion) -> QuerySet[Any]:
    """The bodies that have not voted on a motion and for which somebody with an open account could."""
    return roll_of(motion).filter(has_voted=False, person__is_active=True)


def open_motions() -> QuerySet[Motion]:
    """Motions that wait for votes or for their result to be recorded, the first to close first."""
    waiting = Motion.objects.filter(concluded_on=None).exclude(ballot__state=Ballot.State.VOID)
    return waiting.select_related("ballot").order_by("ballot__closes_at", "pk")


def motions_to_conclude() -> QuerySet[Motion]:
    """Motions whose vote has closed and whose result is not recorded."""
    return open_motions().filter(ballot__state__in=Ballot.ENDED)


def motions_to_remind_of() -> QuerySet[Motion]:
    """Motions that take votes until tomorrow, which nobody was asked or reminded of today."""
    today = clock.today()
    tomorrow = timezone.make_aware(dt.datetime.combine(today + dt.timedelta(days=1), dt.time.min))
    due = Q(ballot__closes_at__gte=tomorrow, ballot__closes_at__lt=tomorrow + dt.timedelta(days=1))
    fresh = Q(reminded_on=today) | Q(ballot__opened_at__gte=tomorrow - dt.timedelta(days=1))
    return open_motions().filter(due, ballot__state=Ballot.State.OPEN).exclude(fresh)


def open_motion_about(case: BusinessCase) -> Motion | None:
    """The motion by which the board is being asked about a business case, if any."""
    return open_motions().filter(business_case=case).first()


def open_motion_with(seat: BoardSeat) -> Motion | None:
    """The last to close of the motions that run or wait to be recorded, and in which a body is asked; if any."""
    asked = open_motions().filter(ballot__roll__organisation=seat.body_id, ballot__roll__struck_at=None)
    return asked.order_by("-ballot__closes_at").first()


def seats_without_vote(seats: list[BoardSeat]) -> str:
    """The bodies for which nobody could vote, as a sentence; empty where every body has somebody."""
    without = [seat for seat in seats if not seat.can_vote]
    if not without:
        return ""
    have = one_or_many(len(without), "has", "have")
    return f"{series(without)} {have} no representative with an open account, and so cannot vote."
