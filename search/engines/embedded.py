"""The embedded engine: tantivy, an index in a folder, no server.

One folder per generation, and in it one for each index; a pointer file, swapped atomically, names the generation that
is read. Only the worker writes. Each writer has one thread, so that a commit adds one segment. Merges are tantivy's own
(its log merge policy: eight of like size become one), which Python cannot set; a writer waits for them before it ends,
so that segments stay few however many changes were followed one by one.
"""

import os
import random
import shutil
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import tantivy
from django.conf import settings

from search import spelling
from search.documents import SearchDocument
from search.engines import embedded_queries as build
from search.engines.embedded_queries import text, whole_text
from search.engines.embedded_schema import SHAPE, register_analyzers, schema, to_tantivy
from search.port import (
    INDEXES,
    PUBLIC,
    Hit,
    SearchPage,
    SearchRequest,
    Suggestion,
    Unreachable,
    index_for,
    is_held,
)
from search.words import words_of

_HEAP, _THREADS = 32_000_000, 1
_LOCK_PATIENCE = 10.0  # seconds
_SAMPLE = 20  # documents in which words like one that nothing has are looked for
_open: dict[str, tuple[int, tantivy.Index]] = {}  # folder to the index and the commit it was read at


class EmbeddedEngine:
    """Search in this process, from two indexes on this machine's disk."""

    name = "embedded"

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = Path(folder or settings.SEARCH_INDEX)

    @property
    def _pointer(self) -> Path:
        return self.folder / f"live-{SHAPE}"

    def is_ready(self) -> bool:
        return self._generation() is not None

    def _generation(self) -> Path | None:
        try:
            generation = self.folder / self._pointer.read_text().strip()
        except OSError:
            return None
        return generation if all((generation / index / "meta.json").exists() for index in INDEXES) else None

    # Writing ----------------------------------------------------------------------------------------------

    def apply(self, documents: Iterable[SearchDocument], deletes: Iterable[str], *, version: int) -> None:
        if (generation := self._generation()) is None:
            raise Unreachable("There is no embedded index yet.")
        documents, deletes = list(documents), list(deletes)
        for name in INDEXES:  # the public one first, so that what is restricted now is never public still
            index = tantivy.Index.open(str(generation / name))
            register_analyzers(index)
            with _writer(index) as writer:
                for key in (*deletes, *(one.key for one in documents if not is_held(one, name))):
                    writer.delete_documents_by_term("key", key)
                for document in documents:
                    _add(writer, document, name)

    def rebuild(self, documents: Iterable[SearchDocument], *, version: int) -> str:
        name = f"{SHAPE}-{time.time_ns()}"
        with ExitStack() as all_of_them:
            writers = {each: all_of_them.enter_context(_writer(_made(self.folder / name / each))) for each in INDEXES}
            for document in documents:
                for each, writer in writers.items():
                    _add(writer, document, each)
        before = self._generation()
        coming = self._pointer.with_suffix(".coming")
        coming.write_text(name)
        os.replace(coming, self._pointer)
        self._sweep(keep={name, before.name if before else name})
        return name

    def _sweep(self, keep: set[str]) -> None:
        """Delete older generations except the last, which a process may still be reading."""
        for folder in self.folder.iterdir():
            if folder.is_dir() and folder.name not in keep:
                for index in INDEXES:
                    _open.pop(str(folder / index), None)
                shutil.rmtree(folder, ignore_errors=True)

    # Reading ----------------------------------------------------------------------------------------------

    def _searcher(self, name: str) -> tantivy.Searcher:
        try:
            with open(self._pointer, "rb", buffering=0) as pointer:
                folder = f"{self.folder}/{pointer.read().decode().strip()}/{name}"
            committed = os.stat(f"{folder}/meta.json").st_mtime_ns
        except OSError as problem:
            raise Unreachable("There is no embedded index yet.") from problem
        known = _open.get(folder)
        if known is None:
            index = tantivy.Index.open(folder)
            register_analyzers(index)
        else:
            index = known[1]
            if known[0] != committed:
                index.reload()
        _open[folder] = (committed, index)
        return index.searcher()

    def held(self, index: str) -> Iterator[tuple[str, str]]:
        searcher = self._searcher(index)
        found = searcher.search(tantivy.Query.all_query(), max(searcher.num_docs, 1))
        for _, address in found.hits:
            document = searcher.doc(address)
            yield text(document, "key"), text(document, "digest")

    def count(self) -> int:
        return self._searcher(PUBLIC).num_docs

    def search(self, request: SearchRequest) -> SearchPage:
        searcher = self._searcher(index_for(request.readers))
        meant = build.text_query(searcher, request.words)
        query = build.whole_query(request, meant)
        offset = (request.page - 1) * request.size
        by_day = "day" if request.newest_first or not request.words.terms else None
        ranked = query if by_day else build.weighed(query)
        found = searcher.search(ranked, request.size, offset=offset, order_by_field=by_day)
        if not _number(found) and not request.is_narrowed:
            return SearchPage()  # there is nothing to count either
        counts = build.count_facets(searcher, request, meant)
        mark = build.Marker(searcher, meant, request.words)
        hits = tuple(_hit(searcher.doc(address), mark) for _, address in found.hits)
        kinds = counts.pop("kind")
        return SearchPage(hits, _number(found), kinds, counts)

    def suggest(
        self, prefix: str, *, readers: frozenset[str], hidden: tuple[str, ...] = (), most: int = 8
    ) -> list[Suggestion]:
        searcher = self._searcher(index_for(readers))
        found = searcher.search(build.prefix_query(prefix, readers, hidden), most)
        documents = [searcher.doc(address) for _, address in found.hits]
        return [Suggestion(text(d, "key"), text(d, "kind"), text(d, "title"), text(d, "label")) for d in documents]

    def similar_words(
        self, word: str, *, readers: frozenset[str], hidden: tuple[str, ...] = ()
    ) -> list[tuple[str, int]]:
        searcher, limits = self._searcher(index_for(readers)), build.allowed(readers, hidden)
        if known := _number(searcher.search(build.having(word, limits), 1)):
            return [(word, known)]
        found = searcher.search(build.resembling(word, spelling.reach(word), limits), _SAMPLE)
        counts: Counter[str] = Counter()
        for document in (searcher.doc(address) for _, address in found.hits):
            counts.update({*words_of(whole_text(document))})
        return [(other, count) for other, count in counts.most_common() if spelling.is_like(other, word)]

    def texts_with_words_like(
        self, words: tuple[str, ...], *, readers: frozenset[str], hidden: tuple[str, ...] = ()
    ) -> list[str]:
        searcher, limits = self._searcher(index_for(readers)), build.allowed(readers, hidden)
        found = searcher.search(build.resembling_all(words, limits), _SAMPLE)
        return [whole_text(searcher.doc(address)) for _, address in found.hits]


def _number(found: tantivy.SearchResult) -> int:
    """The number of documents found."""
    return int(found.count)  # type: ignore[attr-defined]  # missing from its stubs


def _hit(document: tantivy.Document, mark: "build.Marker") -> Hit:
    title = mark.title(text(document, "title"), document)
    return Hit(
        key=text(document, "key"),
        kind=text(document, "kind"),
        title=title,
        extract=mark.extract(text(document, "summary"), document, is_in_title=any(is_word for _, is_word in title)),
        label=text(document, "label"),
        note=text(document, "note"),
        day=document.get_first("day") or 0,
    )


def _made(folder: Path) -> tantivy.Index:
    """A new, empty index in a folder."""
    folder.mkdir(parents=True)
    index = tantivy.Index(schema(), path=str(folder))
    register_analyzers(index)
    return index


def _add(writer: tantivy.IndexWriter, document: SearchDocument, index: str) -> None:
    """Take a document in, in place of its former self, if the index holds it."""
    if is_held(document, index):
        writer.delete_documents_by_term("key", document.key)
        writer.add_document(to_tantivy(document))


@contextmanager
def _writer(index: tantivy.Index) -> Iterator[tantivy.IndexWriter]:
    """The index's only writer, as a context that commits at the end. Waits for another process's writer."""
    until = time.monotonic() + _LOCK_PATIENCE
    while True:
        try:
            writer = index.writer(_HEAP, _THREADS)
            break
        except ValueError as problem:
            if "LockBusy" not in str(problem) or time.monotonic() > until:
                raise
            time.sleep(random.uniform(0.02, 0.2))  # noqa: S311 - jitter, not a secret
    try:
        yield writer
        writer.commit()
    finally:
        writer.wait_merging_threads()
