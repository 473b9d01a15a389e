"""HTML of list rows and marks without templates: a page has dozens, and a template for each costs twice as much."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.template import Context
from django.template.base import render_value_in_context
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from core.origin import made_up
from core.words import day_in_words, moment_in_words

COLOURS = {"green", "amber", "violet", "coral", "grey", "teal"}
_MADE_UP = '<span class="govuk-visually-hidden">: made up to show how the portal works</span>'
_PLAIN = Context()


def words(value: Any) -> SafeString:
    """A value as a template prints it: escaped, numbers and moments localised."""
    if isinstance(value, dt.date):
        value = moment_in_words(value) if isinstance(value, dt.datetime) else day_in_words(value)
    return conditional_escape(value if isinstance(value, str) else render_value_in_context(value, _PLAIN))


def link(text: Any, url: str, *, about: str = "") -> SafeString:
    """A link; `about` is for screen readers only, where a page has the same words several times."""
    heard = format_html('<span class="govuk-visually-hidden"> {}</span>', about) if about else ""
    return format_html('<a class="govuk-link" href="{}">{}{}</a>', url, words(text), heard)


def noted(value: Any, *notes: Any) -> SafeString:
    """A value with notes in small letters below it, one line each; empty notes are left out."""
    small = format_html_join("", '<br><small class="muted">{}</small>', ((words(note),) for note in notes if note))
    return format_html("{}{}", words(value), small)


def tag(text: Any, colour: str) -> SafeString:
    """A tag with a state's word; an unknown colour becomes grey."""
    return format_html(
        '<strong class="lda-tag lda-tag--{}">{}</strong>', colour if colour in COLOURS else "grey", words(text)
    )


def origin(record: Any, *, is_said: bool = False) -> SafeString:
    """The mark of a record that has a source or was made up; empty for records that people entered.

    `is_said`: the list already says above that all its rows are made up.
    """
    source = getattr(record, "source", "") or ""
    mark = ""
    if (made_up_words := made_up(record)) and not is_said:
        mark = f'<span class="lda-origin">{made_up_words.capitalize()}{_MADE_UP}</span>'
    from_there = format_html(' <span class="lda-origin lda-origin--source">Source: {}</span>', source) if source else ""
    return mark_safe(mark + from_there)  # noqa: S308 - the source is escaped, the rest is ours


def shared_origin(records: Iterable[Any], *, is_said: bool = False) -> SafeString:
    """The mark that several records share, to print once above them; empty for a single one, or where they differ.

    Rows of a listing count as the records they hold.
    """
    return shared([origin(getattr(each, "record", each), is_said=is_said) for each in records])


def shared(marks: Sequence[SafeString]) -> SafeString:
    """The one mark of several rows; empty for a single row, or where they differ."""
    return marks[0] if len(marks) > 1 and len(set(marks)) == 1 else SafeString()


def row(title: Any, *, url: Any, when: Any, when_note: Any, note: Any, mark: SafeString, record: Any) -> SafeString:
    """One row of a ruled list; `mark` is the tag at its end."""
    dated, beside, below, end = "", "", "", ""
    heading = format_html('<a href="{}">{}</a>', url, words(title)) if url else words(title)
    if when:
        dated = " lda-row--dated"
        small = f" <small>{words(when_note)}</small>" if when_note else ""
        beside = f'\n  <p class="lda-row__when">{words(when)}{small}</p>'
    if note or record:
        below = f'\n    <p class="lda-row__note">{words(note)}{f" {origin(record)}" if record else ""}</p>'
    if mark:
        end = f'\n  <div class="lda-row__tag">{mark}</div>'
    return mark_safe(  # noqa: S308 - every part is escaped above
        f'<li class="lda-row{dated}">{beside}\n  <div class="lda-row__body">\n'
        f'    <p class="lda-row__title">{heading}</p>{below}\n  </div>{end}\n</li>'
    )
