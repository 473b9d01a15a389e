"""The demo programme, once for all tests of this folder, and in the index of either engine, once for a module."""

import io

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test.utils import override_settings

from benchmarks.elastic import engine_of_ones_own
from search import follower
from search.engines.embedded import EmbeddedEngine
from tests.scenes import built_once


@pytest.fixture(scope="package")
def programme(django_db_setup, django_db_blocker):
    """The demo programme."""
    with (
        override_settings(DEMO=True),
        built_once(lambda: call_command("demo", stdout=io.StringIO()), django_db_blocker),
    ):
        yield


@pytest.fixture(scope="module")
def embedded(programme, django_db_blocker, tmp_path_factory):
    engine = EmbeddedEngine(tmp_path_factory.mktemp("index"))
    with django_db_blocker.unblock():
        follower.rebuild(engine)
    return engine


@pytest.fixture(scope="module")
def elastic(programme, django_db_blocker):
    """On the real server."""
    with engine_of_ones_own(settings.ELASTICSEARCH_URL) as engine:
        with django_db_blocker.unblock():
            follower.rebuild(engine)
        yield engine


@pytest.fixture(scope="module", params=["embedded", pytest.param("elastic", marks=pytest.mark.elasticsearch)])
def engine(request):
    """Each engine in turn."""
    return request.getfixturevalue(request.param)
