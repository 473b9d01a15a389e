"""Reads of fact cards for their pages, and of the pages of the site that show one."""

from typing import Any

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from kpis.facts.models import FactCard, FactQuestion
from publishing.permissions import composed_pages


def questions_with_cards() -> QuerySet[FactQuestion]:
    """The questions that have a card, with their cards in the order in which they were said."""
    return FactQuestion.objects.filter(facts__isnull=False).distinct().prefetch_related("facts")


def pages_that_show(card: FactCard) -> list[Any]:
    """The pages of the site, as everybody sees them, with a block that embeds the card; by title."""
    found = []
    for model in composed_pages():
        pages = model.objects.live().public().annotate(said=Cast("body", TextField()))
        found += list(pages.filter(said__contains=f'"{card.get_absolute_url()}"'))
    return sorted(found, key=lambda page: page.title)
