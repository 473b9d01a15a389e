"""What is built once for everybody answers as the same query built anew, whatever has changed since it was built."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from assets_registry.models import Asset
from core import clock
from councils.models import Organisation
from search import named, places
from search.sources import SOURCES
from tests.factories.assets_registry import AssetFactory
from tests.factories.councils import OrganisationFactory
from tests.factories.events import EventFactory
from tests.factories.voting import BallotFactory
from tests.search import samples

pytestmark = [pytest.mark.sql, pytest.mark.django_db, pytest.mark.usefixtures("short_directory")]
STRANGER = AnonymousUser()


@pytest.fixture
def built_before(monkeypatch):
    """The statements of a process that began a year ago, before any of the records were made."""
    monkeypatch.setattr(places, "_built", {})
    monkeypatch.setattr(named, "_built", {})
    with clock.at(clock.now() - dt.timedelta(days=366)):
        for name in SOURCES:
            places._statement(name, STRANGER)
        named._with_letters("harl")


def rows_of(found):
    return sorted(map(str, map(tuple, found)))


def test_a_stranger_finds_the_rows_that_the_query_built_anew_finds(built_before):
    for name in SOURCES:
        getattr(samples, name)()
    AssetFactory(state=Asset.State.DRAFT)
    EventFactory(state="draft")
    BallotFactory(state="draft")
    keys = {
        name: list(source.visible(STRANGER).model.objects.values_list("pk", flat=True)[:24])
        for name, source in SOURCES.items()
    }
    assert all(keys.values())

    for some in [
        keys,
        *({name: numbers} for name, numbers in keys.items()),
        {name: numbers[-1:] for name, numbers in keys.items()},
    ]:
        anew = rows_of(places._found(some, STRANGER))
        assert rows_of(places._found_by_strangers(some, STRANGER)) == anew
        if some is keys:
            assert 0 < len(anew) < sum(map(len, keys.values()))  # some of them are hidden


def test_a_council_is_looked_up_as_by_the_query_built_anew(built_before):
    OrganisationFactory(name="St Ives", official_name="Town of Saint Ives", former_names="Slepe;Porth Ia")
    OrganisationFactory(name="O’Hara", official_name="O’Hara_10", former_names="")

    for letters in ("harl", "ives", "SLEP", "porth", "o’ha", "nowh"):
        alike = Q(name__icontains=letters) | Q(official_name__icontains=letters) | Q(former_names__icontains=letters)
        anew = Organisation.objects.councils().filter(alike).order_by("name", "pk")
        columns = anew.values_list("pk", "name", "official_name", "former_names")
        assert [tuple(row) for row in named._with_letters(letters)] == list(columns)
