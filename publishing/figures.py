"""A case study's figures as people read them."""

import hashlib
import re

from django.db.models import Q

from core.figures import Figure
from core.words import day_in_words
from publishing.models import CaseStudyPage
from take_up.models import Benefit, unit_in_words

KEPT = 500  # characters of the figures that were checked
_EACH = ("a", "an", "per", "each", "every")
_OF_EACH = re.compile(rf" ({'|'.join(_EACH)}) (\w+)$", re.IGNORECASE)


def short_figure(page: CaseStudyPage, name: str, *, places: int | None = None) -> str:
    """“410 calls” for `before` or `after`, or nothing."""
    value = getattr(page, name)
    return "" if value is None else Figure(value, unit=getattr(page, f"{name}_unit"), places=places).with_unit


def figure_in_words(page: CaseStudyPage, name: str, *, places: int | None = None) -> str:
    """“410 calls (31 March 2015, measured on 3)”, or nothing."""
    figure, day, n = short_figure(page, name, places=places), getattr(page, f"{name}_on"), getattr(page, f"{name}_n")
    notes = [day_in_words(day), f"measured on {n:,}" if n else ""]
    words = ", ".join(note for note in notes if note)
    return f"{figure} ({words})" if figure and words else figure


def figures_of(page: CaseStudyPage) -> str:
    """Its figures and the note on them as one sentence: a check holds as long as it is the same.

    One that is too long to be kept is cut, and ends in a digest of the whole.
    """
    before, after = (figure_in_words(page, name, places=_places_kept(page, name)) for name in ("before", "after"))
    figures = f"{page.measure}: {before} → {after}"
    whole = f"{figures}; {page.figures_note}" if page.figures_note else figures
    if len(whole) <= KEPT:
        return whole
    digest = f"… ({hashlib.sha256(whole.encode()).hexdigest()[:16]})"
    return whole[: KEPT - len(digest)] + digest


def _places_kept(page: CaseStudyPage, name: str) -> int | None:
    """Two decimals or none, “18.50%”: as the sentences of older checks were kept, which still hold."""
    value = getattr(page, name)
    return None if value is None or value == int(value) else 2


def same_measure(page: CaseStudyPage) -> Q:
    """Promises of the measure of a page in its unit, whichever way it is spelled: Calls per month, calls a month."""
    units = Q()
    for unit in _spellings(page.after_unit):
        units |= Q(unit__iexact=unit)
    return Q(title__iexact=page.measure) & units if page.measure else Q(pk=None)


def is_same_measure(promise: Benefit, page: CaseStudyPage) -> bool:
    """The same of one promise that is in hand."""
    units = [unit.lower() for unit in _spellings(page.after_unit)]
    return promise.title.lower() == page.measure.lower() and promise.unit.lower() in units


def _spellings(unit: str) -> list[str]:
    unit = unit_in_words(unit)
    each = _OF_EACH.search(unit)
    return [f"{unit[: each.start()]} {word} {each[2]}" for word in _EACH] if each else [unit]
