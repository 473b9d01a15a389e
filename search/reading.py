"""Which documents a row stands in, worked out from what each source says it reads.

A change of a row is one line in the change log, whatever number of documents it stands in: which these are is asked
when the log is followed, in the worker. Only a row that is about to go, or one that decides who may find something,
is asked for its documents at once.
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
    """A source whose documents read a model's rows, and the lookup that leads to them."""

    source: Source
    lookup: str

    @property
    def restricts(self) -> bool:
        return self.lookup in self.source.restricted_by

    def keys(self, rows: Iterable[Any]) -> set[int]:
        """Keys of the documents that the rows with these keys stand in."""
        return set(self.source.touched_through(self.lookup, rows))


@dataclass(frozen=True)
class Link:
    """A many-to-many on the way from a source to what it reads; `near` is the model at the source's end."""

    near: type[Model]
    field: ManyToManyField
    is_forward: bool  # the near model holds the field

    def near_keys(self, instance: Model, pk_set: Iterable[Any] | None, *, reverse: bool) -> list[Any]:
        """Whose links change: that row, or those that a row of the far end is joined to or parted from."""
        if self.is_forward != reverse:
            return [instance.pk]
        if pk_set is not None:
            return list(pk_set)
        near, far = self.field.m2m_field_name(), self.field.m2m_reverse_field_name()
        near, far = (near, far) if self.is_forward else (far, near)
        rows = self.field.remote_field.through._base_manager.filter(**{far: instance.pk})  # type: ignore[union-attr]  # a class by now
        return list(rows.values_list(near, flat=True))


def _steps(source: Source) -> Iterator[tuple[type[Model], Any, str]]:
    """Each step along what a source reads: the model it sets out from, the relation, the lookup as far as that."""
    for whole in (*source.reads, *source.restricted_by):
        model, names = source.model, []
        for name in whole.split("__"):
            relation = model._meta.get_field(name)
            names.append(name)
            yield model, relation, "__".join(names)
            model = relation.related_model  # type: ignore[assignment]  # a class by now


@cache
def readings() -> dict[type[Model], tuple[Reading, ...]]:
    """Every model that a document reads besides its own row, with the sources that read it."""
    found: dict[type[Model], dict[Reading, None]] = defaultdict(dict)
    for source in SOURCES.values():
        for _, relation, lookup in _steps(source):
            found[relation.related_model][Reading(source, lookup)] = None
    return {model: tuple(each) for model, each in found.items()}


@cache
def links() -> dict[type[Model], tuple[Link, ...]]:
    """Every many-to-many that a document reads through, by the model of its table."""
    found: dict[type[Model], dict[Link, None]] = defaultdict(dict)
    for source in SOURCES.values():
        for near, relation, _ in _steps(source):
            if relation.many_to_many:
                is_forward = isinstance(relation, ManyToManyField)
                field = relation if is_forward else relation.remote_field
                found[field.remote_field.through][Link(near, field, is_forward)] = None
    return {through: tuple(each) for through, each in found.items()}


@cache
def kinds() -> dict[str, type[Model]]:
    """The models whose changes are written down, by the word for them in the log: need, councils.service."""
    own = {source.name: source.model for source in SOURCES.values()}
    return own | {model._meta.label_lower: model for model in readings() if not _is_one_of(model, own.values())}


@cache
def kind_of(model: type[Model]) -> str | None:
    """The word for a model in the log; a proxy of a model and what inherits from it are called as that is."""
    return next((kind for kind, known in kinds().items() if issubclass(model, known)), None)


def _is_one_of(model: type[Model], known: Iterable[type[Model]]) -> bool:
    return issubclass(model, tuple(known))


def watched_models() -> list[type[Model]]:
    """Every model whose rows stand in documents, the proxies and heirs among them."""
    return [model for model in apps.get_models() if kind_of(model)]


def readings_of(kind: str) -> tuple[Reading, ...]:
    """The sources that read the rows which the log calls by this word."""
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
