"""A case study as its author has answered so far: nothing is saved, and no page stands in the tree."""

from decimal import Decimal
from itertools import groupby
from typing import Any

from django.utils.html import escape

from core.figures import PERCENT, POUNDS, Figure, Share
from core.text import first_sentence
from core.words import day_in_words, month_in_words, one_or_many
from publishing.models import CaseStudyPage, Interview
from publishing.models.case_study import RICH_TEXTS

MOST_WORDS = 60
MOST_CHARACTERS = 500
LONGEST_NOTE = 240  # characters, of what was counted
_PLAIN = (
    "title", "project", "asset", "service", "who", "happened_on", "measure", "before", "before_n", "before_on",
    "after", "after_n", "after_on", "cost", "contact", "summary",
)  # fmt: skip
_MARKS = ("- ", "* ", "• ")
_ENDS = (".", "!", "?", "…")
COUNTED_BY = {"us": "", "supplier": "Our supplier counted.", "estimate": "An estimate."}


def fields_of(said: dict[str, Any]) -> dict[str, Any]:
    """What was answered, as the fields of a page: paragraphs, one unit for both figures, who counted as a note."""
    fields = {name: said[name] for name in _PLAIN if said.get(name) not in (None, "")}
    fields |= {name: paragraphs(said[name]) for name in RICH_TEXTS if said.get(name)}
    if fields.get("before") is not None:
        fields["before_unit"] = said.get("unit", "")
    if fields.get("after") is not None:
        fields["after_unit"] = said.get("unit", "")
    notes = [said.get("figures_note", ""), COUNTED_BY.get(said.get("counted_by", ""), "")]
    fields["figures_note"] = " ".join(note for note in notes if note)
    if said.get("made_up") and (said.get("before"), said.get("after")) != (None, None):
        fields["is_illustrative"] = True
    fields.setdefault("summary", summary_of(said))
    return fields


def draft_of(interview: Interview, said: dict[str, Any]) -> CaseStudyPage:
    """The page as it would be if it were made now; it has no key."""
    page = CaseStudyPage(council=interview.council, picture=interview.picture, live=False, **fields_of(said))
    page.was_asked = False  # nobody follows up what is not published
    return page


def paragraphs(words: str) -> str:
    """Text of several lines as the markup of a page: an empty line parts paragraphs, lines with “-” are a list."""
    blocks = ([line.strip() for line in block.split("\n") if line.strip()] for block in words.split("\n\n"))
    return "".join(_block(lines) for lines in blocks if lines)


def _block(lines: list[str]) -> str:
    """Lines between two empty ones: those that begin with a mark are a list, those around it paragraphs."""
    parts = ((is_list, list(part)) for is_list, part in groupby(lines, key=lambda line: line.startswith(_MARKS)))
    return "".join(_list(part) if is_list else _paragraph(part) for is_list, part in parts)


def _list(lines: list[str]) -> str:
    return f"<ul>{''.join(f'<li>{escape(line[2:].strip())}</li>' for line in lines)}</ul>"


def _paragraph(lines: list[str]) -> str:
    return f"<p>{'<br/>'.join(escape(line) for line in lines)}</p>"


def change_in_words(said: dict[str, Any]) -> str:
    """“98 fewer calls a month, 31% less.”; nothing without two figures."""
    before, after, unit = said.get("before"), said.get("after"), said.get("unit", "")
    if before is None or after is None or not unit:
        return ""
    if before == after:
        return "No change."
    by, less, fewer = abs(after - before), *(("less", "fewer") if after < before else ("more", "more"))
    difference = Figure(by, unit=unit)
    if unit.startswith(PERCENT):
        return f"{difference.number} {one_or_many(by, 'point')} {less}."
    if unit.startswith(POUNDS):
        words = f"{difference.with_unit} {less}"
    else:
        words = f"{difference.number} {fewer}{difference.with_unit.removeprefix(difference.number)}"
    share = Share(int(by * 100), int(before * 100), places=0).with_unit if before > 0 else ""
    return f"{words}, {share} {less}." if share else f"{words}."


def figures_in_words(said: dict[str, Any]) -> str:
    """“Calls about missed bins: from 312 to 214 calls a month (March 2026 to September 2026).”; nothing without any."""
    after, unit = said.get("after"), said.get("unit", "")
    if after is None:
        return ""
    measure = said.get("measure") or "The figure"
    now = Figure(after, unit=unit).with_unit
    if said.get("before") is None:
        day = f", {month_in_words(said['after_on'])}" if said.get("after_on") else ""
        return f"{measure}: {now}{day}."
    before, first, last = beside_another(said["before"], unit), said.get("before_on"), said.get("after_on")
    if first and last:
        months = [month_in_words(day) for day in (first, last)]
        days = months if months[0] != months[1] else [day_in_words(day) for day in (first, last)]
        return f"{measure}: from {before} to {now} ({' to '.join(days)})."
    of_first, of_last = f" ({month_in_words(first)})" if first else "", f" in {month_in_words(last)}" if last else ""
    return f"{measure}: from {before}{of_first} to {now}{of_last}."


def beside_another(value: Decimal, unit: str) -> str:
    """“£5.60”, “37%”, “410”: a figure that stands before another in the same unit."""
    number = Figure(value, unit=unit).number
    return f"{number}{PERCENT}" if unit.startswith(PERCENT) else number


def _without_marks(words: str) -> str:
    """Text whose lists are sentences: “We made: one form, a list in the cab.”; any other as it is.

    A list that goes on with the words before it is told off with commas; of any other, each item is a sentence.
    """
    lines = [line.strip() for line in words.split("\n") if line.strip()]
    parts: list[str] = []
    for is_list, group in groupby(lines, key=lambda line: line.startswith(_MARKS)):
        if not is_list:
            parts.append(" ".join(group))
            continue
        items = [item for line in group if (item := line[2:].strip().rstrip(".;,"))]
        goes_on = bool(parts) and not parts[-1].endswith(_ENDS)
        if goes_on and not parts[-1].endswith(":"):
            parts[-1] += ":"
        if goes_on and not any(item[0].isupper() for item in items):
            items = [", ".join(items)] if items else []
        else:
            items = [item[0].upper() + item[1:] for item in items]
        parts += [item if item.endswith(_ENDS) else f"{item}." for item in items]
    return " ".join(parts)


def summary_of(said: dict[str, Any]) -> str:
    """At most sixty words made of the answers: what was wrong, what was done, what came of it."""
    told = [_without_marks(said[name]) for name in ("problem", "what_we_did") if said.get(name)]
    parts = [first_sentence(words, most=160) for words in told]
    result = figures_in_words(said)  # what others look for: there is room for it, whatever else is left out
    words: list[str] = []
    for part in parts:
        longer = [*words, *(part if part.endswith(_ENDS) else f"{part}.").split()]
        whole = " ".join([*longer, *result.split()])
        if len(whole.split()) <= MOST_WORDS and len(whole) <= MOST_CHARACTERS:
            words = longer
    return " ".join([*words, *result.split()])[:MOST_CHARACTERS]
