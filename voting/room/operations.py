"""Operations of those who run a vote while the room talks: questions parked for later."""

from django.db import transaction

from accounts.models import User
from audit.operations import log_action
from core import clock
from core.errors import Refused
from voting.ballots.models import Ballot
from voting.ballots.operations import locked_to_run
from voting.room.models import ParkedQuestion

MOST_PARKED = 50


@transaction.atomic
def park_question(ballot: Ballot, *, by: User, words: str) -> ParkedQuestion:
    """Note a question for later. The same words twice are one question, and come back if it was done."""
    ballot = locked_to_run(ballot, by)
    words = words.strip()
    if not words:
        raise Refused("Write the question in one line.", field="words")
    parked = ParkedQuestion.objects.filter(ballot=ballot)
    if there := parked.filter(words=words).first():
        if there.done_at:
            there.done_at = None
            there.save(update_fields=["done_at"])
            log_action("voting.question_parked", by=by, about=ballot, question=there.pk)
        return there
    if parked.count() >= MOST_PARKED:
        raise Refused(f"{MOST_PARKED} questions are parked already: that is as many as anybody will go back to.")
    question = ParkedQuestion.objects.create(ballot=ballot, words=words)
    log_action("voting.question_parked", by=by, about=ballot, question=question.pk)
    return question


@transaction.atomic
def finish_parked_question(question: ParkedQuestion, *, by: User) -> ParkedQuestion:
    """Mark a parked question as done. Doing it twice changes nothing."""
    ballot = locked_to_run(question.ballot, by)
    question = ParkedQuestion.objects.select_related("ballot").get(pk=question.pk)
    if question.done_at is None:
        question.done_at = clock.now()
        question.save(update_fields=["done_at"])
        log_action("voting.parked_question_done", by=by, about=ballot, question=question.pk)
    return question
