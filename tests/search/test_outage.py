"""With Elasticsearch gone or hung the embedded index answers and the page says so; then it catches up by itself."""

import contextlib
import socket
import uuid

import pytest
from django.core.cache import cache
from wagtail.models import PageViewRestriction

from benchmarks.elastic import remove_indices
from benchmarks.promises.wire import Wire
from search.drift import drift_of
from search.engines import engines
from search.engines.elastic import ElasticEngine
from search.models import Change, Cursor
from search.tasks import follow_all
from tests.factories.projects import NeedFactory

pytestmark = pytest.mark.django_db
SAYS_SO = "The main search engine is not answering"


@pytest.fixture
def gone(settings):
    """Elasticsearch's address is one where nothing listens."""
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"


@pytest.fixture
def hung(settings, monkeypatch):
    """Elasticsearch's address is a server that accepts and never answers."""
    monkeypatch.setattr(ElasticEngine, "patience", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        settings.ELASTICSEARCH_URL = f"http://127.0.0.1:{server.getsockname()[1]}"
        yield server


def calls_since_last_asked(server: socket.socket) -> int:
    """How many connections the silent server has had since the last call; closes them."""
    count = 0
    with contextlib.suppress(BlockingIOError):
        while True:
            server.accept()[0].close()
            count += 1
    return count


def believe_it_was_followed() -> None:
    """As if Elasticsearch had kept up until now."""
    embedded = Cursor.objects.get(engine="embedded")
    Cursor.objects.create(engine="elasticsearch", transaction=embedded.transaction, position=embedded.position)


def read(client) -> str:
    return client.get("/search/?q=quibble").content.decode()


def test_with_the_engine_gone_the_site_s_own_index_answers_and_says_so(client, follow, gone):
    NeedFactory(title="Quibble need")
    follow()
    believe_it_was_followed()

    page = read(client)

    assert "<b>1 result</b>" in page
    assert SAYS_SO in page
    assert [s["text"] for s in client.get("/search/suggest?q=quib").json()] == ["Quibble need", "Search for “quib”"]


def test_nobody_waits_twice_for_an_engine_that_hangs(client, follow, hung):
    NeedFactory(title="Quibble need")
    follow()
    believe_it_was_followed()

    page = read(client)
    assert calls_since_last_asked(hung) > 0
    again = read(client)

    assert "<b>1 result</b>" in page
    assert SAYS_SO in page
    assert SAYS_SO in again
    assert calls_since_last_asked(hung) == 0


def test_publishing_never_waits_for_an_engine(hung, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        NeedFactory(title="Quibble need")

    assert calls_since_last_asked(hung) == 0


def test_one_engine_that_is_gone_does_not_keep_the_other_behind(client, gone, monkeypatch):
    monkeypatch.setattr("search.engines.elastic.WRITE_PATIENCE", 1)
    NeedFactory(title="Quibble need")

    follow_all()

    assert "<b>1 result</b>" in read(client)
    assert not Cursor.objects.filter(engine="elasticsearch").exists()


def test_without_an_address_there_is_one_engine(settings):
    settings.ELASTICSEARCH_URL = ""

    assert [engine.name for engine in engines()] == ["embedded"]


def test_sites_that_share_a_server_have_an_index_each(gone, settings):
    aliases = []
    for settings.SITE_KEY in ("live-example-org", "staging-example-org"):
        aliases.append(ElasticEngine().alias)

    assert aliases == ["live-example-org-documents", "staging-example-org-documents"]


@pytest.fixture
def wire(settings, monkeypatch):
    """A wire to the real Elasticsearch, with an index of this test's own behind it."""
    settings.SITE_KEY = f"test-{uuid.uuid4().hex[:10]}"
    server, wire = settings.ELASTICSEARCH_URL, Wire(settings.ELASTICSEARCH_URL)
    settings.ELASTICSEARCH_URL = wire.address
    yield wire
    wire.close()
    monkeypatch.undo()
    remove_indices(ElasticEngine(server))


@pytest.mark.elasticsearch
@pytest.mark.usefixtures("short_directory")
def test_gone_then_hung_it_gives_away_nothing_and_once_it_is_back_it_misses_nothing(client, news, monkeypatch, wire):
    monkeypatch.setattr(ElasticEngine, "patience", 60)
    needs = NeedFactory.create_batch(10, title="Quibble before")
    pages = [news(f"Quibble news {letter}") for letter in "abcdef"]
    follow_all()
    assert SAYS_SO not in read(client)
    for number, fails in enumerate((wire.refuse, wire.hang)):
        with monkeypatch.context() as patched:
            patched.setattr(ElasticEngine, "patience", 0.5)
            patched.setattr("search.engines.elastic.WRITE_PATIENCE", 1)
            fails()
            cache.clear()
            NeedFactory.create_batch(20, title="Quibble meanwhile")
            for need in needs[number::2]:
                need.state = need.State.WITHDRAWN
                need.save()
            for each in pages[number::2]:
                PageViewRestriction.objects.create(page=each, restriction_type="login")

            page = read(client)
            assert SAYS_SO in page
            assert not [each for each in pages[number::2] if each.title in page]
            assert "before" not in page if number else "before" in page
            follow_all()
            assert f"<b>{(28, 40)[number]} results</b>" in read(client)
    wire.carry()
    cache.clear()

    follow_all()

    page = read(client)
    assert SAYS_SO not in page
    assert "<b>40 results</b>" in page
    assert not drift_of(ElasticEngine()).keys
    assert not Change.objects.after(Cursor.objects.get(engine="elasticsearch")).exists()
