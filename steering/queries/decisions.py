"""What a decision would say if it were written down now, and which decisions come back or are not carried out."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import F, Q, QuerySet

from core import clock
from projects.models import BusinessCase
from steering.models import BoardSeat, Decision, Meeting, SeatStand
from steering.models.subjects import Subject, field_of

# How each body stood, and what it wished to have written down.
Stands = Mapping[BoardSeat, tuple[str, str]]


@dataclass(frozen=True)
class Votes:
    """How many bodies stood how."""

    votes_for: int = 0
    votes_against: int = 0
    abstentions: int = 0

    @property
    def bodies(self) -> int:
        """How many bodies took part: for, against or abstaining."""
        return self.votes_for + self.votes_against + self.abstentions


@dataclass(frozen=True)
class Weighed:
    """A way that the board weighed: what it is, what spoke for it or against it, whether it was chosen."""

    title: str
    note: str = ""
    is_chosen: bool = False


@dataclass(frozen=True)
class Shown:
    """What the page showed to the person who decides: the last decision about the record, and the case's hash."""

    last_number: str = ""
    case_hash: str = ""


def votes_of(stood: Iterable[str]) -> Votes:
    """The sums of how bodies stood."""
    of = Counter(stood)
    return Votes(of[SeatStand.Stood.FOR], of[SeatStand.Stood.AGAINST], of[SeatStand.Stood.ABSTAINED])


def coming_decision(
    subject: Subject | None,
    *,
    result: str,
    wording: str,
    votes: Votes,
    meeting: Meeting | None = None,
    decided_on: dt.date | None = None,
    title: str = "",
    basis: str = "",
    dissent: str = "",
    conditions: str = "",
    review_on: dt.date | None = None,
) -> Decision:
    """The decision as it is written down, under the next number and unsaved; and for a look at what is mailed of it."""
    day = decided_on or (meeting.day if meeting else clock.today())
    decision = Decision(
        number=_next_number(day.year),
        title=(title or title_about(subject))[:160],
        wording=wording,
        result=result,
        decided_on=day,
        meeting=meeting,
        votes_for=votes.votes_for,
        votes_against=votes.votes_against,
        abstentions=votes.abstentions,
        basis=basis,
        dissent=dissent,
        conditions=conditions,
        review_on=review_on,
    )
    if subject is not None:
        setattr(decision, field_of(subject), subject)
    return decision


def title_about(subject: Subject | None) -> str:
    """The title of a decision that was given none: `Business case: waste standards`."""
    if subject is None:
        return ""
    words = {"business_case": "Business case", "project": "Project", "block": "Block", "promise": "Promise"}
    field = field_of(subject)
    return f"{words[field]}: {subject.project if field == 'business_case' else subject}"  # type: ignore[union-attr]  # a case has one


def _next_number(year: int) -> str:
    """The next number of the year, without gaps, since decisions are never deleted."""
    last = Decision.objects.filter(number__startswith=f"DEC-{year}-").values_list("number", flat=True)
    return f"DEC-{year}-{max((int(number.rpartition('-')[2]) for number in last), default=0) + 1:02d}"


def decisions_about(subject: Subject) -> QuerySet[Decision]:
    """What the board decided about a record, the last written down first."""
    return Decision.objects.filter(**{field_of(subject): subject}).order_by("-created_at", "-pk")


def about_projects(projects: object) -> Q:
    """The decisions about these projects: about one itself, its business case, a block or a promise of it."""
    paths = ("project", "business_case__project", "block__project", "promise__project")
    return reduce(or_, (Q(**{f"{path}__in": projects}) for path in paths))


def last_number_about(subject: Subject | None) -> str:
    """The number of what was last written down about a record; empty where nothing was, or it is about none."""
    return (subject and decisions_about(subject).values_list("number", flat=True).first()) or ""


def reviews_due_by(day: dt.date) -> QuerySet[Decision]:
    """Decisions that are to be looked at again on that day or before it, the longest due first."""
    return Decision.objects.filter(review_on__lte=day).order_by("review_on", "pk")


def decisions_not_implemented(day: dt.date) -> QuerySet[Decision]:
    """Accepted decisions of that day or before that nobody had carried out by then, the oldest first.

    A business case that was accepted is carried out by the launch of its project, too.
    """
    open_then = Q(implemented_on=None) | Q(implemented_on__gt=day)
    taken = Decision.objects.filter(open_then, result__in=Decision.TO_CARRY_OUT, decided_on__lte=day)
    decided_since = (
        Q(result=Decision.Result.CONDITIONAL, conditions_met_on=None)
        & ~Q(business_case=None)
        & ~Q(business_case__state=BusinessCase.State.SUBMITTED)
    )
    launched = Q(business_case__project__launched_on__gte=F("decided_on"), business_case__project__launched_on__lte=day)
    return taken.exclude(decided_since).exclude(launched).order_by("decided_on", "number")
