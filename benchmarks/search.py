"""The whole search function (labels, what was taken back, facets, extracts, a check of each hit) against bare tantivy.

20,000 needs made from a Zipf-like vocabulary; the floor asks the same index for the same words, the same counts and
the same twenty extracts, without readers, rows or addresses.
"""

import random
from collections.abc import Callable, Iterator

import tantivy
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from accounts.models import User
from benchmarks.floor import bare_page, through_django
from benchmarks.measure import Ratio, compare
from councils.models import Organisation, Service
from projects.models import Need
from search import follower, queries
from search.asking import Asked
from search.documents import FACETS
from search.engines.embedded import EmbeddedEngine
from search.engines.embedded_schema import register_analyzers

DOCUMENTS = 20_000
FLOOR = "bare tantivy: top 20, eight counts, extracts"
COMMON, RARE = "w3", "w900"  # in nearly every document; in about one in a hundred
WORDS = {"a common word": COMMON, "a rare word": RARE, "two words": f"{COMMON} {RARE}"}


def run() -> Iterator[Ratio]:
    _write_needs()
    follower.rebuild(EmbeddedEngine())
    nobody, client = AnonymousUser(), Client()
    for name, words in WORDS.items():
        asked = Asked(q=words, exact=True)
        answer = queries.search(nobody, asked)
        if not answer.results:
            raise AssertionError(f"{words} finds nothing")
        floor = _bare(words)
        yield compare(
            f"search: {name} ({answer.page.total:,} hits)",
            lambda asked=asked: queries.search(nobody, asked),
            floor,
            floor_name=FLOOR,
        )
    address = f"/search/?q={RARE}"
    size = len(client.get(address).content)
    yield compare(
        "page: results of a search",
        lambda: client.get(address),
        through_django(bare_page(size)),
        floor_name="one query, an answer of the same size, no middleware",
    )
    yield compare(
        "suggestions while typing",
        lambda: client.get(f"/search/suggest?q={RARE[:3]}"),
        through_django(bare_page(500)),
        floor_name="one query, 500 bytes, no middleware",
    )


def _write_needs() -> None:
    dice = random.Random(2014)
    vocabulary = [f"w{n}" for n in range(20_000)]
    weights = [1 / (n + 1) for n in range(len(vocabulary))]
    councils = list(Organisation.objects.councils()[:50])
    services = list(Service.objects.all()[:20])
    person = User.objects.first()

    def words(number: int) -> str:
        return " ".join(dice.choices(vocabulary, weights, k=number))

    Need.objects.bulk_create(
        Need(
            title=words(8)[:120],
            slug=f"bench-{n}",
            who_for="Residents",
            what=words(60),
            evidence=words(180),
            council=dice.choice(councils),
            service=dice.choice(services),
            raised_by=person,
        )
        for n in range(DOCUMENTS)
    )


def _bare(words: str) -> Callable[[], object]:
    engine = EmbeddedEngine()
    name = next(settings.SEARCH_INDEX.glob("live-*")).read_text()
    index = tantivy.Index.open(str(engine.folder / name))
    register_analyzers(index)
    counts = {name: {"terms": {"field": name, "size": 500}} for name in ("kind", *FACETS)}
    fields = ["title", "summary", "body"]

    def ask() -> object:
        searcher = index.searcher()
        query = index.parse_query(words, fields, conjunction_by_default=True)
        found = searcher.search(query, 20)
        searcher.aggregate(query, counts)
        extracts = tantivy.SnippetGenerator.create(searcher, query, index.schema, "summary")
        return [extracts.snippet_from_doc(searcher.doc(address)).to_html() for _, address in found.hits]

    return ask
