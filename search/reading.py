"""The documents that contain a row's data, derived from what each source declares to read.

A change of a row is one line in the change log, however many documents contain it: these are looked up when the log is
followed, in the worker. Only for a row about to be deleted, or one that decides who may find something, are they looked
up at once.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import ManyToManyField, Model

from search.documents import Source
from search.models import Change
from search.sources import SOURCES


@dataclass(frozen=True)
class Reading:
    """A source whose documents read rows of a model, and the lookup from the source to these."""

    source: Source
    lookup: str

    @property
    def restricts(self) -> bool:
        return self.lookup in self.source.restricted_by

    def keys(self, rows: Iterable[Any]) -> set[int]:
        """Keys of the documents that contain data of the rows with these keys."""
        return set(self.source.touched_through(self.lookup, rows))


def _steps(source: Source) -> Iterator[tuple[Any, str]]:
    """Each relation along a source's `reads`, with the lookup up to it."""
    for whole in (*source.reads, *source.restricted_by):
        model, names = source.model, []
        for name in whole.split("__"):
            relation = model._meta.get_field(name)
            names.append(name)
            yield relation, "__".join(names)
            model = relation.related_model  # type: ignore[assignment]  # a class by now


@cache
def readings() -> dict[type[Model], tuple[Reading, ...]]:
    """Every model that a document reads besides its own row, with the sources that read it."""
    found: dict[type[Model], dict[Reading, None]] = defaultdict(dict)
    for source in SOURCES.values():
        for relation, lookup in _steps(source):
            found[relation.related_model][Reading(source, lookup)] = None
    return {model: tuple(each) for model, each in found.items()}


@cache
def links() -> dict[type[Model], ManyToManyField]:
    """Every many-to-many field along what sources read, by the model of its table."""
    steps = (relation for source in SOURCES.values() for relation, _ in _steps(source))
    return {relation.remote_field.through: relation for relation in steps if relation.many_to_many}


@cache
def kinds() -> dict[str, type[Model]]:
    """The models whose changes are logged, by their word in the log: need, councils.service."""
    own = {source.name: source.model for source in SOURCES.values()}
    return own | {model._meta.label_lower: model for model in readings() if not issubclass(model, tuple(own.values()))}


@cache
def kind_of(model: type[Model]) -> str | None:
    """The word for a model in the log; proxies and child models share their parent's."""
    return next((kind for kind, known in kinds().items() if issubclass(model, known)), None)


def watched_models() -> list[type[Model]]:
    """Every model whose rows stand in documents, with its proxies and child models."""
    return [model for model in apps.get_models() if kind_of(model)]


def readings_of(kind: str) -> tuple[Reading, ...]:
    """The readings of the model with this word in the log."""
    model = kinds().get(kind)
    return readings().get(model, ()) if model else ()


def touched_by(changes: Iterable[Change]) -> list[tuple[str, int]]:
    """Source and key of every document that is another after these changes, each once."""
    changed: dict[str, set[int]] = defaultdict(set)
    for change in changes:
        if change.key.isdecimal():
            changed[change.kind].add(int(change.key))
    touched = {(kind, key) for kind, keys in changed.items() if kind in SOURCES for key in keys}
    for kind, keys in changed.items():
        for reading in readings_of(kind):
            touched |= {(reading.source.name, key) for key in reading.keys(keys)}
    return sorted(touched)
