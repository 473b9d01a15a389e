"""A try leaves nothing behind."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.db.models import Model


@contextmanager
def undone() -> Iterator[None]:
    """A context whose changes of the database are undone."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def afresh(value: Any) -> Any:
    """A record as the database has it, with nothing remembered; anything else as it is."""
    return type(value)._base_manager.get(pk=value.pk) if isinstance(value, Model) else value
