"""Queries, facet counts and extracts of the embedded engine; typed text is never parsed as query syntax."""

from collections.abc import Mapping

import tantivy
from tantivy import Occur, Query

from core.english import stem
from search.documents import FACETS
from search.engines.embedded_schema import schema
from search.port import BOOSTS, EXTRACT_CHARACTERS, FOLLOWED_UP, PUBLIC, Marked, SearchRequest, index_for
from search.words import QueryWords, Term, words_of

_SCHEMA = schema()
_MOST_VALUES = 500


def _any(queries: list[Query]) -> Query:
    return Query.boolean_query([(Occur.Should, query) for query in queries])


def _all(queries: list[Query]) -> Query:
    return Query.boolean_query([(Occur.Must, query) for query in queries])


Limit = tuple[Occur, Query]


def _must(query: Query) -> Limit:
    """A limit that adds nothing to a score."""
    return Occur.Must, Query.const_score_query(query, 0.0)


def _within(query: Query, limits: list[Limit]) -> Query:
    """The query within these limits; itself where there are none, which is the quickest."""
    return Query.boolean_query([(Occur.Must, query), *limits]) if limits else query


def _word(word: str) -> Query:
    fields = [Query.boost_query(Query.term_query(_SCHEMA, name, stem(word)), boost) for name, boost in BOOSTS.items()]
    return Query.disjunction_max_query(fields, 0.3)


def _phrase(phrase: tuple[str, ...]) -> Query:
    if len(phrase) == 1:
        return _word(phrase[0])
    stems: list[str | tuple[int, str]] = [stem(word) for word in phrase]
    fields = [Query.boost_query(Query.phrase_query(_SCHEMA, name, stems), boost) for name, boost in BOOSTS.items()]
    return Query.disjunction_max_query(fields, 0.3)


def _term(term: Term) -> Query:
    """A query for the words typed, anywhere or as a phrase, or for a synonym, which scores half."""
    if term.is_phrase:
        return _phrase(term.words)
    own = _all([_word(word) for word in term.words])
    if term.is_begun:
        own = _any([own, _all([*map(_word, term.words[:-1]), _beginning("words", term.words[-1])])])
    if not term.also:
        return own
    return _any([own, *(Query.boost_query(_phrase(phrase), 0.5) for phrase in term.also)])


def _beginning(name: str, letters: str) -> Query:
    return Query.fuzzy_term_query(_SCHEMA, name, letters, distance=0, prefix=True)


def text_query(words: QueryWords) -> Query:
    if not words.terms:
        return Query.all_query()
    terms = [(Occur.Should, _term(term)) for term in words.terms]
    return Query.boolean_query(terms, minimum_number_should_match=words.least)


def allowed(readers: frozenset[str], hidden: tuple[str, ...]) -> list[Limit]:
    """Limits to what these readers may find, without what was just taken from them.

    In the public index everyone may find everything: to look for a label that all of it has, as often as for the words,
    would make a search of common words twice as dear.
    """
    limits = []
    if index_for(readers) != PUBLIC:
        limits.append(_must(Query.term_set_query(_SCHEMA, "readers", sorted(readers))))
    if hidden:
        limits.append((Occur.MustNot, Query.term_set_query(_SCHEMA, "key", list(hidden))))
    return limits


def _filters(request: SearchRequest, *, leave_out: str = "") -> list[Limit]:
    queries = [
        Query.term_set_query(_SCHEMA, name, list(values))
        for name, values in request.filters.items()
        if values and name != leave_out
    ]
    if request.kind and leave_out != "kind":
        queries.append(Query.term_query(_SCHEMA, "kind", request.kind))
    return [_must(query) for query in queries]


def whole_query(request: SearchRequest, text: Query, *, leave_out: str = "") -> Query:
    return _within(text, [*allowed(request.readers, request.hidden), *_filters(request, leave_out=leave_out)])


def weighed(query: Query) -> Query:
    """The query, by which what was followed up scores a little more."""
    followed_up = Query.term_query(_SCHEMA, "followed_up", "yes")
    return Query.boolean_query([(Occur.Must, query), (Occur.Should, Query.const_score_query(followed_up, FOLLOWED_UP))])


def count_facets(searcher: tantivy.Searcher, request: SearchRequest, text: Query) -> dict[str, Mapping[str, int]]:
    """The number of documents of each value, each facet without its own filter. One pass for all unused facets."""
    used = {name for name, values in request.filters.items() if values} | ({"kind"} if request.kind else set())
    names = ("kind", *FACETS)
    passes = [([name for name in names if name not in used], ""), *(([name], name) for name in names if name in used)]
    counts: dict[str, Mapping[str, int]] = {}
    for group, leave_out in passes:
        if not group:
            continue
        asked = {name: {"terms": {"field": name, "size": _MOST_VALUES}} for name in group}
        answer = searcher.aggregate(whole_query(request, text, leave_out=leave_out), asked)
        for name in group:
            counts[name] = {bucket["key"]: int(bucket["doc_count"]) for bucket in answer[name]["buckets"]}
    return counts


def prefix_query(prefix: str, readers: frozenset[str], hidden: tuple[str, ...]) -> Query:
    """A query for titles with all the words typed, the last of which may be unfinished."""
    words = words_of(prefix)
    if not words:
        return Query.empty_query()
    whole = [Query.term_query(_SCHEMA, "title_words", word) for word in words[:-1]]
    return _within(_all([*whole, _beginning("title_words", words[-1])]), allowed(readers, hidden))


def having(word: str, limits: list[Limit]) -> Query:
    """A query for documents with the word or another form of it."""
    return _within(_word(word), limits)


def resembling(word: str, far: int, limits: list[Limit]) -> Query:
    """A query for documents with a similar word, those one letter away before those two letters away."""
    like = []
    for distance in range(1, far + 1):
        query = Query.fuzzy_term_query(_SCHEMA, "words", word, distance=distance, transposition_cost_one=True)
        like.append((Occur.Should, Query.boost_query(query, 10.0 / distance)))
    return _within(Query.boolean_query(like), limits)


def text(document: tantivy.Document, name: str) -> str:
    """A stored field, empty where there is none."""
    return document.get_first(name) or ""


class Marker:
    """Highlights the words looked for, in titles and in extracts."""

    def __init__(self, searcher: tantivy.Searcher, meant: Query, *, has_words: bool) -> None:
        self._generators = {}
        for name in BOOSTS if has_words else ():
            generator = tantivy.SnippetGenerator.create(searcher, meant, _SCHEMA, name)
            generator.set_max_num_chars(1000 if name == "title" else EXTRACT_CHARACTERS)
            self._generators[name] = generator

    def title(self, document: tantivy.Document) -> Marked:
        return self._marked("title", document) or ((text(document, "title"), False),)

    def extract(self, document: tantivy.Document) -> Marked:
        """The extract: of the summary, or of the text where neither title nor summary has the words."""
        summary, body = text(document, "summary"), text(document, "body")
        marked = self._marked("summary", document)
        if not marked and not (summary and self._marked("title", document)):
            marked = self._marked("body", document)
        return marked or (((summary or body)[:EXTRACT_CHARACTERS], False),)

    def _marked(self, name: str, document: tantivy.Document) -> Marked:
        if name not in self._generators:
            return ()
        snippet = self._generators[name].snippet_from_doc(document)
        ranges = [(found.start, found.end) for found in snippet.highlighted()]
        if not ranges:
            return ()
        before, _, after = text(document, name).partition(snippet.fragment())
        end = after if len(after) < 4 else " …"  # a full stop belongs to what it ends
        return (*((("… ", False),) if before else ()), *pieces(snippet.fragment().encode(), ranges), (end, False))


def pieces(text: bytes, ranges: list[tuple[int, int]]) -> Marked:
    """`text` cut at `ranges`, which count bytes."""
    marked, at = [], 0
    for start, end in ranges:
        if start < at:
            continue
        marked += [(text[at:start].decode(), False), (text[start:end].decode(), True)]
        at = end
    marked.append((text[at:].decode(), False))
    return tuple(piece for piece in marked if piece[0])
