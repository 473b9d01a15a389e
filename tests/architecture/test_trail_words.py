"""Everything that the code writes into the audit trail has words for whoever reads it."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.apps import apps
from django.conf import settings

from audit.acts import ACTS, NOTED

FOLDERS = [Path(app.path) for app in apps.get_app_configs() if Path(app.path).parent == settings.BASE_DIR]


def strings_in(node: ast.AST) -> set[str]:
    return {each.value for each in ast.walk(node) if isinstance(each, ast.Constant) and isinstance(each.value, str)}


def names_in(node: ast.AST) -> set[str]:
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}


def given_to(name: str, function: ast.AST) -> Iterator[str]:
    """What a function may put into a name that it records by."""
    for given in ast.walk(function):
        if isinstance(given, ast.Assign) and any(name in names_in(target) for target in given.targets):
            yield from (words for words in strings_in(given.value) if "." in words)


def records_in(source: str) -> Iterator[tuple[str, set[str]]]:
    """Each act that record(…) or line(…) writes, with the names of its details."""
    for function in (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)):
        for call in (node for node in ast.walk(function) if isinstance(node, ast.Call) and node.args):
            if getattr(call.func, "id", "") in {"log_action", "line"}:
                first = call.args[0]
                acts = given_to(first.id, function) if isinstance(first, ast.Name) else strings_in(first)
                for act in acts:
                    yield act, {str(keyword.arg) for keyword in call.keywords}


@cache
def all_records() -> list[tuple[str, set[str]]]:
    sources = (file.read_text() for folder in FOLDERS for file in folder.rglob("*.py"))
    writing = (source for source in sources if "log_action" in source or "line(" in source)
    return [found for source in writing for found in records_in(source)]


def test_the_walk_finds_acts_that_are_written_in_any_way():
    """The control."""
    found = records_in(
        "def a():\n log_action('x.plain', by=1)\n line('x.one' if b else 'x.other')\n"
        "def b():\n act, c = 'x.named', 1\n log_action(act, n=1)"
    )

    assert {act for act, _ in found} == {"x.plain", "x.one", "x.other", "x.named"}


def test_every_act_that_is_recorded_has_its_words():
    recorded = {act for act, _ in all_records()}

    assert len(recorded) > 80
    assert recorded - set(ACTS) == set(), "Say in audit/acts.py what these are, as a councillor would"


def test_what_an_act_names_in_its_words_is_noted_with_it():
    details = {act: names | {"person"} for act, names in all_records()}
    asked = {act: {part.split("}")[0] for part in words.split("{")[1:]} for act, words in ACTS.items()}

    assert {act for act in details if not asked.get(act, set()) <= details[act]} == set()
    assert set().union(*(names for _, names in all_records())) >= NOTED


def test_no_act_shows_how_it_is_called_in_the_code():
    assert not [words for words in ACTS.values() if "_" in words or words[0].isupper()]
