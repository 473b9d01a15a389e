"""Operations on representatives of bodies, and on motions: what the board is asked to decide by e-mail."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.operations import log_action
from core import clock
from core.answering import refused_or
from core.errors import Refused
from core.permissions import require
from core.schedules import do_each
from core.words import counted, day_in_words
from outbox.operations import queue_message
from projects.models import BusinessCase
from steering import emails
from steering.models import QUORUM, BoardSeat, Motion
from steering.operations.decisions import decide
from steering.operations.roster import locked_roster
from steering.permissions import can_minute
from steering.queries.motions import (
    how_it_stood,
    missing_in,
    motions_to_remind_of,
    open_motion_about,
    open_motions,
    roll_of,
    stands_of,
)
from voting.ballots.bodies import set_bodies, set_voter
from voting.ballots.drafts import NewOption
from voting.ballots.operations import open_ballot, prepare_ballot
from voting.models import Ballot
from voting.outcome.operations import reveal_ballot

HELD_BY = "Steering board"
LONGEST = dt.timedelta(days=60)  # between meetings, which are quarterly
NAMED_DURING_THE_VOTE = "Its representative was named during the vote"
# In the order in which `how_it_stood` reads the count.
ANSWERS = ("For", "Against", "Abstain")


@transaction.atomic
def set_representative(seat: BoardSeat, *, person: User | None, by: User) -> BoardSeat:
    """Say who votes for a body between meetings; None for nobody. While a vote runs, they vote in that one too."""
    require(can_minute(by), "Only the secretariat keeps the board's roster.")
    seat = next(each for each in locked_roster() if each.pk == seat.pk)
    if seat.representative == person:
        return seat
    if not seat.is_of(clock.today()):
        raise Refused(f"{seat} has no seat on the board today.")
    running = [motion for motion in open_motions() if motion.ballot.is_under_way]
    if person:
        _check_representative(seat, person)
        _let_vote(seat, person, running, by=by)
    elif running:
        until = day_in_words(running[-1].closes_on)
        raise Refused(f"The board is voting until {until}. Name somebody else, or wait until then.", field="person")
    seat.representative = person
    seat.save(update_fields=["representative"])
    log_action("steering.representative_set", by=by, about=seat, person=person and person.pk)
    return seat


def _check_representative(seat: BoardSeat, person: User) -> None:
    if not person.is_active:
        raise Refused("This account is closed.", field="person")
    other = BoardSeat.objects.filter(representative=person).exclude(pk=seat.pk).select_related("body").first()
    if other and (other.until is None or other.until >= clock.today()):
        raise Refused(f"{person} votes for {other}. One person votes for one body.", field="person")
    if other:  # of a seat that has ended
        other.representative = None
        other.save(update_fields=["representative"])


def _let_vote(seat: BoardSeat, person: User, running: list[Motion], *, by: User) -> None:
    """Let somebody vote for a body in the motions that run, and ask them to."""
    for motion in running:
        set_voter(motion.ballot, seat.body, person=person, by=by, reason=NAMED_DURING_THE_VOTE)
        queue_message(emails.motion_asked, motion, to=person, key="asked")


@transaction.atomic
def ask_board(
    *,
    title: str,
    wording: str,
    closes_on: dt.date,
    by: User,
    business_case: BusinessCase | None = None,
    source: str = "",
    is_illustrative: bool = False,
) -> Motion:
    """Ask the board to decide by e-mail: open a vote of its bodies until the end of a day, and write to each of them.

    One vote for each body that has a representative. Raises Refused where fewer bodies could vote than the quorum.
    """
    require(can_minute(by), "Only the secretariat asks the board for a decision.")
    able = [seat for seat in locked_roster() if seat.is_of(closes_on) and seat.is_of(clock.today()) and seat.can_vote]
    _check_motion(len(able), closes_on, business_case)
    ballot = prepare_ballot(
        None,
        by=by,
        question=title,
        held_by=HELD_BY,
        options=map(NewOption, ANSWERS),
        method=Ballot.Method.SINGLE,
        basis=Ballot.Basis.COUNCIL,
        tie_rule=Ballot.TieRule.NONE,
        quorum=QUORUM,
        secrecy=Ballot.Secrecy.OPEN,
        roll_from=Ballot.Roll.BODIES,
        closes_at=timezone.make_aware(dt.datetime.combine(closes_on, dt.time(23, 59))),
        source=source,
        is_illustrative=is_illustrative,
    )
    set_bodies(ballot, by=by, bodies=[(seat.body, seat.representative) for seat in able if seat.representative])
    ballot = open_ballot(ballot, by=by)
    motion = Motion.objects.create(
        ballot=ballot,
        title=title,
        wording=wording,
        business_case=business_case,
        asked_by=by,
        source=source,
        is_illustrative=is_illustrative,
    )
    log_action("steering.motion_asked", by=by, about=motion, bodies=len(able), case=business_case and business_case.pk)
    queue_message(emails.motion_asked, motion, to=_people(roll_of(motion)), key="asked")
    return motion


def _check_motion(able: int, closes_on: dt.date, case: BusinessCase | None) -> None:
    if able < QUORUM:
        raise Refused(
            f"{counted(able, 'body', 'bodies').capitalize()} could vote, and the board decides with at least {QUORUM}. "
            "Name more representatives first."
        )
    if closes_on <= clock.today():
        raise Refused("Give the bodies until tomorrow at least.", field="closes_on")
    if closes_on > clock.today() + LONGEST:
        raise Refused(
            f"Give the bodies {LONGEST.days} days at most: what takes longer waits for a meeting.", field="closes_on"
        )
    if case is None:
        return
    if case.state != BusinessCase.State.SUBMITTED:
        raise Refused("This business case does not wait for a decision.", field="business_case")
    if open_motion_about(case):
        raise Refused("The board is being asked about this business case already.", field="business_case")


def _people(entries: Iterable) -> list[User]:
    """Those who vote for these bodies and whose account is open."""
    return [entry.person for entry in entries if entry.person.is_active]


@transaction.atomic
def remind_of_motion(motion: Motion, *, by: User | None) -> int:
    """Write to those who vote for the bodies that have not voted, and return how many those are; once a day at most.

    Without `by` the portal does so the day before the close.
    """
    require(by is None or can_minute(by), "Only the secretariat reminds the board.")
    motion = _locked(motion)
    people = _people(missing_in(motion))
    if not motion.ballot.takes_votes:
        raise Refused("This vote takes no votes now, so nobody is reminded.")
    if motion.reminded_on == clock.today():
        raise Refused("They were reminded today already.")
    if not people:
        raise Refused("Every body that can vote has voted, so nobody is reminded.")
    motion.reminded_on = clock.today()
    motion.save(update_fields=["reminded_on"])
    log_action("steering.motion_reminded", by=by, about=motion, people=len(people))
    queue_message(emails.motion_reminder, motion, to=people, key=clock.today().isoformat())
    return len(people)


def remind_of_motions_that_close_tomorrow() -> int:
    """Remind those missing in every motion that closes tomorrow, and return how many motions that were."""
    return do_each(_remind_or_not, motions_to_remind_of())


def _remind_or_not(motion: Motion) -> bool:
    reminded, _ = refused_or(remind_of_motion, motion, by=None)  # refused where every body has voted
    return bool(reminded)


@transaction.atomic
def conclude_motion(motion: Motion, *, by: User, review_on: dt.date | None = None) -> Motion:
    """Show the result of a motion whose vote has closed, and record the decision that follows from it, if any.

    Where the quorum was not reached, as many were for it as against, or more were against what is no business case,
    nothing is recorded. Twice changes nothing.
    """
    require(can_minute(by), "Only the secretariat writes down the board's decisions.")
    locked_roster()
    motion = _locked(motion)
    if motion.concluded_on:
        return motion
    if not motion.ballot.has_ended:
        raise Refused("The result is recorded once the vote has closed.")
    motion.ballot = reveal_ballot(motion.ballot, by=by)
    stood = how_it_stood(motion)
    if stood.is_decided:
        motion.decision = decide(
            motion.business_case,
            result=stood.result,
            wording=motion.wording,
            stands=stands_of(motion),
            review_on=review_on,
            title=motion.title,
            by_email=motion,
            source=motion.source,
            is_illustrative=motion.is_illustrative,
            by=by,
        )
    motion.concluded_on = clock.today()
    motion.save(update_fields=["concluded_on", "decision"])
    log_action("steering.motion_concluded", by=by, about=motion, outcome=stood.outcome.value)
    queue_message(emails.motion_result, motion, to=_people(roll_of(motion)), key="result")
    return motion


def _locked(motion: Motion) -> Motion:
    rows = Motion.objects.select_for_update(of=("self",)).select_related("ballot", "business_case__project")
    return rows.get(pk=motion.pk)
