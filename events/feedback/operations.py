"""The operations of feedback: asked for, given into a sealed round of the event, and opened once its window is over."""

import datetime as dt
import secrets
import uuid

import structlog
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from core import clock
from core.errors import Refused
from core.key_folder import KeyFolderUnusable, KeyLost
from core.schedules import do_each
from events.event.models import FEEDBACK_WINDOW, Event
from events.feedback import emails
from events.feedback.models import Feedback, FeedbackComment
from events.feedback.queries import LOST, NOT_SAFE, is_taken, takes_comment, who_came
from events.places.models import SignUp
from events.places.operations import lock
from outbox.operations import queue_message
from sealing.models import Round
from sealing.operations import CannotBeOpened, SealedAnswer, close_round, hand_in, open_round, void_round

# Of a form as JSON: more than the seven answers take, and four bytes for each character that can be written.
LENGTH = 512 + 4 * FeedbackComment.MOST
# How long a key that cannot be found is looked for before the round is void: a disk may not be mounted.
KEY_IS_LOOKED_FOR = dt.timedelta(days=1)
NOT_OPEN_YET = "Feedback on this event opens in a few minutes."
NO_ROOM = "Feedback on this event was opened before comments were taken, so it takes none."
COMMENT = "comment"
REMINDED_FROM = dt.time(9)  # in London
_chance = secrets.SystemRandom()
log = structlog.get_logger(__name__)


@transaction.atomic
def give_feedback(
    event: Event,
    *,
    answers: dict[str, bool | None],
    comment: str = "",
    place_reference: uuid.UUID | str | None = None,
    is_illustrative: bool = False,
) -> Feedback | None:
    """Seal one form for each person who was there, with nothing that leads back to them.

    What they write is sealed with the answers, and parted from them as both are opened. Forms that are made up have
    nobody to protect: they are stored at once and returned.

    Without an audit line: its time could be matched with the person's session.
    """
    if unknown := answers.keys() - set(Feedback.OUTCOMES):
        raise ValueError(f"No such question: {', '.join(sorted(unknown))}")
    if len(comment) > FeedbackComment.MOST:
        raise Refused(f"Keep what you write to {FeedbackComment.MOST:,} characters.", field="comment")
    if is_illustrative:
        if comment:
            FeedbackComment.objects.create(event=event, text=comment, is_illustrative=True)
        return Feedback.objects.create(event=event, is_illustrative=True, **answers)
    event = lock(event)
    place, who = _who_was_there(event, place_reference)
    if event.feedback_round is None:
        raise Refused(NOT_OPEN_YET)
    if comment and not takes_comment(event):
        raise Refused(NO_ROOM, field="comment")
    try:
        hand_in(event.feedback_round, who=who, answer={**answers, **({COMMENT: comment} if comment else {})})
    except (KeyFolderUnusable, KeyLost) as problem:
        log.error("feedback_cannot_be_sealed", about=event.slug, why=str(problem))
        raise Refused(LOST if isinstance(problem, KeyLost) else NOT_SAFE) from problem
    # Not by save(), which would set the time of the change.
    SignUp.objects.filter(pk=place.pk).update(has_given_feedback=True)
    return None


def _who_was_there(event: Event, reference: uuid.UUID | str | None) -> tuple[SignUp, User]:
    """The place at the locked event of somebody who may give feedback now, and who that is."""
    if not is_taken(event):
        raise Refused("Feedback on this event is not open.")
    place = event.sign_ups.select_related("person").filter(reference=reference).first() if reference else None
    if place is None or place.person is None or place.checked_in_at is None:
        raise Refused("Feedback is for people who were there. Ask at the desk to be checked in.")
    if place.has_given_feedback:
        raise Refused("You have given your feedback on this event already. Thank you.")
    return place, place.person


def open_at_first_arrival(event: Event) -> None:
    """Open the round of the locked event as somebody is checked in, unless it is open or belongs to the record.

    Before anybody gives feedback, so that its moment says nothing of a form. Where its key cannot be kept now the
    check-in goes on, and the schedule tries again.
    """
    if event.feedback_round is not None or event.is_told or clock.is_entering_history():
        return
    try:
        _open_round(event)
    except KeyFolderUnusable as problem:
        log.error("feedback_cannot_be_sealed", about=event.slug, why=str(problem))


def _open_round(event: Event) -> Round:
    """Open the round of the locked event."""
    event.feedback_round = open_round(f"Feedback on {event}", length=LENGTH)
    Event.objects.filter(pk=event.pk).update(feedback_round=event.feedback_round)
    return event.feedback_round


def open_feedback() -> int:
    """Open the round of each event of today or the last two weeks where people are, and return of how many.

    The first check-in has opened it, unless its key could not be kept then.
    """
    under_way = Event.objects.run_here().filter(
        state=Event.State.PUBLISHED,
        starts_at__date__lte=clock.today(),
        ends_at__gt=clock.now() - FEEDBACK_WINDOW,
        arrived__gt=0,
        feedback_round=None,
    )
    return do_each(_open_or_say_why_not, under_way)


def _open_or_say_why_not(event: Event) -> bool:
    try:
        return _open_if_none(event)
    except KeyFolderUnusable as problem:
        log.error("feedback_cannot_be_sealed", about=event.slug, why=str(problem))
        return False


@transaction.atomic
def _open_if_none(event: Event) -> bool:
    event = lock(event)
    return event.feedback_round is None and bool(_open_round(event))


def close_feedback() -> int:
    """Open the forms of each event whose window has closed, and return of how many. One that fails stops no other.

    Where they cannot be opened the round becomes void after a day.
    """
    over = Event.objects.filter(feedback_round__state=Round.State.OPEN, ends_at__lte=clock.now() - FEEDBACK_WINDOW)
    return do_each(_close, over.order_by("ends_at", "pk"))


def _close(event: Event) -> bool:
    try:
        return _open_forms(event)
    except CannotBeOpened as problem:
        log.error("feedback_cannot_be_opened", about=event.slug, why=str(problem))
        if event.feedback_round and clock.now() >= event.feedback_closes_at + KEY_IS_LOOKED_FOR:
            void_round(event.feedback_round, reason=str(problem))
    return False


@transaction.atomic
def _open_forms(event: Event) -> bool:
    def write(forms: list[SealedAnswer]) -> None:
        # In an order of their own, so that no comment stands where its answers stand.
        comments = [form.pop(COMMENT) for form in forms if COMMENT in form]
        _chance.shuffle(comments)
        Feedback.objects.bulk_create(Feedback(event=event, **form) for form in forms)
        FeedbackComment.objects.bulk_create(FeedbackComment(event=event, text=text) for text in comments)

    event = lock(event)
    if event.feedback_round is None or event.now < event.feedback_closes_at:
        return False  # the event was moved meanwhile
    close_round(event.feedback_round, write=write)
    return True


def thank_those_who_came() -> int:
    """Thank those who came to an event that is over, once, and return of how many events."""
    over = _over_lately().filter(thanked_at=None)
    return do_each(_thank, over)


@transaction.atomic
def _thank(event: Event) -> bool:
    event = lock(event)
    if event.thanked_at is not None or not event.has_ended:
        return False
    queue_message(emails.thanks, event, to=who_came(event), key="thanks")
    return bool(Event.objects.filter(pk=event.pk).update(thanked_at=clock.now()))


def remind_of_feedback() -> int:
    """Remind those who came and have not given feedback, once, on the morning after the event; of how many events."""
    if timezone.localtime(clock.now()).time() < REMINDED_FROM:
        return 0
    yesterday = _over_lately().filter(ends_at__date__lt=clock.today(), feedback_asked_at=None)
    return do_each(_remind, yesterday)


@transaction.atomic
def _remind(event: Event) -> bool:
    event = lock(event)
    if event.feedback_asked_at is not None or not event.has_ended or not is_taken(event):
        return False
    queue_message(emails.feedback_reminder, event, to=who_came(event, without_feedback=True), key="feedback")
    return bool(Event.objects.filter(pk=event.pk).update(feedback_asked_at=clock.now()))


def _over_lately() -> QuerySet[Event]:
    """The events to which people came and that ended while feedback on them is still taken."""
    held = Event.objects.run_here().held().filter(arrived__gt=0, ends_at__gt=clock.now() - FEEDBACK_WINDOW)
    return held.order_by("ends_at", "pk")
