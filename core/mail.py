"""The words of a mail: a text template, as plain text and as the same words in HTML. The outbox sends them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template import Context
from django.template.loader import get_template, render_to_string
from django.utils.html import escape, linebreaks, urlize
from django.utils.safestring import SafeString, mark_safe

from core.text import clean_line


@dataclass(frozen=True)
class MailPart:
    """A part of a mail with a heading of its own."""

    heading: str
    words: str


@dataclass(frozen=True)
class Foot:
    """What stands below a mail: lines of plain text, and for the HTML alone the address that turns its kind off."""

    lines: Sequence[str] = ()
    turn_off: str = ""


def written(template: str, context: dict[str, Any]) -> tuple[str, str]:
    """Subject and body from `<template>.txt`, whose first line is `Subject: …`.

    It is plain text: nothing in it is escaped, and a name stands as it was typed.
    """
    of_file = get_template(f"{template}.txt").template  # type: ignore[attr-defined]  # Django's own engine has it
    context = {"site_name": settings.SITE_NAME, "base_url": settings.BASE_URL, **context}
    first, _, body = of_file.render(Context(context, autoescape=False)).lstrip().partition("\n")
    return clean_line(first.removeprefix("Subject:")), body.strip()


def signed(body: str, foot: Foot = Foot(), sections: Iterable[MailPart] = ()) -> str:
    """A mail as plain text: body, numbered sections, what stands at its foot, the name of the site."""
    numbered = [f"{number}. {each.heading}\n\n{each.words}" for number, each in enumerate(sections, start=1)]
    below = "\n".join([*foot.lines, settings.SITE_NAME, settings.BASE_URL])
    return "\n\n".join([body, *numbered, below]) + "\n"


def as_html(subject: str, body: str, foot: Foot = Foot(), sections: Iterable[MailPart] = ()) -> str:
    """The same mail in HTML."""
    context = {
        "site_name": settings.SITE_NAME,
        "base_url": settings.BASE_URL,
        "subject": subject,
        "words": _html(body),
        "sections": [(each.heading, _html(each.words)) for each in sections],
        "foot": _html("\n".join(foot.lines)),
        "turn_off": foot.turn_off,
    }
    return render_to_string("emails/base.html", context)


def _html(words: str) -> SafeString:
    return mark_safe(linebreaks(urlize(escape(words))))  # noqa: S308 - escaped on the same line
