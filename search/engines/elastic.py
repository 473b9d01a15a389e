"""The Elasticsearch engine, for sites of several hosts; aliases are swapped together when indexes have been rebuilt."""

import itertools
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from django.conf import settings
from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch
from elasticsearch.helpers import scan, streaming_bulk
from elasticsearch_dsl import Search

from search.documents import SearchDocument
from search.engines import elastic_queries as build
from search.engines.elastic_schema import SHAPE, settings_and_mappings, to_entry
from search.port import (
    PUBLIC,
    WHOLE,
    SearchPage,
    SearchRequest,
    Suggestion,
    Unreachable,
    index_for,
    is_held,
)

WRITE_PATIENCE = 20  # seconds
CHUNK = 500
# A server with its hands full (429) is asked again, for the documents that it turned away alone. What hangs or is gone
# is not: the follower comes back to it from where it stood.
RETRIES = 3
FIRST_WAIT, LONGEST_WAIT = 0.5, 4  # seconds


@cache
def _client(url: str, api_key: str, authority: str) -> Elasticsearch:
    """The client of a server that knows us by the name and password in its address or by a key, if it asks who we are.

    It is known by certificates of the machine, or by those in the file `authority`.
    """
    secured: dict[str, Any] = {"api_key": api_key, "ca_certs": authority}
    known = {name: value for name, value in secured.items() if value}
    return Elasticsearch(url, max_retries=0, retry_on_timeout=False, **known)


@contextmanager
def _reaching() -> Iterator[None]:
    try:
        yield
    except (TransportError, ApiError) as problem:
        raise Unreachable(f"{type(problem).__name__}: {str(problem)[:200]}") from problem


class ElasticEngine:
    """Search in the Elasticsearch that ELASTICSEARCH_URL names."""

    name = "elasticsearch"
    patience = 2.0  # seconds: a reader gets the embedded engine's answer rather than wait longer

    def __init__(self, url: str = "", prefix: str = "") -> None:
        client = _client(url or settings.ELASTICSEARCH_URL, settings.ELASTICSEARCH_API_KEY, settings.ELASTICSEARCH_CA)
        self.client = client.options(request_timeout=self.patience)
        self.patient = self.client.options(request_timeout=WRITE_PATIENCE)
        # Several sites may share one server. All that is ours begins with the first.
        self.alias = f"{prefix or settings.SITE_KEY}-documents"
        self.aliases = {PUBLIC: self.alias, WHOLE: f"{self.alias}-whole"}

    def is_ready(self) -> bool:
        with _reaching():
            if not self._exist():
                return False
            mappings = self.client.indices.get_mapping(index=[*self.aliases.values()])
            return all(one["mappings"].get("_meta", {}).get("shape") == SHAPE for one in mappings.values())

    def _exist(self) -> bool:
        return all(self.client.indices.exists_alias(name=alias) for alias in self.aliases.values())

    # Writing ----------------------------------------------------------------------------------------------

    def apply(self, documents: Iterable[SearchDocument], deletes: Iterable[str], *, version: int) -> None:
        with _reaching():
            if not self._exist():
                raise Unreachable("There is no index yet.")
            documents, deletes = list(documents), list(deletes)
            # The public one first: what is restricted now is never public still.
            for name, alias in self.aliases.items():
                held = [document for document in documents if is_held(document, name)]
                gone = [*deletes, *(document.key for document in documents if not is_held(document, name))]
                self._write(alias, ({"_op_type": "delete", "_id": key} for key in gone), version)
                self._write(alias, map(_entry, held), version)
                self.patient.indices.refresh(index=alias)

    def rebuild(self, documents: Iterable[SearchDocument], *, version: int) -> str:
        number = time.time_ns()
        names = {name: f"{alias}-{number}" for name, alias in self.aliases.items()}
        with _reaching():
            for index in names.values():
                self.patient.indices.create(index=index, body=settings_and_mappings())
            for some in _batches(documents):
                for name, index in names.items():
                    self._write(index, (_entry(document) for document in some if is_held(document, name)), version)
            self.patient.indices.refresh(index=[*names.values()])
            before = [
                index for index in self.client.indices.get(index=f"{self.alias}-*") if index not in names.values()
            ]
            swap: list[dict[str, Any]] = [
                {"add": {"index": index, "alias": self.aliases[name]}} for name, index in names.items()
            ]
            swap += [
                {"remove": {"index": index, "alias": alias, "must_exist": False}}
                for index in before
                for alias in self.aliases.values()
            ]
            self.patient.indices.update_aliases(actions=swap)
            for index in before:
                self.patient.indices.delete(index=index)
        return names[PUBLIC]

    def _write(self, index: str, actions: Iterable[dict[str, Any]], version: int) -> None:
        """Send actions in bulk. Older versions (409) and deletes of missing documents (404) are not errors."""
        versioned = ({**action, "version": version, "version_type": "external_gte"} for action in actions)
        for worked, answer in streaming_bulk(
            self.patient,
            versioned,
            index=index,
            chunk_size=CHUNK,
            raise_on_error=False,
            raise_on_exception=True,
            max_retries=RETRIES,
            initial_backoff=FIRST_WAIT,
            max_backoff=LONGEST_WAIT,
        ):
            outcome = next(iter(answer.values()))
            if not worked and outcome["status"] not in {404, 409}:
                raise Unreachable(f"{outcome['status']}: {str(outcome.get('error'))[:200]}")

    # Reading ----------------------------------------------------------------------------------------------

    def held(self, index: str) -> Iterator[tuple[str, str]]:
        with _reaching():
            for row in scan(self.patient, index=self.aliases[index], query={"_source": ["digest"]}, size=1000):
                yield row["_id"], row["_source"]["digest"]

    def count(self) -> int:
        with _reaching():
            return self.client.count(index=self.alias)["count"]

    def _new_search(self, readers: frozenset[str]) -> Search:
        return Search(using=self.client, index=self.aliases[index_for(readers)])

    def search(self, request: SearchRequest) -> SearchPage:
        asked = build.whole_search(self._new_search(request.readers), request)
        with _reaching():
            # Read as it comes: as objects of the library's, hundreds of counts would cost twice what the rest does.
            found = self.client.search(index=self.aliases[index_for(request.readers)], body=asked.to_dict()).body
        facets = {name: build.counts(counted) for name, counted in found["aggregations"].items()}
        kinds = facets.pop("kind")
        acronyms = request.words.acronyms
        hits = tuple(build.to_hit(row, acronyms) for row in found["hits"]["hits"])
        return SearchPage(hits, found["hits"]["total"]["value"], kinds, facets)

    def suggest(
        self, prefix: str, *, readers: frozenset[str], hidden: tuple[str, ...] = (), most: int = 8
    ) -> list[Suggestion]:
        if (query := build.prefix_query(prefix, readers, hidden)) is None:
            return []
        with _reaching():
            found = self._new_search(readers).query(query).source(["key", "kind", "title", "label"])[:most].execute()
        return [Suggestion(row.key, row.kind, row.title, row.label) for row in found]

    def similar_words(
        self, word: str, *, readers: frozenset[str], hidden: tuple[str, ...] = ()
    ) -> list[tuple[str, int]]:
        with _reaching():
            found = build.resembling(self._new_search(readers), word, readers, hidden).execute()
        return Counter(word for words in build.marked_words(found) for word in words).most_common()

    def texts_with_words_like(
        self, words: tuple[str, ...], *, readers: frozenset[str], hidden: tuple[str, ...] = ()
    ) -> list[str]:
        with _reaching():
            found = build.resembling_all(self._new_search(readers), words, readers, hidden).execute()
        return ["\n".join(row.to_dict().values()) for row in found]


def _entry(document: SearchDocument) -> dict[str, Any]:
    return {"_op_type": "index", "_id": document.key, "_source": to_entry(document)}


def _batches(documents: Iterable[SearchDocument]) -> Iterator[list[SearchDocument]]:
    rest = iter(documents)
    while some := list(itertools.islice(rest, CHUNK)):
        yield some
