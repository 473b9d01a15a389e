"""Queries, facet counts and extracts of the embedded engine; typed text is never parsed as query syntax."""

from collections.abc import Mapping

import tantivy
from tantivy import Occur, Query

from core.english import stem
from search.documents import FACETS
from search.engines.embedded_schema import schema
from search.port import (
    BOOSTS,
    EXTRACT_CHARACTERS,
    FOLLOWED_UP,
    PUBLIC,
    Marked,
    SearchRequest,
    acronyms_marked,
    index_for,
)
from search.words import QueryWords, Term, is_acronym, words_of

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
    """A query for a word in any form; for an acronym, which is in capitals, in documents that have it so."""
    limits = [_must(Query.term_query(_SCHEMA, "acronyms", word))] if is_acronym(word) else []
    word = word.lower()
    fields = [Query.boost_query(Query.term_query(_SCHEMA, name, stem(word)), boost) for name, boost in BOOSTS.items()]
    return _within(Query.disjunction_max_query(fields, 0.3), limits)


def _phrase(phrase: tuple[str, ...]) -> Query:
    if len(phrase) == 1:
        return _word(phrase[0])
    stems: list[str | tuple[int, str]] = [stem(word) for word in phrase]
    fields = [Query.boost_query(Query.phrase_query(_SCHEMA, name, stems), boost) for name, boost in BOOSTS.items()]
    return Query.disjunction_max_query(fields, 0.3)


def _term(searcher: tantivy.Searcher, term: Term) -> Query:
    """A query for the words typed, anywhere or as a phrase, however they are spelt, or for a synonym at half the score.

    Of other spellings and synonyms only those are asked for whose words the index has.
    """
    if term.is_phrase:
        return _phrase(term.words)
    ways = [_word(term.words[0]) if len(term.words) == 1 else _all([_word(word) for word in term.words])]
    if term.is_begun:
        ways.append(_all([*map(_word, term.words[:-1]), _beginning("words", term.words[-1])]))
    ways += [_phrase(phrase) for phrase in term.spelt if _has(searcher, phrase)]
    ways += [Query.boost_query(_phrase(phrase), 0.5) for phrase in term.also if _has(searcher, phrase)]
    return ways[0] if len(ways) == 1 else _any(ways)


def _has(searcher: tantivy.Searcher, phrase: tuple[str, ...]) -> bool:
    """Whether the index has each of these words in any form, though perhaps not one after the other."""
    return all(any(searcher.doc_freq(name, stem(word)) for name in BOOSTS) for word in phrase)


def _beginning(name: str, letters: str) -> Query:
    return Query.fuzzy_term_query(_SCHEMA, name, letters, distance=0, prefix=True)


def text_query(searcher: tantivy.Searcher, words: QueryWords) -> Query:
    if not words.terms:
        return Query.all_query()
    if len(words.terms) == 1:
        return _term(searcher, words.terms[0])
    terms = [(Occur.Should, _term(searcher, term)) for term in words.terms]
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
    """The query, by which what was followed up scores a little more, and what stayed silent less."""
    weighs = [
        (Occur.Should, Query.const_score_query(Query.term_query(_SCHEMA, "followed_up", word), boost))
        for word, boost in FOLLOWED_UP.items()
    ]
    return Query.boolean_query([(Occur.Must, query), *weighs])


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
            counts[name] = {bucket["key"]: bucket["doc_count"] for bucket in answer[name]["buckets"]}
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


def resembling_all(words: tuple[str, ...], limits: list[Limit]) -> Query:
    """A query for documents with, for each word, one at most a letter from it."""
    like = [Query.fuzzy_term_query(_SCHEMA, "words", word, distance=1, transposition_cost_one=True) for word in words]
    return _within(_all(like), limits)


def whole_text(document: tantivy.Document) -> str:
    """What stands in a document, its labels too."""
    found = [text(document, name) for name in ("title", "summary")]
    return "\n".join((*found, stored(document, "prose"), stored(document, "labels")))


def stored(document: tantivy.Document, name: str) -> str:
    """A field that is stored only."""
    return bytes(document.get_first(name) or b"").decode()


def text(document: tantivy.Document, name: str) -> str:
    """A stored field, empty where there is none."""
    return document.get_first(name) or ""


class Marker:
    """Highlights the words looked for, in titles and in extracts."""

    def __init__(self, searcher: tantivy.Searcher, meant: Query, words: QueryWords) -> None:
        self._searcher, self._meant, self._words = searcher, meant, words
        self._acronyms = words.acronyms
        self._generators: dict[str, tantivy.SnippetGenerator] = {}

    def title(self, title: str, document: tantivy.Document) -> Marked:
        return self._marked("title", title, document) or ((title, False),)

    def extract(self, summary: str, document: tantivy.Document, *, is_in_title: bool) -> Marked:
        """The extract: of the summary, or of the text where neither title nor summary has the words."""
        marked = self._marked("summary", summary, document)
        if marked or (summary and (is_in_title or not self._words.terms)):
            return marked or ((summary[:EXTRACT_CHARACTERS], False),)
        prose = stored(document, "prose")
        if prose and self._words.terms:
            alone = tantivy.Document()
            alone.add_text("body", prose)
            marked = self._marked("body", prose, alone)
        return marked or (((summary or prose)[:EXTRACT_CHARACTERS], False),)

    def _marked(self, name: str, text: str, document: tantivy.Document) -> Marked:
        """The best part of a field with the words in it marked; empty where it has none."""
        if not text or not self._words.terms:
            return ()
        if (generator := self._generators.get(name)) is None:
            generator = tantivy.SnippetGenerator.create(self._searcher, self._meant, _SCHEMA, name)
            generator.set_max_num_chars(1000 if name == "title" else EXTRACT_CHARACTERS)
            self._generators[name] = generator
        snippet = generator.snippet_from_doc(document)
        if not (highlighted := snippet.highlighted()):
            return ()
        fragment = snippet.fragment()
        found = pieces(fragment, [(each.start, each.end) for each in highlighted])
        if fragment != text:
            before, _, after = text.partition(fragment)
            end = after if len(after) < 4 else " …"  # a full stop belongs to what it ends
            found = ((("… ", False),) if before else ()) + found + ((end, False),)
        return acronyms_marked(found, self._acronyms) if self._acronyms else found


def pieces(text: str, ranges: list[tuple[int, int]]) -> Marked:
    """`text` cut at `ranges`, which count bytes."""
    if not text.isascii():
        whole = text.encode()
        ranges = [(len(whole[:start].decode()), len(whole[:end].decode())) for start, end in ranges]
    marked, at = [], 0
    for start, end in ranges:
        if start < at:
            continue
        if start > at:
            marked.append((text[at:start], False))
        marked.append((text[start:end], True))
        at = end
    if at < len(text):
        marked.append((text[at:], False))
    return tuple(marked)
