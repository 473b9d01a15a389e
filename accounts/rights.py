"""A person's rights (roles, second factor, memberships), remembered on their user object, which lives as long as a
request, and read anew after any change of the rows that they rest on (`rest_on`).
"""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save

from accounts.models import User
from core.signals import rows_changed

_T = TypeVar("_T")


class Rights:
    """The remembered rights of one person, and how many changes this process had seen when they were read."""

    changes = 0  # seen by this process, of anybody's rows

    def __init__(self) -> None:
        self.as_of = Rights.changes
        self.read: dict[Callable[[User], Any], Any] = {}


def remembered(user: User, read: Callable[[User], _T]) -> _T:
    """Return `read(user)`, called once for each user object until something changes."""
    rights = user.__dict__.get("_rights")
    if rights is None or rights.as_of != Rights.changes:
        rights = user.__dict__["_rights"] = Rights()
    if read not in rights.read:
        rights.read[read] = read(user)
    return rights.read[read]


def forget(**signal: Any) -> None:
    """Read everybody's rights anew from now on."""
    Rights.changes += 1


def rest_on(*models: type[Model]) -> None:
    """Read rights anew after any change of rows of these models."""
    for model in models:
        for signal in (post_save, post_delete, rows_changed, m2m_changed):
            signal.connect(forget, sender=model, dispatch_uid=f"accounts.rights.{model._meta.label}")
