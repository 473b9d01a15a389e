"""Operations on decisions at the gate between steps 3 and 4, counted by body."""

import datetime as dt

from django.conf import settings
from django.db import transaction

from accounts.models import User
from audit.operations import log_action
from core import clock
from core.errors import Refused
from core.permissions import require
from core.words import day_in_words
from outbox.operations import queue_message
from projects.models import BusinessCase
from projects.portfolio.operations import decide_case
from steering.emails import vote_decided
from steering.models import QUORUM, BoardSeat, Decision, Meeting, Motion
from steering.permissions import can_minute
from steering.queries.decisions import coming_decision
from steering.queries.motions import open_motion_about
from take_up.operations import promise_of_case
from voting.outcome.queries import voters_behind

BOARD = f"{settings.SITE_NAME} steering board"


@transaction.atomic
def decide_gate(
    case: BusinessCase | None,
    *,
    accepted: bool,
    wording: str,
    votes_for: int,
    votes_against: int,
    abstentions: int,
    by: User,
    meeting: Meeting | None = None,
    decided_on: dt.date | None = None,
    review_on: dt.date | None = None,
    title: str = "",
    by_email: Motion | None = None,
    source: str = "",
    is_illustrative: bool = False,
) -> Decision:
    """Record the decision on a business case; accepting it unlocks step 4 of its project.

    Whoever voted in the vote that chose what became the project is mailed it. A decision by e-mail, which a motion led
    to, may also be about no business case; such a one is accepted or none.
    """
    require(can_minute(by), "Only the secretariat writes down the board's decisions.")
    # Lock the whole roster: the votes are counted against it, and it serialises the numbers.
    seats = len(BoardSeat.objects.as_at().select_for_update().order_by("pk"))
    decision = coming_decision(
        case,
        accepted=accepted,
        wording=wording,
        votes_for=votes_for,
        votes_against=votes_against,
        abstentions=abstentions,
        meeting=meeting,
        decided_on=decided_on,
        review_on=review_on,
    )
    day, number = decision.decided_on, decision.number
    _check_day(day, review_on, meeting)
    _check_bodies((votes_for, votes_against, abstentions), seats, meeting)
    _check_majority(accepted, votes_for, votes_against)
    if case:
        _check_not_asked(case, by_email)
        reason = wording[:2000]
        case = decide_case(case, by=by, accepted=accepted, body=BOARD, decided_on=day, number=number, reason=reason)
        if accepted:
            promise_of_case(case)
    elif not (by_email and accepted):
        raise Refused("A decision about no business case is one that was accepted by e-mail.")
    decision.business_case = case
    decision.title = title or f"Business case: {case and case.project}"[:160]
    decision.recorded_by, decision.source, decision.is_illustrative = by, source, is_illustrative
    decision.save()
    log_action(
        "steering.gate_decided",
        by=by,
        about=decision,
        case=case and case.pk,
        result=decision.result,
        votes=[votes_for, votes_against, abstentions],
    )
    if case:
        for people, how in voters_behind(case.project).groups:
            queue_message(vote_decided, decision, to=people, key="decided", how=how)
    return decision


@transaction.atomic
def record_review(
    decision: Decision,
    *,
    wording: str,
    by: User,
    reviewed_on: dt.date | None = None,
    review_on: dt.date | None = None,
) -> Decision:
    """Record the review of a decision, and the day of the next one, if any."""
    require(can_minute(by), "Only the secretariat writes down the board's reviews.")
    decision = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    day = reviewed_on or clock.today()
    if decision.review_on is None:
        raise Refused("No review of this decision is planned.")
    if not wording.strip():
        raise Refused("Write down what the board said.", field="wording")
    if day > clock.today():
        raise Refused("A review is written down once it has been held.", field="reviewed_on")
    if day <= (decision.reviewed_on or decision.decided_on):
        raise Refused("A review comes after the decision, and after the review before.", field="reviewed_on")
    if review_on and review_on <= day:
        raise Refused("The next review comes after this one.", field="review_on")
    was_due = decision.review_on
    decision.reviewed_on, decision.review_wording, decision.review_on = day, wording, review_on
    decision.save()
    log_action("steering.decision_reviewed", by=by, about=decision, due=was_due.isoformat(), held=day.isoformat())
    return decision


def _check_day(day: dt.date, review_on: dt.date | None, meeting: Meeting | None) -> None:
    if meeting and day != meeting.day:
        raise Refused(f"That meeting was on {day_in_words(meeting.day)}.", field="decided_on")
    if review_on and review_on <= day:
        raise Refused("The review comes after the decision.", field="review_on")


def _check_not_asked(case: BusinessCase, by_email: Motion | None) -> None:
    """Refuse to decide a case about which the board is being asked by e-mail, but by that."""
    asked = open_motion_about(case)
    if asked and asked != by_email:
        raise Refused(
            f"The board is being asked about it by e-mail until {day_in_words(asked.closes_on)}. Make that vote void "
            "first, or record its result."
        )


def _check_majority(accepted: bool, votes_for: int, votes_against: int) -> None:
    if accepted and votes_for <= votes_against:
        raise Refused("A case is accepted with more bodies for it than against.", field="votes_for")
    if not accepted and votes_for > votes_against:
        raise Refused("More bodies stood for it than against: that is an acceptance.", field="votes_for")


def _check_bodies(counts: tuple[int, int, int], seats: int, meeting: Meeting | None) -> None:
    """Refuse votes of too few bodies, or of more than could vote: those present at a meeting, else all."""
    bodies = sum(counts)
    if min(counts) < 0 or not bodies:
        raise Refused("Say how the bodies stood.", field="votes_for")
    if bodies > seats:
        raise Refused(f"That is {bodies} bodies; the board has {seats}.", field="votes_for")
    if meeting and bodies > (there := meeting.present().count()):
        raise Refused(f"That is {bodies} bodies; {there} were at the meeting.", field="votes_for")
    if bodies < QUORUM:
        raise Refused(
            f"That is {bodies} of {seats} bodies; the board decides with at least {QUORUM}.", field="votes_for"
        )
