"""The demo programme in the index of either engine, once for a module."""

import io
import uuid

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test.utils import override_settings

from search import follower
from search.engines.elastic import ElasticEngine
from search.engines.embedded import EmbeddedEngine
from tests.scenes import built_once


@pytest.fixture(scope="module")
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
    """On the real server, with a prefix of its own; patient, since the machine may be busy."""
    engine = ElasticEngine(settings.ELASTICSEARCH_URL, prefix=f"test-{uuid.uuid4().hex[:10]}")
    engine.client = engine.patient = engine.client.options(request_timeout=60)
    with django_db_blocker.unblock():
        follower.rebuild(engine)
    yield engine
    for name in engine.patient.indices.get(index=f"{engine.alias}*"):
        engine.patient.indices.delete(index=name)


@pytest.fixture(scope="module", params=["embedded", pytest.param("elastic", marks=pytest.mark.elasticsearch)])
def engine(request):
    """Each engine in turn."""
    return request.getfixturevalue(request.param)
