"""The Elasticsearch engine, for sites of several hosts; an alias is swapped when an index has been rebuilt."""

import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from django.conf import settings
from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch
from elasticsearch.helpers import streaming_bulk
from elasticsearch_dsl import Search

from search.documents import SearchDocument
from search.engines import elastic_queries as build
from search.engines.elastic_schema import SHAPE, settings_and_mappings, to_entry
from search.port import SearchPage, SearchRequest, Suggestion, Unreachable

WRITE_PATIENCE = 20  # seconds


@cache
def _client(url: str) -> Elasticsearch:
    return Elasticsearch(url, max_retries=0, retry_on_timeout=False)


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
        self.client = _client(url or settings.ELASTICSEARCH_URL).options(request_timeout=self.patience)
        self.patient = self.client.options(request_timeout=WRITE_PATIENCE)
        self.alias = f"{prefix or settings.SITE_KEY}-documents"  # several sites may share one server

    def is_ready(self) -> bool:
        with _reaching():
            if not self.client.indices.exists_alias(name=self.alias):
                return False
            mappings = self.client.indices.get_mapping(index=self.alias)
            return all(one["mappings"].get("_meta", {}).get("shape") == SHAPE for one in mappings.values())

    # Writing ----------------------------------------------------------------------------------------------

    def apply(self, documents: Iterable[SearchDocument], deletes: Iterable[str], *, version: int) -> None:
        with _reaching():
            if not self.client.indices.exists_alias(name=self.alias):
                raise Unreachable("There is no index yet.")
            gone = ({"_op_type": "delete", "_id": key} for key in deletes)
            self._write(self.alias, gone, version)
            self._write(self.alias, _entries(documents), version)
            self.patient.indices.refresh(index=self.alias)

    def rebuild(self, documents: Iterable[SearchDocument], *, version: int) -> str:
        name = f"{self.alias}-{time.time_ns()}"
        with _reaching():
            self.patient.indices.create(index=name, body=settings_and_mappings())
            self._write(name, _entries(documents), version)
            self.patient.indices.refresh(index=name)
            before = [index for index in self.client.indices.get(index=f"{self.alias}-*") if index != name]
            swap: list[dict[str, Any]] = [{"add": {"index": name, "alias": self.alias}}]
            swap += [{"remove": {"index": index, "alias": self.alias, "must_exist": False}} for index in before]
            self.patient.indices.update_aliases(actions=swap)
            for index in before:
                self.patient.indices.delete(index=index)
        return name

    def _write(self, index: str, actions: Iterable[dict[str, Any]], version: int) -> None:
        """Send actions in bulk. Older versions (409) and deletes of missing documents (404) are not errors."""
        versioned = ({**action, "version": version, "version_type": "external_gte"} for action in actions)
        for worked, answer in streaming_bulk(
            self.patient, versioned, index=index, chunk_size=500, raise_on_error=False, raise_on_exception=True
        ):
            outcome = next(iter(answer.values()))
            if not worked and outcome["status"] not in {404, 409}:
                raise Unreachable(f"{outcome['status']}: {str(outcome.get('error'))[:200]}")

    # Reading ----------------------------------------------------------------------------------------------

    def _new_search(self) -> Search:
        return Search(using=self.client, index=self.alias)

    def search(self, request: SearchRequest) -> SearchPage:
        with _reaching():
            response = build.whole_search(self._new_search(), request).execute()
        facets = {name: build.counts(response, name) for name in response.aggregations.to_dict()}
        kinds = facets.pop("kind")
        return SearchPage(tuple(map(build.to_hit, response)), response.hits.total.value, kinds, facets)

    def suggest(
        self, prefix: str, *, readers: frozenset[str], hidden: tuple[str, ...] = (), most: int = 8
    ) -> list[Suggestion]:
        if (query := build.prefix_query(prefix, readers, hidden)) is None:
            return []
        with _reaching():
            found = self._new_search().query(query).source(["key", "kind", "title", "label"])[:most].execute()
        return [Suggestion(row.key, row.kind, row.title, row.label) for row in found]

    def similar_words(
        self, word: str, *, readers: frozenset[str], hidden: tuple[str, ...] = ()
    ) -> list[tuple[str, int]]:
        with _reaching():
            found = build.resembling(self._new_search(), word, readers, hidden).execute()
        return Counter(word for words in build.marked_words(found) for word in words).most_common()


def _entries(documents: Iterable[SearchDocument]) -> Iterator[dict[str, Any]]:
    for document in documents:
        yield {"_op_type": "index", "_id": document.key, "_source": to_entry(document)}
