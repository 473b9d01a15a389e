"""Keys point down the layers: written as strings they are not imports, so the linter cannot see them."""

import tomllib

from django.apps import apps
from django.conf import settings

CONTRACTS = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
LAYERS = next(c["layers"] for c in CONTRACTS if c["name"] == "Apps lean downwards only")
DEPTH = {app.strip(" ()"): depth for depth, layer in enumerate(LAYERS) for app in layer.split("|")}
OURS = [model for model in apps.get_models(include_auto_created=True) if model._meta.app_label in DEPTH]
# Who did it is asked on every floor, so a key to the person may point anywhere.
KEYS = [
    field
    for model in OURS
    for field in (*model._meta.local_fields, *model._meta.local_many_to_many)
    if field.is_relation and field.related_model in OURS and field.related_model._meta.label != settings.AUTH_USER_MODEL
]


def points_up(key) -> bool:
    here, there = key.model._meta.app_label, key.related_model._meta.app_label
    return here != there and DEPTH[here] >= DEPTH[there]


def test_keys_point_down_the_layers():
    assert len(KEYS) > 90
    assert [str(key) for key in KEYS if points_up(key)] == []
