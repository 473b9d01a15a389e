"""The words of a mail: a text template, as plain text and as the same words in HTML. The outbox sends them."""

from typing import Any

from django.conf import settings
from django.template import Context
from django.template.loader import get_template, render_to_string
from django.utils.html import escape, linebreaks, urlize
from django.utils.safestring import mark_safe

from core.text import clean_line


def written(template: str, context: dict[str, Any]) -> tuple[str, str]:
    """Subject and body from `<template>.txt`, whose first line is `Subject: …`, signed by the site.

    It is plain text: nothing in it is escaped, and a name stands as it was typed.
    """
    words_of = get_template(f"{template}.txt").template  # type: ignore[attr-defined]  # Django's own engine has it
    context = {"site_name": settings.SITE_NAME, "base_url": settings.BASE_URL, **context}
    first, _, body = words_of.render(Context(context, autoescape=False)).lstrip().partition("\n")
    return clean_line(first.removeprefix("Subject:")), f"{body.strip()}\n\n{settings.SITE_NAME}\n{settings.BASE_URL}\n"


def as_html(subject: str, body: str) -> str:
    """The same words in HTML."""
    words = mark_safe(linebreaks(urlize(escape(body))))  # noqa: S308 - escaped on the same line
    return render_to_string("emails/base.html", {"site_name": settings.SITE_NAME, "subject": subject, "words": words})
