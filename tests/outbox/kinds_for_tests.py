"""Kinds of message that only the tests of the outbox know."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from accounts.models import User
from outbox import kinds
from outbox.kinds import Letter, MessageKind
from outbox.models import Pace

TEMPLATE = "emails/_event_where"  # says {{ event.where }}, and has no subject


def _where(person: User, to: User | None, where: str = "Town Hall") -> Letter | None:
    return Letter(TEMPLATE, {"event": {"where": where}}) if person.name != "Nobody" else None


NOTICE = MessageKind("tests.notice", "A notice", User, _where)
NEWS = MessageKind("tests.news", "News", User, _where, can_be_turned_off=True)
ROUND_UP = MessageKind("tests.round_up", "A round-up", User, _where, can_be_turned_off=True, default=Pace.WEEKLY)
CODE = MessageKind("tests.code", "A code", holds_a_right=True, lasts=dt.timedelta(minutes=15))
BROKEN = MessageKind("tests.broken", "A message that cannot be written", User, lambda about, to: 1 / 0)
BROKEN_NEWS = MessageKind("tests.broken_news", "News that cannot be written", User, lambda about, to: 1 / 0, True)
ALL = (NOTICE, NEWS, ROUND_UP, CODE, BROKEN, BROKEN_NEWS)


@contextmanager
def known() -> Iterator[None]:
    """The registry with these kinds in it."""
    kinds.discover()
    kinds.KINDS.update({one.name: one for one in ALL})
    try:
        yield
    finally:
        for one in ALL:
            del kinds.KINDS[one.name]
