"""The sessions that sockets were opened with, and whether they still hold."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.sessions.models import Session

from accounts.models import User
from core import clock


@dataclass(frozen=True)
class Watcher:
    """The session that a socket was opened with; empty for a visitor without an account."""

    session_key: str = ""
    person: int | None = None
    password: str = ""  # the hash: once it changes, earlier sessions are void


def watcher_of(scope: dict[str, Any]) -> Watcher:
    user = scope.get("user")
    if user is None or not user.is_authenticated:
        return Watcher()
    return Watcher(scope["session"].session_key or "", user.pk, user.password)


def gone(watchers: Iterable[Watcher]) -> set[Watcher]:
    """The watchers whose session has ended, account is closed or password has changed."""
    watchers = set(watchers)
    living = set(
        Session.objects.filter(
            session_key__in={w.session_key for w in watchers}, expire_date__gt=clock.now()
        ).values_list("session_key", flat=True)
    )
    people: dict[int | None, str] = dict(
        User.objects.filter(pk__in={w.person for w in watchers}, is_active=True).values_list("pk", "password")
    )
    return {w for w in watchers if w.session_key not in living or people.get(w.person) != w.password}
