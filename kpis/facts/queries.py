"""Reads of fact cards for their pages, and of the pages of the site that show one."""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast
from django.urls import reverse

from kpis.facts.models import FactCard, FactQuestion
from publishing.permissions import composed_pages


def questions_with_cards() -> QuerySet[FactQuestion]:
    """The questions that have a card, with their cards in the order in which they were said."""
    return FactQuestion.objects.filter(facts__isnull=False).distinct().prefetch_related("facts")


def pages_that_show(cards: Collection[FactCard]) -> dict[int, list[Any]]:
    """By the key of each card the pages of the site, as everybody sees them, with a block that embeds it; by title.

    One query for each type of page, however many cards there are.
    """
    found: dict[int, list[Any]] = {card.pk: [] for card in cards}
    quoted = {card.pk: f'"{card.get_absolute_url()}"' for card in cards}
    begins = f'"{reverse("kpis:facts")}'
    for model in composed_pages():
        pages = model.objects.live().public().annotate(said=Cast("body", TextField()))
        for page in pages.filter(said__contains=begins):
            for key, address in quoted.items():
                if address in page.said:
                    found[key].append(page)
    return {key: sorted(pages, key=lambda page: page.title) for key, pages in found.items()}
