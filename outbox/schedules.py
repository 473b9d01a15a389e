"""What time triggers."""

import datetime as dt

from core.schedules import every
from outbox import digests, retention


@every(days=1, offset=dt.timedelta(hours=3))
def forget_old_messages() -> None:
    retention.forget_words()
    retention.forget_messages()


@every(days=1, offset=dt.timedelta(hours=5))
def ask_for_digests() -> None:
    """Early enough for 7 o'clock in London, in summer too."""
    digests.ask_for_digests()
