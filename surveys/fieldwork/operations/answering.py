"""Answering by one's own link: saved page by page, handed in sealed, taken back with the receipt.

None asks for permission: the link is the right. None writes an audit line or sends a message that tells when somebody
handed in, since its time could be matched with other traces.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import structlog
from django.db import transaction
from django.utils.crypto import salted_hmac

from core import clock
from core.errors import Refused
from core.key_folder import KeyFolderUnusable, KeyLost
from outbox.operations import queue_message
from questions.checking import Answers
from questions.operations import answers_to_seal, save_draft
from questions.queries import asked
from sealing.models import Round
from sealing.operations import hand_in, is_receipt_of, take_back
from sealing.receipts import code_for, receipt_code
from surveys.fieldwork import emails
from surveys.fieldwork.models import Fieldwork, SurveyInvitation, WrittenRound
from surveys.fieldwork.once import has_answered_elsewhere
from surveys.fieldwork.operations.locks import locked_with
from surveys.fieldwork.queries import saved_answers, why_not_taken
from surveys.fieldwork.sealed import answers_to_seal_of, texts_to_seal_of, written

log = structlog.get_logger(__name__)
State = SurveyInvitation.State
HANDED_IN_ALREADY = "Your answers are handed in already. Take them back with your receipt first, to answer again."
NOT_SAFE = (
    "Answers cannot be sealed safely at the moment, so yours were not handed in. They stay saved. Try again later."
)
UNREADABLE = "What you saved cannot be read any more. Please begin again at the first page."
TWICE = "Answers were handed in already by the link at another address of yours. Everybody answers once."
NOTHING_YET = "You have answered no question yet. Answer at least one, then hand in."


@dataclass(frozen=True)
class HandedIn:
    """What is shown once to whoever has handed in: their receipt, and their answers, which are stored nowhere else.

    Without the answers where the same form was sent again.
    """

    receipt: str
    answers: Answers


@transaction.atomic
def save_answers(
    invitation: SurveyInvitation, *, keys: Collection[str], answers: Mapping[str, Any]
) -> SurveyInvitation:
    """Save the answers of one page, which asks the questions with these keys, beside those of other pages."""
    fieldwork, invitation = locked_with(invitation)
    _refuse_not_now(fieldwork, invitation)
    assert fieldwork.wave.questions is not None  # by `why_not_opened`: an open wave has questions
    others = {key: answer for key, answer in (saved_answers(invitation) or {}).items() if key not in keys}
    invitation.sheet = save_draft(fieldwork.wave.questions, {**others, **answers}, sheet=invitation.sheet)
    if invitation.state == State.INVITED:
        invitation.state = State.BEGUN
    invitation.save(update_fields=["sheet", "state"])
    return invitation


@transaction.atomic
def send_way_back(invitation: SurveyInvitation) -> None:
    """Send the link to the address that was invited, at most once a day."""
    fieldwork, invitation = locked_with(invitation)
    _refuse_not_now(fieldwork, invitation)
    queue_message(emails.way_back, invitation, to=invitation.email, key=clock.today().isoformat())


@transaction.atomic
def hand_in_survey(invitation: SurveyInvitation, *, token: str) -> HandedIn:
    """Seal what was saved, note that this person has answered, and return the receipt with a copy of the answers.

    The same form, which `token` names, sent again gets the same receipt. Who wrote nothing to a question seals that
    too, so that nobody can tell who did.
    """
    # A form that is sent again, since its answer was lost, gets its receipt also a moment after the close.
    fieldwork, invitation = locked_with(invitation, waits=invitation.state == State.HANDED_IN)
    receipt = code_for("surveys.receipt", str(invitation.reference), token)
    if invitation.state == State.HANDED_IN and fieldwork.is_open and token:
        assert fieldwork.round is not None  # by constraint
        if is_receipt_of(fieldwork.round, who=_mark_of(fieldwork.round, invitation), receipt=receipt):
            return HandedIn(receipt, {})
    _refuse_not_now(fieldwork, invitation)
    if has_answered_elsewhere(invitation, fieldwork):
        raise Refused(TWICE)
    assert fieldwork.wave.questions is not None  # as it opened
    assert fieldwork.round is not None  # by constraint
    saved = saved_answers(invitation)
    if saved is None:
        raise Refused(UNREADABLE)
    questions = asked(fieldwork.wave.questions)
    answers = answers_to_seal(fieldwork.wave.questions, saved, sheet=invitation.sheet)
    if not answers:
        raise Refused(NOTHING_YET)
    sealed = [(fieldwork.round, answers_to_seal_of(invitation, questions, answers))]
    rounds = {each.question_key: each.round for each in _written_rounds(fieldwork)}
    sealed += [(rounds[question.key], texts_to_seal_of(question, answers)) for question in written(questions)]
    try:
        for round, answer in sealed:
            hand_in(round, who=_mark_of(round, invitation), answer=answer, receipt=receipt)
    except (KeyFolderUnusable, KeyLost) as problem:
        log.error("survey_cannot_be_sealed", about=fieldwork.wave.year, why=str(problem))
        raise Refused(NOT_SAFE) from problem
    invitation.state, invitation.handed_in_on, invitation.sheet = State.HANDED_IN, clock.today(), None
    invitation.save(update_fields=["state", "handed_in_on", "sheet"])
    return HandedIn(receipt, answers)


@transaction.atomic
def take_answers_back(invitation: SurveyInvitation, *, receipt: str) -> SurveyInvitation:
    """Delete the sealed answers with this receipt, while the wave is open, so that this person may answer again."""
    fieldwork, invitation = locked_with(invitation)
    if why := why_not_taken(fieldwork):
        raise Refused(f"{why} Nobody can find yours any more, so they cannot be taken back.")
    if invitation.state != State.HANDED_IN:
        raise Refused("You have not handed in any answers, so there is nothing to take back.")
    assert fieldwork.round is not None  # by constraint: an open wave has its round
    for round in [fieldwork.round, *(each.round for each in _written_rounds(fieldwork))]:
        take_back(round, who=_mark_of(round, invitation), receipt=receipt_code(receipt))
    invitation.state = State.DECLINED if invitation.has_declined else State.INVITED
    invitation.handed_in_on = None
    invitation.save(update_fields=["state", "handed_in_on"])
    return invitation


@transaction.atomic
def decline_reminders(invitation: SurveyInvitation) -> SurveyInvitation:
    """Note that somebody does not want to be reminded. They may answer all the same."""
    _, invitation = locked_with(invitation)
    if invitation.state in (State.INVITED, State.BEGUN):
        invitation.state, invitation.has_declined = State.DECLINED, True
        invitation.save(update_fields=["state", "has_declined"])
    return invitation


def _refuse_not_now(fieldwork: Fieldwork, invitation: SurveyInvitation) -> None:
    if invitation.state == State.HANDED_IN:
        raise Refused(HANDED_IN_ALREADY)
    if why := why_not_taken(fieldwork):
        raise Refused(why)


def _written_rounds(fieldwork: Fieldwork) -> list[WrittenRound]:
    """The rounds of what people write, in one order for everybody who locks them."""
    return list(fieldwork.written_rounds.select_related("round").order_by("pk"))


def _mark_of(round: Round, invitation: SurveyInvitation) -> str:
    """What stands for whoever is invited in a round: a digest, another one in each."""
    return salted_hmac("surveys.mark", f"{round.reference}:{invitation.reference}", algorithm="sha256").hexdigest()
