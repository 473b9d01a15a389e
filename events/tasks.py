"""The tasks under their earlier names: the queue stores a task by its module, and some may still wait there."""

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
