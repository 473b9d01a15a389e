"""Queries of the Elasticsearch engine, built from words; typed text is never parsed as query syntax."""

from collections.abc import Iterable
from typing import Any

from elasticsearch_dsl import A, Q, Search
from elasticsearch_dsl.query import Query
from elasticsearch_dsl.response import Response

from search import spelling
from search.documents import FACETS
from search.port import BOOSTS, EXTRACT_CHARACTERS, FOLLOWED_UP, Hit, Marked, SearchRequest
from search.words import QueryWords, Term, words_of

_SHOWN = ["key", "kind", "title", "summary", "label", "note", "day"]
_MOST_VALUES = 500
_START, _END = "\ue000", "\ue001"  # marks around a word in a highlight, which no text of ours holds


def _word(word: str) -> Query:
    fields = [Q("match", **{name: {"query": word, "boost": boost}}) for name, boost in BOOSTS.items()]
    return Q("dis_max", queries=fields, tie_breaker=0.3)


def _phrase(phrase: tuple[str, ...]) -> Query:
    text = " ".join(phrase)
    fields = [Q("match_phrase", **{name: {"query": text, "boost": boost}}) for name, boost in BOOSTS.items()]
    return Q("dis_max", queries=fields, tie_breaker=0.3)


def _beginning(letters: str) -> Query:
    return Q("dis_max", queries=[Q("prefix", **{f"{name}.plain": {"value": letters}}) for name in BOOSTS])


def _term(term: Term) -> Query:
    """A query for the words typed, anywhere or as a phrase, or for a synonym, which scores half."""
    if term.is_phrase:
        return _phrase(term.words)
    own = Q("bool", must=[_word(word) for word in term.words])
    if term.is_begun:
        begun = Q("bool", must=[*map(_word, term.words[:-1]), _beginning(term.words[-1])])
        own = Q("bool", should=[own, begun], minimum_should_match=1)
    if not term.also:
        return own
    also = [Q("bool", must=[_phrase(phrase)], boost=0.5) for phrase in term.also]
    return Q("bool", should=[own, *also], minimum_should_match=1)


def text_query(words: QueryWords) -> Query:
    if not words.terms:
        return Q("match_all")
    return Q("bool", should=[_term(term) for term in words.terms], minimum_should_match=words.least)


def allowed(readers: frozenset[str], hidden: tuple[str, ...]) -> list[Query]:
    """A filter: documents that these readers may find, without those just taken from them."""
    limits = [Q("terms", readers=sorted(readers))]
    if hidden:
        limits.append(Q("bool", must_not=[Q("terms", key=list(hidden))]))
    return limits


def _used_filters(request: SearchRequest) -> dict[str, Query]:
    used = {name: Q("terms", **{name: list(values)}) for name, values in request.filters.items() if values}
    if request.kind:
        used["kind"] = Q("term", kind=request.kind)
    return used


def whole_search(search: Search, request: SearchRequest) -> Search:
    """Labels stand in the query itself, so that totals and counts keep to them; filters in use come after, so that
    each facet can leave out its own.
    """
    weighs = Q("constant_score", filter=Q("term", followed_up="yes"), boost=FOLLOWED_UP)
    query = Q(
        "bool", must=[text_query(request.words)], should=[weighs], filter=allowed(request.readers, request.hidden)
    )
    used = _used_filters(request)
    search = search.query(query).post_filter(Q("bool", filter=list(used.values())))
    for name in ("kind", *FACETS):
        others = [limit for other, limit in used.items() if other != name]
        counting = A("filter", filter=Q("bool", filter=others))
        counting.bucket("values", "terms", field=name, size=_MOST_VALUES)
        search.aggs.bucket(name, counting)
    start = (request.page - 1) * request.size
    by_day = request.newest_first or not request.words.terms
    search = search.sort({"day": "desc"}, "key") if by_day else search.sort("_score", "key")
    search = search.highlight_options(pre_tags=[_START], post_tags=[_END], order="score")
    search = search.highlight("title", number_of_fragments=0)
    for name in ("summary", "body"):
        search = search.highlight(name, number_of_fragments=1, fragment_size=EXTRACT_CHARACTERS, no_match_size=0)
    return search.source(_SHOWN)[start : start + request.size].extra(track_total_hits=True)


def counts(response: Response, name: str) -> dict[str, int]:
    return {bucket.key: bucket.doc_count for bucket in response.aggregations[name]["values"].buckets}


def marked(text: str) -> Marked:
    """A highlighted text as pieces."""
    pieces: list[tuple[str, bool]] = []
    for part in text.split(_START):
        word, end, rest = part.partition(_END)
        pieces += [(word, True), (rest, False)] if end else [(part, False)]
    return tuple(piece for piece in pieces if piece[0])


def to_hit(row: Any) -> Hit:
    found = row.meta.highlight.to_dict() if "highlight" in row.meta else {}
    # From the text beneath only where title and summary do not say why.
    extract = found.get("summary") or (() if "title" in found and row.summary else found.get("body"))
    return Hit(
        key=row.key,
        kind=row.kind,
        title=marked(found["title"][0]) if "title" in found else ((row.title, False),),
        extract=marked(extract[0]) if extract else ((row.summary[:EXTRACT_CHARACTERS], False),),
        label=row.label,
        note=row.note,
        day=row.day,
    )


def prefix_query(prefix: str, readers: frozenset[str], hidden: tuple[str, ...]) -> Query | None:
    """A query for titles with all the words typed, the last of which may be unfinished."""
    words = words_of(prefix)
    if not words:
        return None
    whole = [Q("match", title__plain=word) for word in words[:-1]]
    begun = Q("match", title__beginnings=words[-1][:20])
    return Q("bool", must=[*whole, begun], filter=allowed(readers, hidden))


def resembling(search: Search, word: str, readers: frozenset[str], hidden: tuple[str, ...]) -> Search:
    """A query for documents with a word up to two letters away, which is highlighted."""
    far = str(spelling.reach(word))
    plain = [f"{name}.plain" for name in BOOSTS]
    like = [Q("match", **{name: {"query": word, "fuzziness": far, "max_expansions": 50}}) for name in plain]
    search = search.query(Q("bool", should=like, minimum_should_match=1, filter=allowed(readers, hidden)))
    search = search.highlight_options(pre_tags=[_START], post_tags=[_END])
    search = search.highlight(*plain, number_of_fragments=3, fragment_size=60)
    return search.source(False)[:50]


def marked_words(response: Iterable[Any]) -> list[set[str]]:
    """The words highlighted in each hit."""
    found = []
    for row in response:
        fragments = row.meta.highlight.to_dict().values() if "highlight" in row.meta else ()
        texts = [text for part in fragments for piece in part for text, is_match in marked(piece) if is_match]
        found.append({word for text in texts for word in words_of(text)})
    return found
