"""Unique addresses of rows (slugs, references, numbers), safe where two requests take the same one at once."""

from collections.abc import Callable, Collection
from typing import Any, TypeVar

from django.db import IntegrityError, models, transaction
from django.utils.text import slugify

from core.errors import Refused

Row = TypeVar("Row", bound=models.Model)
Made = TypeVar("Made")
MOST_ATTEMPTS = 5
# Letters that are no other letter with a mark, so that slugify would drop them.
_LETTERS = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "ß": "ss", "ð": "d", "đ": "d", "þ": "th", "ł": "l", "ħ": "h", "ı": "i", "ŋ": "ng"}
)


def free_slug(model: type[models.Model], text: str, *, reserved: Collection[str] = (), longest: int = 60) -> str:
    """A slug for `text` that no row of `model` has yet: `bin-days`, `bin-days-2`, …

    `reserved` are the words that lead to another page already, as `new` does in /needs/new/.
    """
    base = slugify(text.lower().translate(_LETTERS))[:longest].rstrip("-") or model._meta.model_name or "record"
    if base in reserved:
        base = f"{base}-{slugify(str(model._meta.verbose_name))}"
    taken = _taken(model, base)
    if base not in taken:
        return base
    return next(slug for n in range(2, len(taken) + 3) if (slug := f"{base}-{n}") not in taken)


def _taken(model: type[models.Model], base: str) -> set[str]:
    return set(model._default_manager.filter(slug__startswith=base).values_list("slug", flat=True))


def take_address(
    model: type[models.Model], field: str, propose: Callable[[], Any], make: Callable[[Any], Made]
) -> Made:
    """Return what `make` saves under the address that `propose` returns; again where another request took it first."""
    for attempts_left in reversed(range(MOST_ATTEMPTS)):
        address = propose()
        try:
            with transaction.atomic():
                return make(address)
        except IntegrityError:
            if not attempts_left or not _is_taken(model, field, address):
                raise
    raise AssertionError("the loop returns or raises")


def save_with_address(row: Row, propose: Callable[[], Any], *, field: str) -> Row:
    """Save a new row under an address that is proposed for it."""

    def save(address: Any) -> Row:
        setattr(row, field, address)
        row.save()
        return row

    return take_address(type(row), field, propose, save)


def save_with_slug(row: Row, text: str, *, reserved: Collection[str] = ()) -> Row:
    """Save a new row under a slug made of `text`."""
    return save_with_address(row, lambda: free_slug(type(row), text, reserved=reserved), field="slug")


def save_or_refuse(row: Row, *, field: str, because: str) -> Row:
    """Save a new row under the address that a person has given it; refuse where it is taken."""
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as problem:
        if not _is_taken(type(row), field, getattr(row, field)):
            raise
        raise Refused(because, field=field) from problem
    return row


def _is_taken(model: type[models.Model], field: str, address: Any) -> bool:
    """Whether an integrity error came from the address being taken, rather than from another constraint."""
    return model._default_manager.filter(**{field: address}).exists()
