"""How long a session lasts, and ending all those of one person."""

import time
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse

from accounts.models import User

BEGAN, SEEN = "session_began", "session_seen"
_NOTED_EVERY = 600  # seconds: reading pages writes no session more often than this


def begin(request: HttpRequest) -> None:
    """Note in the session that its person has just signed in."""
    request.session[BEGAN] = request.session[SEEN] = int(time.time())


class SessionLimits:
    """Middleware that ends a session after too long without a request, or too long after sign-in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now, began = int(time.time()), request.session.get(BEGAN, 0)
            away = now - request.session.get(SEEN, 0)
            if away > settings.SESSION_IDLE_SECONDS or now - began > settings.SESSION_COOKIE_AGE:
                logout(request)
            elif away > _NOTED_EVERY:
                request.session[SEEN] = now
        return self.get_response(request)


def end_sessions(person: User, *, but: str | None = None, holding: Iterable[str] = ()) -> int:
    """Sign a person out everywhere, perhaps but for one session; returns how many sessions there were.

    Sessions of anybody that hold one of the words in `holding` end too. Django keeps no list of a person's sessions, so
    every session is decoded, which happens seldom. allauth.usersessions would keep such a list, but with the address
    and browser of every sign-in, three more statements for each living session, and without sessions begun outside it.
    """
    words = list(holding)

    def ends(said: dict[str, Any]) -> bool:
        return str(said.get(SESSION_KEY)) == str(person.pk) or any(word in str(said) for word in words)

    rows = Session.objects.iterator(chunk_size=500)
    keys = [session.pk for session in rows if session.pk != but and ends(session.get_decoded())]
    Session.objects.filter(pk__in=keys).delete()
    return len(keys)
