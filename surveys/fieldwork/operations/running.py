"""Opening a wave for answers, moving its close, and the one reminder."""

import datetime as dt

import structlog
from django.db import transaction

from accounts.models import User
from audit.operations import log_action
from core import clock
from core.errors import Refused
from core.key_folder import KeyFolderUnusable
from core.permissions import require
from outbox.operations import queue_each
from questions.operations import open_sealed_set
from questions.queries import asked
from sealing.operations import open_round
from surveys.fieldwork import emails
from surveys.fieldwork.models import Fieldwork, SurveyInvitation, WrittenRound
from surveys.fieldwork.operations.locks import locked
from surveys.fieldwork.permissions import BECAUSE, can_run_surveys
from surveys.fieldwork.queries import is_taken, to_remind, why_not_taken
from surveys.fieldwork.sealed import room_for_answers, room_for_texts, written

log = structlog.get_logger(__name__)


@transaction.atomic
def open_fieldwork(fieldwork: Fieldwork, *, by: User | None) -> Fieldwork:
    """Open a wave for answers, and send everybody who is invited their link.

    From then on its questions, its plan and its tables stay as they are. Opened twice, it is opened once. `by` is None
    for the demo alone.
    """
    if by is not None:
        require(can_run_surveys(by), BECAUSE)
    fieldwork = locked(fieldwork)
    if fieldwork.state != Fieldwork.State.PREPARED:
        if is_taken(fieldwork):
            return fieldwork
        raise Refused(why_not_taken(fieldwork))
    if why := why_not_opened(fieldwork):
        raise Refused(why)
    _open_rounds(fieldwork)
    fieldwork.state, fieldwork.opened_at = Fieldwork.State.OPEN, clock.now()
    fieldwork.save(update_fields=["state", "opened_at", "round"])
    invited = send_invitations(fieldwork)
    log_action("surveys.opened", by=by, about=fieldwork, year=fieldwork.wave.year, invitations=invited)
    return fieldwork


def why_not_opened(fieldwork: Fieldwork) -> str:
    """What a prepared wave still needs before it can open, as a sentence; empty where it needs nothing."""
    questions = fieldwork.wave.questions
    if questions is None or not asked(questions):
        return "It has no questions yet."
    if not questions.is_sealed:
        return "Its questions were not made for sealed answers. Prepare it from the wave before."
    if not fieldwork.plan:
        return "Fix first which tables will be published: once answers come, that cannot change."
    if fieldwork.closes_at <= clock.now():
        return "The day on which it is to close has passed. Choose another."
    if not fieldwork.invitations.exists():
        return "Nobody is invited yet. Enter or upload their addresses: opening sends each of them their link."
    return ""


def _open_rounds(fieldwork: Fieldwork) -> None:
    """Open the drafts, the round of answers, and a round for what people write to each question."""
    wave, questions = fieldwork.wave, asked(fieldwork.wave.questions)
    assert wave.questions is not None  # asked just now
    try:
        open_sealed_set(wave.questions)
        fieldwork.round = open_round(f"Answers to {wave}", length=room_for_answers(questions))
        WrittenRound.objects.bulk_create(
            WrittenRound(
                fieldwork=fieldwork,
                question_key=question.key,
                round=open_round(f"{wave}: {question}"[:200], length=room_for_texts(question)),
            )
            for question in written(questions)
        )
    except KeyFolderUnusable as problem:
        log.error("survey_cannot_be_sealed", about=wave.year, why=str(problem))
        raise Refused(
            "This survey cannot open yet: the keys to its answers cannot be kept safely now. Tell whoever looks after "
            "the site."
        ) from problem


def send_invitations(fieldwork: Fieldwork) -> int:
    """Send everybody of an open wave their link who was not sent it yet; how many."""
    new = list(SurveyInvitation.objects.filter(fieldwork=fieldwork, invited_at=None))
    queue_each(emails.invitation, ((each, each.email) for each in new), key="invitation")
    SurveyInvitation.objects.filter(fieldwork=fieldwork, invited_at=None).update(invited_at=clock.now())
    return len(new)


@transaction.atomic
def move_close(fieldwork: Fieldwork, *, by: User, closes_at: dt.datetime) -> Fieldwork:
    """Choose another moment at which a wave closes, which is to come."""
    require(can_run_surveys(by), BECAUSE)
    fieldwork = locked(fieldwork)
    if fieldwork.has_ended:
        raise Refused(why_not_taken(fieldwork))
    if fieldwork.is_open and not is_taken(fieldwork):
        raise Refused(why_not_taken(fieldwork))
    if closes_at <= clock.now():
        raise Refused("Choose a day to come.", field="closes_at")
    if closes_at != fieldwork.closes_at:
        fieldwork.closes_at = closes_at
        fieldwork.save(update_fields=["closes_at"])
        log_action("surveys.close_moved", by=by, about=fieldwork, year=fieldwork.wave.year, to=closes_at.isoformat())
    return fieldwork


@transaction.atomic
def remind(fieldwork: Fieldwork, *, by: User) -> int:
    """Remind everybody who has not answered, once, but for those who asked not to be; how many were."""
    require(can_run_surveys(by), BECAUSE)
    fieldwork = locked(fieldwork)
    if why := why_not_taken(fieldwork):
        raise Refused(why)
    waiting = list(to_remind(fieldwork))
    if not waiting:
        raise Refused("There is nobody to remind: everybody has answered, was reminded, or asked not to be.")
    queue_each(emails.reminder, ((each, each.email) for each in waiting), key="reminder")
    to_remind(fieldwork).update(reminded_on=clock.today())
    log_action("surveys.reminded", by=by, about=fieldwork, year=fieldwork.wave.year, reminders=len(waiting))
    return len(waiting)
