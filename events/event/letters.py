"""A letter about an event: which event, on which day, and its address, whatever the letter is about."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings

from events.event.models import Event
from outbox.kinds import Letter


def letter(event: Event, template: str, attachments: Sequence[Any] = (), **context: Any) -> Letter:
    """The letter `emails/event_<template>`; its subject line names the event with its day or days in short."""
    about = {
        "event": event,
        "event_on_its_day": f"{event.title}, {event.days}",
        "event_url": settings.BASE_URL + event.get_absolute_url(),
    }
    return Letter(f"emails/event_{template}", about | context, tuple(attachments))
