"""The words and recipients of each message about a need."""

from collections.abc import Iterable

from django.conf import settings

from accounts.models import User
from core import mail
from projects.needs.models import Need, NeedMove
from projects.needs.queries import who_has


def _address(need: Need) -> str:
    return settings.BASE_URL + need.get_absolute_url()


def _write(people: Iterable[User], template: str, **context: object) -> None:
    for person in people:
        mail.send(to=person.email, template=f"emails/{template}", context={"person": person, **context})


def need_merged(need: Need, *, by: int) -> None:
    if need.state == Need.State.MERGED and need.merged_into:
        into = need.merged_into
        _write(who_has(need).exclude(pk=by), "need_merged", need=need, into=into, url=_address(into))


def need_withdrawn(need: Need, *, by: int) -> None:
    if need.state == Need.State.WITHDRAWN:
        _write(who_has(need).exclude(pk=by), "need_withdrawn", need=need, url=_address(need))


def needs_moved(person: User, moves: list[NeedMove]) -> None:
    """What came of needs that somebody raised or joined: one thing, in one message."""
    if moves and person.is_active:
        needs = [(move.need, _address(move.need)) for move in moves]
        _write([person], "need_moved", move=moves[0], needs=needs, url=settings.BASE_URL + moves[0].path)
