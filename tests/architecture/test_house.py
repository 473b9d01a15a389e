"""The house as it is drawn and described is the house that stands."""

import ast
import re
import tomllib
from collections import defaultdict

from django.conf import settings

STYLE = (settings.BASE_DIR / "docs/house-style.md").read_text()
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


def packages_of(folder):
    return {path.parent.name for path in folder.glob("*/__init__.py")}


def test_the_house_style_lists_the_folders_at_the_root():
    listed = set(re.findall(r"^(\w+)/  ", STYLE, re.MULTILINE))
    with_files = {path.name for path in settings.BASE_DIR.iterdir() if path.is_dir() and any(path.glob("*.*"))}

    assert packages_of(settings.BASE_DIR) - {"node_modules"} <= listed
    assert listed <= with_files | {"templates", "tests", "docs"}


def test_the_house_style_names_the_subjects_of_every_app_that_has_them():
    rows = dict(re.findall(r"^\| `(\w+)` \| (.*?) \|$", STYLE, re.MULTILINE))
    layers = {"migrations", "management", "templatetags", "settings"}
    for app in ("events", "projects", "voting", "portal"):
        named = set(re.findall(r"\w+", re.sub(r"\(.*?\)", "", rows[app])))

        assert named == packages_of(settings.BASE_DIR / app) - layers, app


def test_every_file_that_the_documents_name_is_there():
    named = set()
    for path in (settings.BASE_DIR / "docs").glob("*.md"):
        named |= set(re.findall(r"`((?:\w+/)+[\w.]+\.(?:py|html|txt|md))`", path.read_text()))

    assert len(named) > 20
    assert {name for name in named if not (settings.BASE_DIR / name).exists()} == set()


def names_made_in(module):
    """The classes and types that a module makes under a name of its own.

    Not what TypeVars are called, nor `State = Message.State`: that is no second thing of the name.
    """
    for node in ast.parse(module.read_text()).body:
        if isinstance(node, ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.ImportFrom):
            yield from (each.asname for each in node.names if each.asname)
        elif isinstance(node, ast.Assign) and not ast.unparse(node.value).startswith("TypeVar("):
            inner = node.value.attr if isinstance(node.value, ast.Attribute) else ""
            yield from (each.id for each in node.targets if isinstance(each, ast.Name) and each.id != inner)


def test_no_two_modules_make_a_class_or_type_of_the_same_name():
    """Else who reads one takes it for the other. What stands inside a class, as `SignUp.Kind`, is told apart by it."""
    homes = defaultdict(list)
    ours = packages_of(settings.BASE_DIR) - {"node_modules", "tests", "benchmarks"}
    for module in (path for app in ours for path in (settings.BASE_DIR / app).rglob("*.py")):
        if not {"migrations", "commands"} & {*module.parts}:  # where Django asks for Migration and Command
            for name in names_made_in(module):
                if re.match("[A-Z]+[a-z]", name):
                    homes[name].append(module.relative_to(settings.BASE_DIR).as_posix())

    assert len(homes) > 200
    assert {name: where for name, where in homes.items() if len(where) > 1} == {}
