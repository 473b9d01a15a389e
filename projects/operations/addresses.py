"""Rows whose address is made of their title."""

from typing import Any, TypeVar

from django.db import IntegrityError, models, transaction
from django.utils.text import slugify

from core.text import unique_slug

Row = TypeVar("Row", bound=models.Model)

# Words that are addresses already: /needs/new/.
TAKEN = {"new", "similar"}


def create_with_address(model: type[Row], *, title: str, **fields: Any) -> Row:
    """A row with a slug of its own, also when somebody else takes the same title at the same moment."""
    words = f"{title} {model._meta.verbose_name}" if slugify(title) in TAKEN else title
    for attempts_left in (2, 1, 0):
        try:
            with transaction.atomic():
                return model._default_manager.create(title=title, slug=unique_slug(model, words), **fields)
        except IntegrityError as problem:
            if not attempts_left or "slug" not in str(problem):
                raise
    raise AssertionError("the loop returns or raises")
