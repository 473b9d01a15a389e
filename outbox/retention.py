"""How long messages are kept: their words a month, that they were sent a year."""

import datetime as dt

from core import clock
from outbox.models import Message, PausedAddress
from outbox.queries import WORDS_KEPT

ROWS_KEPT = dt.timedelta(days=365)
State = Message.State


def forget_words() -> int:
    """Empty the words of messages that were sent a month ago, or could not be; returns how many."""
    old = Message.objects.filter(state__in=[State.SENT, State.FAILED], not_before__lt=clock.now() - WORDS_KEPT)
    return old.exclude(subject="", body="", details={}).update(subject="", body="", details={})


def forget_messages() -> int:
    """Delete what was never sent after a month, and everything after a year; returns how many."""
    now = clock.now()
    never_sent = [State.NOT_NEEDED, State.TURNED_OFF, State.HELD]
    PausedAddress.objects.exclude(address__contains="@").delete()  # erased with its person
    old = Message.objects.filter(state__in=never_sent, not_before__lt=now - WORDS_KEPT)
    return old.delete()[0] + Message.objects.filter(not_before__lt=now - ROWS_KEPT).delete()[0]
