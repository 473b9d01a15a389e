"""HTML of a listing's options and rows without templates, since a page has dozens."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from core.text import clean_line, first_sentence
from core.words import one_or_many
from design_system.lines import origin, shared, words

_NONE = SafeString()


def options(name: str, shown: Iterable[Any], *, start: int = 0, noun: str = "result") -> SafeString:
    """Checkboxes for a facet's options, each with `value`, `label`, `count` and `is_chosen`."""
    lines = []
    for number, each in enumerate(shown, start=start + 1):
        key = f"{name}-{number}"
        ticked = " checked" if each.is_chosen else ""
        lines.append(
            '<div class="govuk-checkboxes__item">'
            f'<input class="govuk-checkboxes__input" id="{key}" name="{name}" type="checkbox"'
            f' value="{conditional_escape(each.value)}"{ticked}>'
            f'<label class="govuk-label govuk-checkboxes__label" for="{key}">{conditional_escape(each.label)} '
            f'<span class="lda-facet__count">{each.count:,}'
            f'<span class="govuk-visually-hidden"> {one_or_many(each.count, noun)}</span>'
            "</span></label></div>"
        )
    return mark_safe(  # noqa: S308 - names are ours, values and labels are escaped
        f'<div class="govuk-checkboxes govuk-checkboxes--small">{"".join(lines)}</div>'
    )


def facet(each: Any) -> SafeString:
    """One facet: its title, its first options, and the others folded behind “12 more”."""
    more = SafeString()
    if each.more:
        more = format_html(
            '<details class="govuk-details"><summary class="govuk-details__summary">'
            '<span class="govuk-details__summary-text">{} more<span class="govuk-visually-hidden"> for {}</span></span>'
            "</summary>{}</details>",
            len(each.more),
            each.title,
            options(each.name, each.more, start=100),
        )
    return format_html(
        '<fieldset class="govuk-fieldset lda-facet">'
        '<legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{}</legend>{}{}</fieldset>',
        each.title,
        options(each.name, each.options),
        more,
    )


def facts_line(facts: Sequence[Any]) -> str:
    """Facts separated by dots, the first one strong; the style sheet hides a dot at the start of a line."""
    given: list[str] = [words(fact) for fact in facts if fact not in (None, "")]
    given[:1] = [f"<b>{fact}</b>" for fact in given[:1]]
    shown = " ".join(f'<span class="lda-fact">{fact}</span>' for fact in given)
    return f'<span class="lda-row-facts"><span class="lda-row-facts__line">{shown}</span></span>' if shown else ""


def sentence_of(each: Any) -> str:
    """The first sentence of a row's text, without the title where it begins with it."""
    text, title = clean_line(str(each.sentence)), str(each.title)
    if text.startswith(title):
        text = text[len(title) :].lstrip(" .:,;") or text
    return first_sentence(text[:1].upper() + text[1:])


def line(each: Any, *, heading: str = "h2", mark: SafeString = _NONE) -> SafeString:
    """One row: title, sentence, facts, and the record's mark unless the list has said it."""
    about = format_html('<span class="govuk-visually-hidden">: {}</span>', each.about) if each.about else ""
    title = format_html('<a href="{}">{}{}</a>', each.url, words(each.title), about) if each.url else words(each.title)
    below = f'<p class="lda-result__extract">{words(sentence_of(each))}</p>' if each.sentence else ""
    if each.facts or mark:
        below += f'<p class="lda-result__note">{facts_line(each.facts)} {mark}</p>'
    if each.action:
        below += f'<div class="lda-result__action">{words(each.action)}</div>'
    return mark_safe(  # noqa: S308 - every part is escaped above
        f'<li class="lda-result"><{heading}>{title}</{heading}>{below}</li>'
    )


def lines(found: Any, *, heading: str = "h2") -> SafeString:
    """The rows of a page, each group under its heading; without groups each row is a heading of its own."""
    if not any(each.group for each in found.lines):
        return _list(found, found.lines, heading=heading, start=found.page.start_index())
    groups: dict[str, list[Any]] = {}
    for each in found.lines:
        groups.setdefault(each.group, []).append(each)
    return mark_safe(  # noqa: S308 - headings are escaped, rows are ours
        "".join(
            f'<section class="section"><h2 class="heading-l">{words(group)}</h2>{_list(found, rows, heading="h3")}'
            "</section>"
            for group, rows in groups.items()
        )
    )


def _list(found: Any, rows: Iterable[Any], *, heading: str = "h2", start: int = 1) -> SafeString:
    """A numbered list of rows; a mark that all of them share is printed once above them."""
    rows, is_said = list(rows), found.counts.all_illustrative
    marks = [origin(each.record, is_said=is_said) for each in rows]
    above = ""
    if mark_of_all := shared(marks):
        above = f'<p class="lda-result__note">Each of these: {mark_of_all}</p>'
        marks = [_NONE] * len(rows)
    shown = "".join(line(each, heading=heading, mark=mark) for each, mark in zip(rows, marks, strict=True))
    begin = f' start="{start}"' if start > 1 else ""
    return mark_safe(f'{above}<ol class="lda-results"{begin}>{shown}</ol>')  # noqa: S308 - rows are escaped
