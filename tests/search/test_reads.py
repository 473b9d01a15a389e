"""A source names what its documents read; a change of any row that it reads renews the document."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import Model
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, Site

from search import reading, receivers
from search.models import Change
from search.sources import SOURCES
from tests.search import samples

pytestmark = [pytest.mark.sql, pytest.mark.django_db]

# What frameworks keep for themselves; no word of it stands in a document.
FRAMEWORK = {ContentType, Locale, Site}
TABLES = {m._meta.db_table: m for m in apps.get_models(include_auto_created=True) if not m._meta.proxy}
READ = re.compile(r'(?:FROM|JOIN) "(\w+)"')


@pytest.fixture
def without():
    """A function: carry something out while a source says nothing of one of its lookups."""

    def forget() -> None:
        for derived in (reading.readings, reading.links, reading.kinds, reading.kind_of):
            derived.cache_clear()

    def carry_out(name: str, lookup: str, action: Callable[[], list[str]]) -> list[str]:
        source = SOURCES[name]
        said = {each: tuple(n for n in getattr(source, each) if n != lookup) for each in ("reads", "restricted_by")}
        try:
            SOURCES[name] = replace(source, **said)
            forget()
            return action()
        finally:
            SOURCES[name] = source
            forget()

    return carry_out


def read_for(name: str, key: int) -> tuple[list[Model], set[type[Model]]]:
    """The rows, and the models of the tables, that are read while the document of a record is made."""
    rows: dict[tuple[type[Model], int], Model] = {}
    real = Model.from_db.__func__

    def noted(model, *given):
        row = real(model, *given)
        return rows.setdefault((model, row.pk), row)

    with pytest.MonkeyPatch.context() as patched, CaptureQueriesContext(connection) as queries:
        patched.setattr(Model, "from_db", classmethod(noted))
        source = SOURCES[name]
        assert source.to_document(source.rows().get(pk=key))
    tables = {TABLES[table] for query in queries for table in READ.findall(query["sql"])}
    return [row for row in rows.values() if type(row) not in FRAMEWORK], tables - FRAMEWORK


def undeclared(name: str, key: int, rows: list[Model], tables: set[type[Model]]) -> list[str]:
    """What the document is made of without being renewed by a change of it."""

    def renews(row: Model) -> bool:
        Change.objects.all().delete()
        if reading.kind_of(type(row)):
            receivers.row_changed(row)
        return (name, key) in reading.touched_by(Change.objects.all())

    def is_declared(model: type[Model]) -> bool:
        readings = reading.readings().get(model, ())
        is_own = issubclass(model, SOURCES[name].model)
        return is_own or model in reading.links() or any(each.source.name == name for each in readings)

    return [
        *(f"{type(row).__name__} {row.pk}" for row in rows if not renews(row)),
        *(table.__name__ for table in tables if not is_declared(table)),
    ]


@pytest.mark.parametrize("name", SOURCES)
def test_every_row_that_a_document_reads_renews_it(name, without):
    record = getattr(samples, name)()
    read = read_for(name, record.pk)

    assert undeclared(name, record.pk, *read) == []

    # The control: whatever a source leaves unsaid is noticed, unless another lookup leads past it.
    said = (*SOURCES[name].reads, *SOURCES[name].restricted_by)
    for lookup in said:
        if not any(other.startswith(f"{lookup}__") for other in said):
            assert without(name, lookup, lambda: undeclared(name, record.pk, *read)), f"it does not read {lookup}"


@pytest.mark.parametrize("name", SOURCES)
def test_the_record_that_proves_it_leaves_no_link_empty(name):
    """An empty link is never read, so what reads it would not be noticed."""
    record = getattr(samples, name)()
    links = [*record._meta.local_many_to_many, *(field for field in record._meta.local_fields if field.remote_field)]
    # A picture, what was promised, what people answered and what is sealed stand beside the words; a merged need has no
    # document, and a run-off copies no round that was void.
    left_out = {"picture", "benefits", "merged_into", "feedback_round", "question_set", "sealed"}
    left_out |= {"reasons_sealed", "copy_of"}
    if name == "decision":  # it is about one record at most; the sample is about a business case
        left_out |= {"project", "block", "promise"}

    rows = type(record)._base_manager.filter(pk=record.pk)
    empty = [each.name for each in links if not rows.filter(**{f"{each.name}__isnull": False}).exists()]

    assert set(empty) <= left_out
