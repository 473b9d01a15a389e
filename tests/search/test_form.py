"""The words of documents are those of their form, and change with a row, with the form or on a day that is watched.

After other words: raise FORM in search/documents.py, so that every index is rebuilt. Then write them down:
`WRITE_DOCUMENTS=1 .venv/bin/python -m pytest tests/search/test_form.py -n0`
Where only the samples or factories of the tests have changed, write them down without raising it.
"""

import datetime as dt
import json
import os
import re
from dataclasses import asdict
from pathlib import Path

import pytest
from django.db import transaction

from core import clock
from councils.models import Organisation
from search import schedules
from search.documents import FORM
from search.models import Change
from search.reading import touched_by
from search.sources import SOURCES
from tests.factories.assets_registry import AssetFactory
from tests.factories.councils import OrganisationFactory
from tests.factories.projects import NeedFactory
from tests.factories.take_up import AdoptionFactory
from tests.search import samples

pytestmark = pytest.mark.django_db

WRITTEN = Path(__file__).parent / "documents.json"
NIGHT, MORNING = dt.datetime(2026, 3, 31, 12), dt.datetime(2026, 4, 1, 12)


def made(name: str, key: int) -> dict:
    source = SOURCES[name]
    return asdict(source.to_document(source.rows().get(pk=key)))


def plain(value):
    """The words of a document: without numbers and days, which differ from one run to the next."""
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    return re.sub(r"\d+", "0", "" if value is None else str(value))


def test_documents_have_the_words_of_their_form():
    now = {"FORM": str(FORM)}
    for name in SOURCES:
        with transaction.atomic(), clock.at(NIGHT):
            now[name] = plain(made(name, getattr(samples, name)().pk))
            transaction.set_rollback(True)
    if os.environ.get("WRITE_DOCUMENTS"):
        WRITTEN.write_text(json.dumps(now, indent=1, ensure_ascii=False) + "\n", "utf-8")

    written = json.loads(WRITTEN.read_text("utf-8"))
    other = [name for name in now if now[name] != written.get(name)]
    assert not other, f"Not as written in tests/search/documents.json: {', '.join(other)}. {__doc__.partition('.')[2]}"


@pytest.mark.parametrize("name", SOURCES)
def test_no_document_changes_with_the_day_alone_where_no_day_is_watched(name):
    with clock.at(NIGHT):
        key = getattr(samples, name)().pk
        before = made(name, key)

    with clock.at(MORNING + dt.timedelta(days=3650)):
        assert made(name, key) == before


def test_what_a_council_that_has_ended_changes_is_renewed_the_next_day():
    with clock.at(NIGHT):
        council = OrganisationFactory(ends_on=NIGHT.date())
        adoption = AdoptionFactory(asset=AssetFactory(), council=council)
        need = NeedFactory(council=council)
        keys = {("council", council.pk), ("asset", adoption.asset_id), ("need", need.pk)}
        before = {name: made(name, key) for name, key in keys}
    Change.objects.all().delete()

    with clock.at(MORNING):
        schedules.renew_what_changes_with_the_day()

        assert {name for name, key in keys if made(name, key) != before[name]} == {"council", "asset", "need"}
        assert keys <= {*touched_by(Change.objects.all())}


def test_nothing_is_renewed_of_councils_that_ended_long_ago():
    Change.objects.all().delete()
    assert Organisation.objects.filter(ends_on__lt=NIGHT).exists()

    with clock.at(dt.datetime(2026, 12, 1, 12)):
        schedules.renew_what_changes_with_the_day()

    assert not Change.objects.exists()
