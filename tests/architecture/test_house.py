"""The drawing of the house in docs/architecture.md shows the floors that the import contract sets."""

import re
import tomllib

from django.conf import settings

ROOM = re.compile(r'<text class="app[^"]*" x="[\d.]+" y="(\d+)"[^>]*>(\w+)</text>')


def floors_of_the_contract():
    contracts = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["name"] == "Apps lean downwards only")
    floors = [[app for app in layer.replace(" ", "").split("|") if not app.startswith("(")] for layer in layers]
    return [set(floor) for floor in floors if floor]


def test_the_drawing_has_the_floors_of_the_contract():
    drawn = {}
    for height, app in ROOM.findall((settings.BASE_DIR / "docs/house.svg").read_text()):
        drawn.setdefault(int(height), set()).add(app)

    assert [drawn[height] for height in sorted(drawn)] == floors_of_the_contract()
