"""A form that makes a record counts once, however often it is sent.

Such a form carries a token (`{% form_token %}`). Its first post claims the token in the transaction that writes the
record; a second one waits for it and is answered as the first was.

A person who goes back and sends the form again sends a new token, since the browser stores no page and fills in what
was typed by itself. So the same words from the same person also count once, for a short while and as long as that
person does nothing else: after withdrawing or undoing what the first form made, they mean a second one.
"""

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.crypto import salted_hmac

from accounts.models import SentForm
from audit.models import AuditEvent
from audit.owners import done_by
from core import clock
from core.answering import is_done
from core.permissions import SentDifferently
from core.statements import cursor_that_prepares

FIELD = "form_token"
A_SHORT_WHILE = dt.timedelta(minutes=10)
# `anyway` is what a button or a box says to go on with the same words.
_NOT_TYPED = {FIELD, "csrfmiddlewaretoken", "anyway"}


class FormsCountOnce:
    """Middleware that lets a form with a token through once, and answers it the same way when it comes again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if request.method != "POST" or not request.POST.get(FIELD) or not request.user.is_authenticated:
            return None
        with transaction.atomic():
            form, is_first = _claim(request)
            if not is_first:
                return _answer_again(request, form)
            response = view(request, *args, **kwargs)
            if is_done(request, response):
                _note(form, answer=response["Location"])
            else:
                transaction.set_rollback(True)  # nothing was made, so the form may come again
            return response


# Answers the row's number, where the first post with this key led (empty in the post that makes the row), and the
# newest other form with the same words. Waits for a post that is claiming the key at the same moment.
_CLAIM = """
INSERT INTO "accounts_sentform" ("key", "body", "answer", "sent_at") VALUES (%s, %s, '', %s)
ON CONFLICT ("key") DO UPDATE SET "key" = excluded."key"
RETURNING "id", "answer", (
    SELECT earlier."id" FROM "accounts_sentform" earlier
    WHERE earlier."body" = %s AND earlier."sent_at" > %s AND earlier."key" <> %s
    ORDER BY earlier."sent_at" DESC LIMIT 1
)
"""

_NOTE = 'UPDATE "accounts_sentform" SET "answer" = %s, "sent_at" = %s WHERE "id" = %s'


def _claim(request: HttpRequest) -> tuple[SentForm, bool]:
    """The row of this form, and whether it is new, in one statement: many wait for what its view locks."""
    key, body, now = _digest(str(request.user.pk), request.path, request.POST[FIELD]), _body(request), clock.now()
    at, lately = map(connection.ops.adapt_datetimefield_value, (now, now - A_SHORT_WHILE))
    with cursor_that_prepares(connection) as cursor:
        cursor.execute(_CLAIM, [key, body, at, body, lately, key])
        number, answer, earlier = cursor.fetchone()
    if answer:
        return SentForm.objects.get(pk=number), False
    if earlier and (again := _just_sent(request, earlier)):
        transaction.set_rollback(True)  # this one makes nothing
        messages.info(request, "You sent this a moment ago, so it counts once.")
        return again, False
    return SentForm(pk=number, key=key, body=body), True


def _note(form: SentForm, *, answer: str) -> None:
    """Keep where this form led, and when; in plain SQL like the claim, for both are paid by every form that is sent."""
    now = connection.ops.adapt_datetimefield_value(clock.now())
    with cursor_that_prepares(connection) as cursor:
        cursor.execute(_NOTE, [answer, now, form.pk])


def _just_sent(request: HttpRequest, number: int) -> SentForm | None:
    """The form that this person sent a short while ago with the same words, if they have done nothing else since."""
    form = SentForm.objects.get(pk=number)
    return None if AuditEvent.objects.filter(done_by(request.user.pk), at__gt=form.sent_at).exists() else form


def _answer_again(request: HttpRequest, form: SentForm) -> HttpResponse:
    if form.body != _body(request):
        raise SentDifferently(form.answer)
    return redirect(form.answer)


def _body(request: HttpRequest) -> str:
    typed = sorted((name, values) for name, values in request.POST.lists() if name not in _NOT_TYPED)
    return _digest(str(request.user.pk), request.path, json.dumps([request.GET.urlencode(), typed]))


def _digest(*words: str) -> str:
    """A digest that says whether two forms are the same, and nothing about their content."""
    return salted_hmac("accounts.sent_forms", json.dumps(words), algorithm="sha256").hexdigest()


def forget_sent_forms() -> int:
    """Delete the forms that no page can send any more: those older than a session may be."""
    oldest = clock.now() - dt.timedelta(seconds=settings.SESSION_COOKIE_AGE)
    return SentForm.objects.filter(sent_at__lt=oldest).delete()[0]
