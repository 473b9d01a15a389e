"""Unique addresses of rows (slugs, references, numbers), safe where two requests take the same one at once."""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from functools import reduce
from operator import or_
from typing import Any, TypeVar

from django.db import IntegrityError, models, transaction
from django.db.models import Q
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
    base = _slug_of(model, text, reserved, longest)
    return _first_free(base, _taken(model, Q(slug__startswith=base)))


def free_slugs(
    model: type[models.Model], texts: Sequence[str], *, reserved: Collection[str] = (), longest: int = 60
) -> list[str]:
    """A slug for each text, as `free_slug` makes it, no two alike; in one query, and one for each hundred taken."""
    bases = [_slug_of(model, text, reserved, longest) for text in texts]
    crowded = sorted(_taken(model, Q(slug__in=bases)) | {base for base, n in Counter(bases).items() if n > 1})
    taken: set[str] = set()
    for some in (crowded[start : start + 100] for start in range(0, len(crowded), 100)):
        taken |= _taken(model, reduce(or_, (Q(slug__startswith=base) for base in some)))
    slugs = []
    for base in bases:
        slugs.append(_first_free(base, taken))
        taken.add(slugs[-1])
    return slugs


def _slug_of(model: type[models.Model], text: str, reserved: Collection[str], longest: int) -> str:
    base = slugify(text.lower().translate(_LETTERS))[:longest].rstrip("-") or model._meta.model_name or "record"
    return f"{base}-{slugify(str(model._meta.verbose_name))}" if base in reserved else base


def _taken(model: type[models.Model], condition: Q) -> set[str]:
    return set(model._default_manager.filter(condition).values_list("slug", flat=True))


def _first_free(base: str, taken: Collection[str]) -> str:
    if base not in taken:
        return base
    return next(slug for n in range(2, len(taken) + 3) if (slug := f"{base}-{n}") not in taken)


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
