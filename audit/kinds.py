"""Names for kinds of record in the audit trail; a model that moved to another app keeps its first name."""

from django.apps import apps
from django.db.models import Model

_FIRST = {"take_up.adoption": "assets_registry.adoption", "take_up.benefit": "assets_registry.benefit"}
_NOW = {first: now for now, first in _FIRST.items()}


def kind_of(model: type[Model] | Model) -> str:
    """The trail's name for a model, wherever it is now: `events.signup`."""
    label = model._meta.label_lower
    return _FIRST.get(label, label)


def model_of(kind: str) -> type[Model]:
    """The model of that name in the trail; LookupError or ValueError where the site no longer has it."""
    return apps.get_model(_NOW.get(kind, kind))
