"""A scene that several tests of a module look at, built once for the module."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.db import transaction

T = TypeVar("T")


@contextmanager
def built_once(build: Callable[[], T], django_db_blocker) -> Iterator[T]:
    """A context with what `build` made; what it wrote is there for each test of the module and rolled back after them.

    What a test changes in the database is undone with the test, in a savepoint; of objects give it a copy.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)
