"""When a pack was frozen, as its readers are told: how long before its meeting, and that a later one may follow."""

import datetime as dt
from typing import Any

from core import clock
from core.words import counted, day_in_words

# The board reads a pack about a week before it meets; one that is frozen earlier than this says that it is early.
EARLY = dt.timedelta(days=14)


def how_long_before(day: dt.date, meeting: dt.date) -> str:
    """`69 days before the meeting`, `on the day of the meeting`, `3 days after the meeting`."""
    days = (meeting - day).days
    if days == 0:
        return "on the day of the meeting"
    return f"{counted(abs(days), 'day')} {'before' if days > 0 else 'after'} the meeting"


def frozen_when(day: dt.date, meeting: dt.date) -> str:
    """`28 November 2026, 69 days before the meeting`."""
    return f"{day_in_words(day)}, {how_long_before(day, meeting)}"


def is_early(day: dt.date, meeting: dt.date) -> bool:
    """Whether a pack of that day is read more than two weeks before its meeting."""
    return meeting - day > EARLY


def as_at_in_words(content: dict[str, Any]) -> str:
    """As at which day the content of a pack, or of a draft, is told, and that a newer one may follow an early one."""
    meeting, frozen = dt.date.fromisoformat(content["day"]), content.get("frozen_at")
    if frozen is None:
        said = f"As the records stand today, {how_long_before(clock.today(), meeting)}."
        early = "The board reads its pack about a week before it meets. What changes until then stands in no pack that "
        early += "you publish today; you can publish it anew."
        return f"{said} {early}" if is_early(clock.today(), meeting) else said
    day = dt.datetime.fromisoformat(frozen).date()
    said = f"As the records stood on {frozen_when(day, meeting)}."
    if not is_early(day, meeting):
        return said
    return f"{said} It is an early pack: the secretariat can publish it anew nearer the meeting."
