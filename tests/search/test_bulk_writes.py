"""Bulk writes of rows that stand in documents are announced, since they send no signals of their own."""

import ast
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db.models import Model

from search.reading import kind_of, watched_models
from search.sources import SOURCES

BULK = {"update", "bulk_create", "bulk_update", "_raw_delete"}
# Each needs no word of its own, for the reason beside it.
EXCUSED = {
    "publishing/blocks/carrying.py: page": "a migration’s, which says the same in another form",
    "assets_registry/operations/importing.py: Asset": "what calls these two announces the rows of both",
    "events/places/operations/queue.py: Event": "raises counters, which no document holds",
    "events/programme/agenda_rows.py: AgendaItem": "the event is saved in the same transaction",
    "events/programme/agenda_rows.py: Speaker": "the event is saved in the same transaction",
    "portal/demo/told.py: entrance": "who belongs to a group, which no document holds",
    "projects/blocks/operations.py: Block": "they were merged before, and no document says into which",
    "publishing/operations.py: CaseStudyPage": "a page that is not live yet; publishing it is told",
    "portal/demo/editorial.py: NewsPage": "a page that is not live yet; publishing it is told",
    "voting/ballots/drafts.py: Option": "the ballot is saved in the same transaction",
    "voting/ballots/operations/drafts.py: Option": "the ballot is saved in the same transaction",
}


@pytest.fixture(scope="module")
def names() -> dict[str, type[Model]]:
    """The models whose rows stand in documents, by their own names and by those that other rows reach them by."""
    models = watched_models()
    reached = {
        relation.get_accessor_name(): relation.related_model
        for model in models
        for relation in model._meta.related_objects
        if relation.related_model in models and relation.get_accessor_name()
    }
    return reached | {model.__name__: model for model in models}


def _chain(node: ast.AST) -> Iterator[str]:
    """The names along Event.objects.filter(…).update, from its end to its beginning."""
    while True:
        if isinstance(node, ast.Call):
            node = node.func
        elif isinstance(node, ast.Attribute):
            yield node.attr
            node = node.value
        else:
            if isinstance(node, ast.Name):
                yield node.id
            return


def bulk_writes(source: str, names: dict[str, type[Model]]) -> Iterator[str]:
    """What a module writes in bulk without announcing it, and not in unseen fields alone: models, or what stands
    for one that is handed in.
    """
    for function in (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)):
        if any(isinstance(node, ast.Name) and node.id == "rows_changed" for node in ast.walk(function)):
            continue
        for call in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
            last, *before = [*_chain(call.func), ""]
            if last not in BULK:
                continue
            model = next((names[name] for name in before if name in names), None)
            if model and not _writes_unseen_fields_alone(call, model):
                yield model.__name__
            elif not model and "objects" in before and before[-2].islower():
                yield before[-2]


def _writes_unseen_fields_alone(call: ast.Call, model: type[Model]) -> bool:
    source = SOURCES.get(kind_of(model) or "")
    fields = {keyword.arg for keyword in call.keywords}
    return bool(source and fields and fields <= source.unseen)


def test_whoever_writes_such_rows_in_bulk_says_so(names):
    found = {
        f"{path.relative_to(settings.BASE_DIR)}: {name}"
        for app in settings.BASE_DIR.glob("*/apps.py")
        for path in app.parent.rglob("*.py")
        if "migrations" not in path.parts
        for name in bulk_writes(path.read_text(), names)
    }

    assert found == set(EXCUSED)


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ('Need.objects.filter(pk=1).update(title="Bins")', ["Need"]),
        ("ballot.options.all().update(order=1)", ["Option"]),
        ("Service.objects.bulk_create(services)", ["Service"]),
        ("Event.objects.filter(pk=1).update(places_taken=1)", []),
        ("Need.objects.filter(pk=1).update(title='Bins'); rows_changed.send(sender=Need, keys=[1])", []),
        ("services.objects.filter(pk=1).update(name='Bins')", ["services"]),
        ("context.update(title='Bins')", []),
    ],
)
def test_a_write_in_bulk_is_seen(names, written, found):
    assert list(bulk_writes(f"def write():\n    {written}\n", names)) == found
