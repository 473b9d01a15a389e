"""A misspelt search asks little more of the index than a right one, however much the index holds."""

from collections import Counter

import pytest

from councils.models import Organisation
from projects.models import Need
from search import follower
from search.engines import embedded
from search.engines.embedded import EmbeddedEngine
from search.port import PUBLIC
from tests.factories.accounts import UserFactory
from tests.factories.projects import NeedFactory

pytestmark = [pytest.mark.sql, pytest.mark.django_db]


class Asked:
    """An index's searcher that counts what it is asked for."""

    def __init__(self, searcher) -> None:
        self.searcher = searcher
        self.counts: Counter[str] = Counter()

    def search(self, *given, **named):
        self.counts["questions"] += 1
        return self.searcher.search(*given, **named)

    def aggregate(self, *given, **named):
        self.counts["facets"] += 1
        return self.searcher.aggregate(*given, **named)

    def doc_freq(self, *given):
        return self.searcher.doc_freq(*given)

    def doc(self, address):
        self.counts["documents"] += 1
        return self.searcher.doc(address)


@pytest.fixture
def cost(client, monkeypatch):
    """A function: what the search for these words, which finds all the needs, asks of the index."""
    marker = embedded.build.Marker

    def count(words: str, *, needs: int) -> Counter[str]:
        asked = Asked(EmbeddedEngine()._searcher(PUBLIC))
        with monkeypatch.context() as patched:
            patched.setattr(EmbeddedEngine, "_searcher", lambda engine, index: asked)
            patched.setattr(embedded.build, "Marker", lambda _, *given: marker(asked.searcher, *given))
            page = client.get(f"/search/?q={words}").content.decode()
        assert f"<b>{needs} results</b>" in page
        return asked.counts

    return count


def test_a_misspelt_search_asks_at_most_three_times_as_much_however_many_documents_there_are(cost):
    harlow, person = Organisation.objects.get(slug="harlow"), UserFactory()
    seen = []
    for needs in (30, 300):
        fresh = NeedFactory.build_batch(needs - Need.objects.count(), council=harlow, raised_by=person)
        for number, need in enumerate(fresh):
            need.title = f"Quibbling about {needs} crates and {number} lids"
        Need.objects.bulk_create(fresh)
        follower.rebuild(EmbeddedEngine())
        right, misspelt = cost("quibbling", needs=needs), cost("quibling", needs=needs)
        seen.append((right, misspelt))

        assert misspelt["documents"] <= 3 * right["documents"]
        assert misspelt["facets"] == right["facets"] == 1
        # Besides the right one: the words as typed, as a beginning, whether anything has the word, what is like it.
        assert misspelt["questions"] == right["questions"] + 4

    assert seen[0] == seen[1]
