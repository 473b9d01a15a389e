"""A case study's figures as people read them."""

from core.figures import Figure
from core.words import day_in_words
from publishing.models import CaseStudyPage


def short_figure(page: CaseStudyPage, name: str) -> str:
    """“410 calls” for `before` or `after`, or nothing."""
    value = getattr(page, name)
    return "" if value is None else Figure(value, unit=getattr(page, f"{name}_unit")).with_unit


def figure_in_words(page: CaseStudyPage, name: str) -> str:
    """“410 calls (31 March 2015, measured on 3)”, or nothing."""
    figure, day, n = short_figure(page, name), getattr(page, f"{name}_on"), getattr(page, f"{name}_n")
    notes = [day_in_words(day), f"measured on {n:,}" if n else ""]
    words = ", ".join(note for note in notes if note)
    return f"{figure} ({words})" if figure and words else figure
