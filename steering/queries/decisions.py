"""What a decision would say if it were written down now."""

import datetime as dt

from core import clock
from projects.models import BusinessCase
from steering.models import Decision, Meeting


def coming_decision(
    case: BusinessCase | None,
    *,
    accepted: bool,
    wording: str,
    votes_for: int,
    votes_against: int,
    abstentions: int,
    meeting: Meeting | None = None,
    decided_on: dt.date | None = None,
    review_on: dt.date | None = None,
) -> Decision:
    """The decision as it is written down, under the next number and unsaved; and for a look at what is mailed of it."""
    day = decided_on or (meeting.day if meeting else clock.today())
    return Decision(
        number=_next_number(day.year),
        wording=wording,
        result=Decision.Result.ACCEPTED if accepted else Decision.Result.REJECTED,
        decided_on=day,
        meeting=meeting,
        business_case=case,
        votes_for=votes_for,
        votes_against=votes_against,
        abstentions=abstentions,
        review_on=review_on,
    )


def _next_number(year: int) -> str:
    """The next number of the year, without gaps, since decisions are never deleted."""
    last = Decision.objects.filter(number__startswith=f"DEC-{year}-").values_list("number", flat=True)
    return f"DEC-{year}-{max((int(number.rpartition('-')[2]) for number in last), default=0) + 1:02d}"
