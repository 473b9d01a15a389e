"""The scheduled work of events."""

import structlog

from core.schedules import do_all, every
from events.asking.operations import forget_sign_up_answers
from events.desk.queries import unlike_their_marks
from events.feedback import operations as feedback
from events.floor import operations as floor
from events.inviting import operations as inviting
from events.leads import operations as leads
from events.organisers.operations import forget_invitations, forget_who_ran_events
from events.places import operations
from events.places.queries import miscounted
from events.running.operations import forget_messages

log = structlog.get_logger(__name__)


@every(hours=1)
def remind_of_events() -> None:
    operations.send_reminders()


@every(minutes=1)
def settle_events() -> None:
    operations.settle_events()


@every(minutes=10)
def open_and_close_feedback() -> None:
    do_all(feedback.open_feedback, feedback.close_feedback)


@every(days=1)
def erase_access_needs() -> None:
    operations.erase_access_needs()


@every(days=1)
def say_which_events_are_miscounted() -> None:
    if wrong := list(miscounted().values_list("slug", flat=True)[:20]):
        log.error("events_miscounted", events=wrong)
    if wrong := list(unlike_their_marks().values_list("event__slug", flat=True).distinct()[:20]):
        log.error("events_unlike_their_marks", events=wrong)


@every(days=1)
def forget_people() -> None:
    """Whoever only waited, then names of those who had a place, asked, told of a saving, or ran the event."""
    do_all(
        operations.forget_who_waited,
        operations.forget_names,
        leads.forget_names,
        floor.forget_who_asked,
        forget_who_ran_events,
        forget_messages,
    )


@every(hours=1)
def write_after_the_day() -> None:
    do_all(feedback.thank_those_who_came, feedback.remind_of_feedback)


@every(days=1)
def forget_offers() -> None:
    do_all(operations.forget_offers, forget_invitations)


@every(days=1)
def forget_who_was_invited() -> None:
    inviting.forget_who_was_invited()


@every(days=1)
def forget_answers() -> None:
    forget_sign_up_answers()


@every(days=1)
def forget_unverified() -> None:
    operations.forget_unverified()
