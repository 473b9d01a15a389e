"""Operations of questions from the floor: asked and voted for by people at an event, moderated by those who run it."""

from django.db import IntegrityError, transaction
from django.db.models import F

from accounts.models import User
from audit.operations import log_action
from core.errors import Refused
from core.permissions import require
from events.event import keeping
from events.event.models import Event
from events.floor.models import FloorQuestion, FloorVote
from events.floor.permissions import can_ask_from_floor, can_moderate_floor
from events.places.operations import lock

MOST_QUESTIONS = 5  # that one person may have waiting at an event
NOT_THERE = "Questions from the floor are for people with a place, once the event has started or they are checked in."
NOT_STAFF = "Only those who run the event decide what is shown and answered."
State = FloorQuestion.State
# From which states a question moves to each: what somebody has hidden, nobody shows from a page that is older.
_MOVED_FROM = {
    State.ASKED: {State.SHOWN, State.ANSWERED, State.HIDDEN},
    State.SHOWN: {State.ASKED},
    State.ANSWERED: {State.ASKED, State.SHOWN},
    State.HIDDEN: set(State),
}


def refuse_unless_on(event: Event) -> None:
    """Refuse to ask or vote where the event is over."""
    if event.has_ended:
        raise Refused("This event is over, so nothing more is asked.")


@transaction.atomic
def ask_from_floor(event: Event, *, by: User, words: str, shows_name: bool = False) -> FloorQuestion:
    """Ask a question. The same words twice from one person are one question."""
    require(can_ask_from_floor(by, event), NOT_THERE)
    event = lock(event)  # since the person's questions are counted
    refuse_unless_on(event)
    if not words:
        raise Refused("Write your question.", field="words")
    own = event.floor_questions.filter(asked_by=by)
    if there := own.readable().filter(words=words).first():
        return there
    if own.filter(state=State.ASKED).count() >= MOST_QUESTIONS:
        raise Refused(f"{MOST_QUESTIONS} of your questions wait already. Let some be answered first.", field="words")
    return event.floor_questions.create(asked_by=by, words=words, shows_name=shows_name)


@transaction.atomic
def vote_for_question(question: FloorQuestion, *, by: User) -> FloorQuestion:
    """Say that one would like to hear the answer too. Voting twice counts once."""
    require(can_ask_from_floor(by, question.event), NOT_THERE)
    question = _locked(question)
    refuse_unless_on(question.event)
    if question.state in {State.HIDDEN, State.ANSWERED}:
        raise Refused("This question is answered or was taken down, so nobody votes for it any more.")
    if question.asked_by_id == by.pk:
        raise Refused("This is your own question. Others vote for it.")
    try:
        with transaction.atomic():
            FloorVote.objects.create(question=question, person=by)
    except IntegrityError:
        return question  # they have voted for it already
    return _add_votes(question, 1)


@transaction.atomic
def take_vote_back(question: FloorQuestion, *, by: User) -> FloorQuestion:
    """Take one's vote back. Doing it twice changes nothing."""
    require(can_ask_from_floor(by, question.event), NOT_THERE)
    question = _locked(question)
    refuse_unless_on(question.event)
    gone, _ = question.given.filter(person=by).delete()
    return _add_votes(question, -gone) if gone else question


def _locked(question: FloorQuestion) -> FloorQuestion:
    return FloorQuestion.objects.select_for_update(of=("self",)).select_related("event").get(pk=question.pk)


def _add_votes(question: FloorQuestion, number: int) -> FloorQuestion:
    FloorQuestion.objects.filter(pk=question.pk).update(votes=F("votes") + number)
    question.votes += number
    return question


@transaction.atomic
def show_question(question: FloorQuestion, *, by: User) -> FloorQuestion:
    """Put a question on the screen of the hall."""
    return _move(question, State.SHOWN, by=by)


@transaction.atomic
def answer_question(question: FloorQuestion, *, by: User) -> FloorQuestion:
    """Say that a question was answered; it leaves the screen and stays in the list."""
    return _move(question, State.ANSWERED, by=by)


@transaction.atomic
def hide_question(question: FloorQuestion, *, by: User, reason: str) -> FloorQuestion:
    """Hide a question from everybody but whoever asked, who reads the reason, and those who run the event."""
    if not reason:
        raise Refused("Say why the question is hidden. Whoever asked it reads this.", field="reason")
    return _move(question, State.HIDDEN, by=by, because=reason)


@transaction.atomic
def put_question_back(question: FloorQuestion, *, by: User) -> FloorQuestion:
    """Put a question back into the queue."""
    return _move(question, State.ASKED, by=by)


def _move(question: FloorQuestion, state: str, *, by: User, because: str = "") -> FloorQuestion:
    """Move a question to a state; the audit line says which, and never who asked."""
    require(can_moderate_floor(by, question.event), NOT_STAFF)
    question = _locked(question)
    if (question.state, question.hidden_because) == (state, because):
        return question
    if question.state not in _MOVED_FROM[State(state)]:
        raise Refused(f"This question is {question.get_state_display().lower()}. Put it back first.")
    question.state, question.hidden_because = state, because
    question.save(update_fields=["state", "hidden_because"])
    log_action("events.moderated_question", by=by, about=question.event, question=question.pk, state=state)
    return question


@transaction.atomic
def forget_who_asked() -> int:
    """Erase who asked and who voted, 12 months after the event; questions and how many voted stay. How many rows."""
    over = FloorQuestion.objects.filter(event__in=keeping.NAMES.over)
    votes, _ = FloorVote.objects.filter(question__in=over).delete()
    forgotten = over.filter(asked_by__isnull=False).update(asked_by=None, shows_name=False) + votes
    if forgotten:
        log_action("events.forgot_who_asked", by=None, rows=forgotten)
    return forgotten
