"""What time triggers."""

import datetime as dt

from core.schedules import every
from outbox import retention


@every(days=1, offset=dt.timedelta(hours=3))
def forget_old_messages() -> None:
    retention.forget_words()
    retention.forget_messages()
