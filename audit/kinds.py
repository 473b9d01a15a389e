"""The kind of record that a line is about, by the name it was first written under: a model that moved keeps it."""

from django.apps import apps
from django.db.models import Model

_FIRST = {"take_up.adoption": "assets_registry.adoption", "take_up.benefit": "assets_registry.benefit"}
_NOW = {first: now for now, first in _FIRST.items()}


def kind_of(model: type[Model] | Model) -> str:
    """`events.signup`; what the trail calls this model, wherever it is now."""
    label = model._meta.label_lower
    return _FIRST.get(label, label)


def model_of(kind: str) -> type[Model]:
    """The model that the trail calls so; LookupError or ValueError where the site no longer has it."""
    return apps.get_model(_NOW.get(kind, kind))
