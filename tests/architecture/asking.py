"""Asking views what they answer, past the middleware, whose pages say nothing here and take their time."""

from typing import NamedTuple

from allauth.core.context import request_context
from allauth.core.exceptions import ImmediateHttpResponse, ReauthenticationRequired
from django.contrib.messages.storage.session import SessionStorage
from django.contrib.sessions.backends.cache import SessionStore
from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.db import transaction
from django.http import Http404
from django.test import RequestFactory
from django.urls import resolve

from accounts.rights import Rights, forget
from core.permissions import SignedOut
from portal.serving.middleware import ForeignRules

# What the middleware makes a page or a redirect of.
_ANSWERED = {
    Http404: 404,
    SignedOut: 302,
    PermissionDenied: 403,
    BadRequest: 400,
    SuspiciousOperation: 400,
    ImmediateHttpResponse: 302,
    ReauthenticationRequired: 302,
}


class Answer(NamedTuple):
    status: int
    page: str = ""
    location: str = ""


def answer_of(person, method, address, *body) -> Answer:
    """What the view behind `address` answers. Any other exception is raised.

    What it did to the database stays: undo it with `undone` or look at it.
    """
    request = getattr(RequestFactory(), method)(address, *body)
    request.user, request.session = person, SessionStore()
    request._messages = SessionStorage(request)
    with request_context(request):
        try:
            request.resolver_match = found = resolve(request.path_info)
            led_away = ForeignRules(found.func).process_view(request, found.func, found.args, found.kwargs)
            response = led_away or found.func(request, *found.args, **found.kwargs)
            if hasattr(response, "render"):
                response.render()
        except tuple(_ANSWERED) as answered:
            return Answer(next(status for kind, status in _ANSWERED.items() if isinstance(answered, kind)))
    page = "" if response.streaming else response.content.decode(errors="replace")
    return Answer(response.status_code, page, response.headers.get("Location", ""))


def undone(person, method, address, *body) -> Answer:
    """The same; afterwards the database is as it was."""
    changes = Rights.changes
    with transaction.atomic():
        answer = answer_of(person, method, address, *body)
        transaction.set_rollback(True)
    if Rights.changes != changes:
        forget()  # what was remembered of rights that have been undone
    return answer
