"""The short code of a place, which people read out at the desk."""

import secrets
from typing import Any

from django.db import models

LETTERS = "346789BCDFGHJKMPQRTVWXY"  # none that looks like another, and no vowels, so that no words come about
DRAWN = 3


def new_code(position: int) -> str:
    """A code like `K7F-004`: three characters drawn, then the position at the event, which no other place there has.

    So no two places of an event share a code, and none has to be looked for before one is given. It opens nothing:
    whoever has another's code can be found at the desk by it, as by a name.
    """
    drawn = "".join(secrets.choice(LETTERS) for _ in range(DRAWN))
    return f"{drawn}-{position:03d}"


def as_code(words: str) -> str:
    """The code that somebody typed, with or without its dash and capitals; empty where it cannot be one."""
    letters = "".join(words.split()).replace("-", "").upper()
    drawn, position = letters[:DRAWN], letters[DRAWN:]
    if len(drawn) < DRAWN or set(drawn) - set(LETTERS) or not (position.isascii() and position.isdigit()):
        return ""
    return f"{drawn}-{int(position[:9]):03d}"


class PlaceCode(models.CharField):
    """A code that is drawn as its row is written, wherever it is empty: also in bulk, and again once it was emptied."""

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        if not getattr(model_instance, self.attname):
            setattr(model_instance, self.attname, new_code(model_instance.position))  # type: ignore[attr-defined]  # a place has one
        return super().pre_save(model_instance, add)
