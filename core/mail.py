"""One message to one person: a text template, sent as plain text and as the same words in HTML."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import Context
from django.template.loader import get_template, render_to_string
from django.utils.html import escape, linebreaks, urlize
from django.utils.safestring import mark_safe

from core.text import clean_line


def send(
    *,
    to: str,
    template: str,
    context: dict[str, Any],
    attachments: tuple[tuple[str, str | bytes, str], ...] = (),
    reply_to: str = "",
) -> None:
    """Render `<template>.txt`, whose first line is `Subject: …`, and send it. Call it from a task.

    It is plain text: nothing in it is escaped, and a name stands as it was typed.
    `attachments` are (file name, content, type). An answer goes to `reply_to` where that is given.
    """
    context = {"site_name": settings.SITE_NAME, "base_url": settings.BASE_URL, **context}
    words_of = get_template(f"{template}.txt").template  # type: ignore[attr-defined]  # Django's own engine has it
    first, _, body = words_of.render(Context(context, autoescape=False)).lstrip().partition("\n")
    subject = clean_line(first.removeprefix("Subject:"))
    body = body.strip() + f"\n\n{settings.SITE_NAME}\n{settings.BASE_URL}\n"
    words = mark_safe(linebreaks(urlize(escape(body))))  # noqa: S308 - escaped on the same line
    message = EmailMultiAlternatives(
        subject, body, settings.DEFAULT_FROM_EMAIL, [to], reply_to=[reply_to] if reply_to else None
    )
    message.attach_alternative(
        render_to_string("emails/base.html", {**context, "subject": subject, "words": words}), "text/html"
    )
    for name, content, kind in attachments:
        message.attach(name, content, kind)
    message.send()
