"""The messages under the names of before: the queue names a task by its module, and some may wait there still."""

from events.places.tasks import (
    email_cancellation,
    email_confirmation,
    email_event_cancelled,
    email_event_changed,
    email_offer,
    email_offer_accepted,
    email_promotion,
    email_release,
    email_reminder,
    tell_everyone_of_cancelled_event,
    tell_everyone_of_change,
)

__all__ = [
    "email_cancellation",
    "email_confirmation",
    "email_event_cancelled",
    "email_event_changed",
    "email_offer",
    "email_offer_accepted",
    "email_promotion",
    "email_release",
    "email_reminder",
    "tell_everyone_of_cancelled_event",
    "tell_everyone_of_change",
]
