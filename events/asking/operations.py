"""Operations of those who run an event on what people are asked when they sign up for an event."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef

from accounts.models import User
from audit.operations import log_action
from core import clock
from core.errors import Refused
from core.permissions import require
from core.schedules import do_each
from events.event.models import Event
from events.permissions import can_run_event
from events.places.operations import lock
from questions import operations as questions
from questions.models import AnswerSheet, Question, QuestionSet

NOT_STAFF = "Only those who run the event decide what people are asked when they sign up."
BUILT_IN = ("asks_access_needs", "asks_diet")


def _hold(event: Event, by: User, question: Question | None = None) -> Event:
    """Ask for permission, lock the event and return it as read after that."""
    require(can_run_event(by, event), NOT_STAFF)
    event = lock(event)
    if question is not None and question.set_id != event.question_set_id:
        raise Refused("This question belongs to something else.")
    refuse_where_nobody_is_asked(event)
    return event


def refuse_where_nobody_is_asked(event: Event) -> None:
    """Refuse to change the questions of an event that was cancelled or is over."""
    if event.state == Event.State.CANCELLED:
        raise Refused("This event was cancelled.")
    if event.has_ended:
        raise Refused("This event is over, so nobody is asked any more.")


@transaction.atomic
def ask_at_sign_up(event: Event, *, by: User, **fields: Any) -> Question:
    """Add a question to the sign-up of an event; `fields` as for `add_question`."""
    event = _hold(event, by)
    if event.question_set is None:
        event.question_set = QuestionSet.objects.create(title=f"Sign-up: {event.title}")
        Event.objects.filter(pk=event.pk).update(question_set=event.question_set)
    question = questions.add_question(event.question_set, **fields)
    log_action("events.asked_at_sign_up", by=by, about=event, question=question.key)
    return question


@transaction.atomic
def change_sign_up_question(
    event: Event, question: Question, *, by: User, read_at: int | None = None, **fields: Any
) -> Question:
    """Change a question of the sign-up; refused where it has been answered and would mean something else."""
    event = _hold(event, by, question)
    question = questions.change_question(question, read_at=read_at, **fields)
    log_action("events.changed_sign_up_question", by=by, about=event, question=question.key)
    return question


@transaction.atomic
def copy_sign_up_question(event: Event, question: Question, *, by: User) -> Question:
    """Add a copy of a question with a key of its own."""
    event = _hold(event, by, question)
    copy = questions.copy_question(question)
    log_action("events.asked_at_sign_up", by=by, about=event, question=copy.key)
    return copy


@transaction.atomic
def move_sign_up_question(event: Event, question: Question, *, by: User, is_up: bool) -> Question:
    """Exchange a question with the one before or after it."""
    event = _hold(event, by, question)
    question = questions.move_question(question, is_up=is_up)
    log_action("events.changed_sign_up_question", by=by, about=event, question=question.key)
    return question


@transaction.atomic
def remove_sign_up_question(event: Event, question: Question, *, by: User) -> bool:
    """Remove a question, or ask it no more where it has been answered; whether it is gone."""
    event = _hold(event, by, question)
    is_gone = questions.remove_question(question)
    log_action("events.removed_sign_up_question", by=by, about=event, question=question.key)
    return is_gone


@transaction.atomic
def switch_built_in(event: Event, *, by: User, name: str, is_asked: bool) -> Event:
    """Ask one of the built-in questions at sign-up, or ask it no more. What was answered stays."""
    event = _hold(event, by)
    if name not in BUILT_IN:
        raise Refused("There is no such question.")
    if getattr(event, name) != is_asked:
        setattr(event, name, is_asked)
        event.save(update_fields=[name])
        log_action("events.changed_sign_up_question", by=by, about=event, question=name, is_asked=is_asked)
    return event


def forget_sign_up_answers() -> int:
    """Drop the answers that have been kept after their event for as long as their questions say; on how many sheets.

    Each event in a transaction of its own, so that a stop loses and repeats none.
    """
    answered = AnswerSheet.objects.filter(set=OuterRef("question_set"))
    over = Event.objects.run_here().filter(Exists(answered), ends_at__lte=clock.now() - dt.timedelta(days=1))
    return do_each(_forget, over.select_related("question_set"))


@transaction.atomic
def _forget(event: Event) -> int:
    if event.question_set is None:
        return 0
    if forgotten := questions.forget_answers(event.question_set, over_since=event.ends_at):
        log_action("events.forgot_answers", by=None, about=event, sheets=forgotten)
    return forgotten
