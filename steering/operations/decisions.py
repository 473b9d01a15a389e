"""Operations on decisions of the board, counted by body: on a business case, a project, a block, a promise or none."""

import datetime as dt
from collections.abc import Sequence

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.operations import log_action
from audit.queries import who_did
from core import clock
from core.errors import Refused
from core.permissions import require
from core.words import at_moment, counted, day_in_words
from outbox.operations import queue_message
from projects.models import BusinessCase
from projects.portfolio.case_content import content_hash, who_changed
from projects.portfolio.operations import decide_case, locked_case
from steering.emails import vote_decided
from steering.models import QUORUM, BoardSeat, Decision, DecisionOption, Meeting, MeetingItem, Motion, SeatStand
from steering.models.subjects import Subject, field_of
from steering.operations.agenda import build_agenda_of_the_next_meeting
from steering.operations.roster import locked_roster
from steering.permissions import can_minute
from steering.queries.decisions import Shown, Stands, Weighed, coming_decision, decisions_about, votes_of
from steering.queries.meetings import coming_meeting
from steering.queries.motions import open_motion_about
from take_up.operations import promise_of_case
from voting.outcome.queries import voters_behind

BOARD = f"{settings.SITE_NAME} steering board"
_REVIEWED = {"steering.decision_reviewed": "Reviewed"}
BECAUSE = "Only the secretariat writes down the board's decisions."


@transaction.atomic
def decide(
    subject: Subject | None,
    *,
    result: str,
    wording: str,
    stands: Stands,
    by: User,
    meeting: Meeting | None = None,
    item: MeetingItem | None = None,
    by_email: Motion | None = None,
    title: str = "",
    basis: str = "",
    dissent: str = "",
    conditions: str = "",
    options: Sequence[Weighed] = (),
    review_on: dt.date | None = None,
    shown: Shown | None = None,
    source: str = "",
    is_illustrative: bool = False,
) -> Decision:
    """Record what the board decided at a meeting, perhaps under an item of its agenda, or by e-mail; how bodies stood.

    Accepting a business case unlocks step 4 of its project; on conditions, once they are met. Deferred or noted, the
    case goes on waiting. Whoever voted in the vote that chose what became the project is mailed what was decided.
    """
    require(can_minute(by), BECAUSE)
    meeting = _locked_meetings(meeting)
    # The votes are counted against the roster, and its lock serialises the numbers.
    roster = {seat.pk: seat for seat in locked_roster()}
    _check_where(meeting, by_email)
    _check_item(item, meeting, subject)
    decision = coming_decision(
        subject,
        result=result,
        wording=wording,
        votes=votes_of(stood for stood, _ in stands.values()),
        meeting=meeting,
        decided_on=by_email.closes_on if by_email else None,
        title=title,
        basis=basis,
        dissent=dissent,
        conditions=conditions if result == Decision.Result.CONDITIONAL else "",
        review_on=review_on,
    )
    _check_words(decision)
    _check_bodies(decision, {roster[seat.pk] for seat in stands}, roster, by_email)
    _check_majority(decision)
    if isinstance(subject, BusinessCase):
        _, subject = locked_case(subject)
    if subject is not None:
        _check_as_shown(subject, shown)
    if isinstance(subject, BusinessCase):
        _check_not_asked(subject, by_email)
        _check_waits(subject, decision.decided_on)
        decision.shown_hash = content_hash(subject)
        if result in Decision.FINAL:
            subject = _decide_case(subject, decision, by=by)
        decision.business_case = subject
    decision.item, decision.recorded_by, decision.source, decision.is_illustrative = item, by, source, is_illustrative
    decision.save()
    SeatStand.objects.bulk_create(
        SeatStand(decision=decision, seat=seat, stood=stood, note=note)
        for seat, (stood, note) in sorted(stands.items(), key=lambda each: each[0].order)
    )
    DecisionOption.objects.bulk_create(
        DecisionOption(decision=decision, order=n, title=each.title, note=each.note, is_chosen=each.is_chosen)
        for n, each in enumerate(options, 1)
    )
    log_action(
        "steering.gate_decided",
        by=by,
        about=decision,
        subject=subject and f"{field_of(subject)} {subject.pk}",
        result=decision.result,
        votes=[decision.votes_for, decision.votes_against, decision.abstentions],
    )
    if isinstance(subject, BusinessCase) and result in Decision.FINAL:
        _tell_voters(decision, subject)
    build_agenda_of_the_next_meeting(by=by)
    return decision


def _check_item(item: MeetingItem | None, meeting: Meeting | None, subject: Subject | None) -> None:
    """Refuse an item of another meeting, one that is for no decision, and one that is about another record."""
    if item is None:
        return
    if meeting is None or item.meeting_id != meeting.pk:
        raise Refused("This item is on the agenda of another meeting. Record its decision there.")
    if not item.can_hold_decision_about(subject):
        raise Refused("This item of the agenda is not about that, or not for a decision.")


def _locked_meetings(meeting: Meeting | None) -> Meeting | None:
    """The meeting of a decision, locked; with it, in one order for all, the next one, whose agenda changes too."""
    coming = coming_meeting()
    rows = Meeting.objects.filter(pk__in={each.pk for each in (meeting, coming) if each})
    locked = {each.pk: each for each in rows.select_for_update(of=("self",)).order_by("pk")}
    return locked[meeting.pk] if meeting else None


def _decide_case(case: BusinessCase, decision: Decision, *, by: User) -> BusinessCase:
    """Write the decision into its business case; accepted, its yearly saving becomes a promise."""
    accepted = decision.result != Decision.Result.REJECTED
    case = decide_case(
        case,
        by=by,
        accepted=accepted,
        body=BOARD,
        decided_on=decision.conditions_met_on or decision.decided_on,
        number=decision.number,
        reason=decision.wording[:2000],
    )
    if accepted:
        promise_of_case(case)
    return case


def _tell_voters(decision: Decision, case: BusinessCase) -> None:
    for people, how in voters_behind(case.project).groups:
        queue_message(vote_decided, decision, to=people, key="decided", how=how)


@transaction.atomic
def meet_conditions(decision: Decision, *, words: str, by: User, met_on: dt.date | None = None) -> Decision:
    """Record that the conditions of a decision are met: only now its business case is accepted, and step 4 unlocked.

    Raises Refused where the board has decided about the case since, is being asked about it by e-mail, or decided
    about another content.
    """
    require(can_minute(by), BECAUSE)
    locked_roster()
    decision = _locked(decision)
    day = met_on or clock.today()
    if not decision.waits_for_conditions:
        raise Refused("This decision has no conditions that wait to be met.")
    if not words.strip():
        raise Refused("Say what shows that the conditions are met.", field="words")
    if day > clock.today():
        raise Refused("Conditions are written down as met once they are.", field="met_on")
    if day < decision.decided_on:
        raise Refused("The conditions are met on the day of the decision or later.", field="met_on")
    decision.conditions_met_on, decision.conditions_met_words = day, words
    case = locked_case(decision.business_case)[1] if decision.business_case else None
    if case:
        _check_still_stands(decision, case)
        _check_not_asked(case, by_email=None)
        _decide_case(case, decision, by=by)
    decision.save()
    log_action("steering.conditions_met", by=by, about=decision, case=case and case.pk, on=day.isoformat())
    if case:
        _tell_voters(decision, case)
    return decision


@transaction.atomic
def record_implementation(
    decision: Decision, *, words: str, by: User, done_by: str = "", done_on: dt.date | None = None
) -> Decision:
    """Record that a decision was carried out, when and by whom; without a day, why it is not carried out yet."""
    require(can_minute(by), BECAUSE)
    decision = _locked(decision)
    if decision.result not in Decision.TO_CARRY_OUT:
        raise Refused("Only what was accepted is carried out.")
    if decision.implemented_on:
        who = who_did(decision, {"steering.decision_implemented": "Written down"})
        raise Refused(f"It was carried out on {day_in_words(decision.implemented_on)} already.{who}")
    if done_on:
        if done_on > clock.today():
            raise Refused("It is written down once it was carried out.", field="done_on")
        if done_on < decision.decided_on:
            raise Refused("It was carried out on the day of the decision or later.", field="done_on")
        if not done_by.strip():
            raise Refused("Say who carried it out.", field="done_by")
        if decision.waits_for_conditions:
            raise Refused("Its conditions are not met yet. Record those first.")
    elif not words.strip():
        raise Refused("Say why it is not carried out yet.", field="words")
    decision.implemented_on, decision.implemented_words = done_on, words
    decision.implemented_by = done_by if done_on else ""
    decision.save()
    log_action("steering.decision_implemented", by=by, about=decision, on=done_on and done_on.isoformat())
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
    """Record the review of a decision, and the day of the next one, if any; one that was deferred needs no such day."""
    require(can_minute(by), "Only the secretariat writes down the board's reviews.")
    decision = _locked(decision)
    day = reviewed_on or clock.today()
    if not decision.can_be_reviewed:
        raise Refused(f"No review of this decision is planned.{who_did(decision, _REVIEWED)}")
    if not wording.strip():
        raise Refused("Write down what the board said.", field="wording")
    if day > clock.today():
        raise Refused("A review is written down once it has been held.", field="reviewed_on")
    if day <= (decision.reviewed_on or decision.decided_on):
        who = who_did(decision, _REVIEWED)
        raise Refused(f"A review comes after the decision, and after the review before.{who}", field="reviewed_on")
    if review_on and review_on <= day:
        raise Refused("The next review comes after this one.", field="review_on")
    was_due = decision.review_on
    decision.reviewed_on, decision.review_wording, decision.review_on = day, wording, review_on
    decision.save()
    log_action(
        "steering.decision_reviewed", by=by, about=decision, due=was_due and was_due.isoformat(), held=day.isoformat()
    )
    return decision


def _locked(decision: Decision) -> Decision:
    rows = Decision.objects.select_for_update(of=("self",)).select_related("business_case__project")
    return rows.get(pk=decision.pk)


def _check_where(meeting: Meeting | None, by_email: Motion | None) -> None:
    """Refuse what was decided nowhere: the board decides at a meeting, or by e-mail."""
    if meeting is None and by_email is None:
        raise Refused("The board decides at a meeting, or by e-mail. Ask it by e-mail first.", field="meeting")
    if meeting and meeting.state == Meeting.State.CANCELLED:
        raise Refused("That meeting was cancelled.", field="meeting")
    if meeting and meeting.day > clock.today():
        raise Refused("A decision is written down once it has been taken.", field="meeting")


def _check_words(decision: Decision) -> None:
    if not decision.wording.strip():
        raise Refused("Write down the decision.", field="wording")
    if not decision.title.strip():
        raise Refused("Say in a line what was decided.", field="title")
    if decision.result == Decision.Result.CONDITIONAL and not decision.conditions.strip():
        raise Refused("Write down the conditions.", field="conditions")
    if decision.review_on and decision.review_on <= decision.decided_on:
        raise Refused("The review comes after the decision.", field="review_on")


def _check_bodies(
    decision: Decision, stood: set[BoardSeat], roster: dict[int, BoardSeat], by_email: Motion | None
) -> None:
    """Refuse bodies that had no seat that day or were not there or not asked, and fewer bodies than the quorum."""
    seated = {pk for pk, seat in roster.items() if seat.is_of(decision.decided_on)}
    for seat in sorted(stood, key=lambda each: each.order):
        if seat.pk not in seated:
            day = day_in_words(decision.decided_on)
            raise Refused(f"{seat} had no seat on the board on {day}.", field=f"stood_{seat.pk}")
    if by_email:
        asked = set(by_email.ballot.roll.standing().values_list("organisation", flat=True))
        able, where = {seat.pk for seat in stood if seat.body_id in asked}, "was not asked by e-mail"
    else:
        assert decision.meeting is not None  # asked before
        able, where = set(decision.meeting.present().values_list("pk", flat=True)), "was not at the meeting"
    for seat in sorted(stood, key=lambda each: each.order):
        if seat.pk not in able:
            raise Refused(f"{seat} {where}, so it cannot have stood on this.", field=f"stood_{seat.pk}")
    if decision.result != Decision.Result.NOTED and decision.bodies < QUORUM:
        took_part = f"{counted(decision.bodies, 'body', 'bodies').capitalize()} of {len(seated)} took part"
        raise Refused(f"{took_part}; the board decides with at least {QUORUM}.", field="result")


def _check_majority(decision: Decision) -> None:
    is_for = decision.votes_for > decision.votes_against
    if decision.result in (Decision.Result.REJECTED, Decision.Result.NOTED):
        if decision.result == Decision.Result.REJECTED and is_for:
            raise Refused("More bodies stood for it than against: that is an acceptance.", field="result")
    elif not is_for:
        result = decision.get_result_display().lower()
        raise Refused(f"It is {result} with more bodies for it than against.", field="result")


def _check_as_shown(subject: Subject, shown: Shown | None) -> None:
    """Refuse where somebody else decided meanwhile, or the case is no longer what the page showed."""
    last = decisions_about(subject).select_related("recorded_by").first()
    is_decided = last and isinstance(subject, BusinessCase) and last.result in Decision.FINAL
    if last and (is_decided or (shown and shown.last_number != last.number)):
        raise Refused(
            f"{last.recorded_by} recorded {last.number} about this {at_moment(last.created_at)}: "
            f"{last.get_result_display().lower()}, {last.figures}."
        )
    if isinstance(subject, BusinessCase) and shown and content_hash(subject) != shown.case_hash:
        raise Refused(f"This is no longer what you were shown. {who_changed(subject)} Read it again, then decide.")


def _check_still_stands(decision: Decision, case: BusinessCase) -> None:
    """Refuse where the board has decided about the case again, or the case is no longer what it decided about."""
    last = decisions_about(case).exclude(result=Decision.Result.NOTED).first()
    if last and last.pk != decision.pk:
        raise Refused(
            f"The board has decided about it again since: {last.number}, {last.get_result_display().lower()}."
        )
    if decision.shown_hash and content_hash(case) != decision.shown_hash:
        raise Refused(
            f"This is no longer what the board accepted on conditions. {who_changed(case)} The board decides again."
        )


def _check_waits(case: BusinessCase, day: dt.date) -> None:
    if case.state == BusinessCase.State.DRAFT:
        raise Refused("This business case has not been submitted.")
    if case.state != BusinessCase.State.SUBMITTED:
        raise Refused("This business case does not wait for a decision.")
    if case.submitted_at and day < timezone.localdate(case.submitted_at):
        raise Refused("The case was submitted after that meeting.", field="meeting")


def _check_not_asked(case: BusinessCase, by_email: Motion | None) -> None:
    """Refuse to decide a case about which the board is being asked by e-mail, but by that."""
    asked = open_motion_about(case)
    if asked and asked != by_email:
        raise Refused(
            f"The board is being asked about it by e-mail until {day_in_words(asked.closes_on)}. Make that vote void "
            "first, or record its result."
        )
