"""Queries of the Elasticsearch engine, built from words; typed text is never parsed as query syntax."""

from collections.abc import Iterable
from typing import Any

from elasticsearch_dsl import A, Q, Search
from elasticsearch_dsl.query import Query

from search import spelling
from search.documents import FACETS
from search.port import BOOSTS, EXTRACT_CHARACTERS, FOLLOWED_UP, Hit, Marked, SearchRequest, acronyms_marked
from search.words import QueryWords, Term, is_acronym, words_of

_SHOWN = ["key", "kind", "title", "summary", "label", "note", "day"]
_FIELDS = [f"{name}^{boost}" for name, boost in BOOSTS.items()]
_HELD = ("title", "summary", "prose", "labels")  # the fields that hold text; body is the last two together
_MOST_VALUES = 500
_START, _END = "\ue000", "\ue001"  # marks around a word in a highlight, which no text of ours holds


def _word(word: str) -> Query:
    """A query for a word in any form; for an acronym, which is in capitals, in documents that have it so."""
    having = Q("multi_match", query=word.lower(), fields=_FIELDS, tie_breaker=0.3)
    return Q("bool", must=[having], filter=[Q("term", acronyms=word)]) if is_acronym(word) else having


def _phrase(phrase: tuple[str, ...]) -> Query:
    if len(phrase) == 1:
        return _word(phrase[0])
    return Q("multi_match", query=" ".join(phrase), fields=_FIELDS, type="phrase", tie_breaker=0.3)


def _beginning(letters: str) -> Query:
    return Q("dis_max", queries=[Q("prefix", **{f"{name}.plain": {"value": letters}}) for name in _HELD])


def _term(term: Term) -> Query:
    """A query for the words typed, anywhere or as a phrase, for other spellings, or for a synonym at half the score."""
    if term.is_phrase:
        return _phrase(term.words)
    ways = [_word(term.words[0]) if len(term.words) == 1 else Q("bool", must=[_word(word) for word in term.words])]
    if term.is_begun:
        ways.append(Q("bool", must=[*map(_word, term.words[:-1]), _beginning(term.words[-1])]))
    ways += map(_phrase, term.spelt)
    ways += [Q("bool", must=[_phrase(phrase)], boost=0.5) for phrase in term.also]
    return ways[0] if len(ways) == 1 else Q("bool", should=ways, minimum_should_match=1)


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
    weighs = [
        Q("constant_score", filter=Q("term", followed_up=word), boost=boost) for word, boost in FOLLOWED_UP.items()
    ]
    query = Q("bool", must=[text_query(request.words)], should=weighs, filter=allowed(request.readers, request.hidden))
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
    for name in ("summary", "prose"):
        # What is looked for in text and labels is marked in the text.
        beyond: dict[str, Any] = {"require_field_match": False} if name == "prose" else {}
        search = search.highlight(
            name, number_of_fragments=1, fragment_size=EXTRACT_CHARACTERS, no_match_size=0, **beyond
        )
    return search.source(_SHOWN)[start : start + request.size].extra(track_total_hits=True)


def counts(counted: dict[str, Any]) -> dict[str, int]:
    return {bucket["key"]: bucket["doc_count"] for bucket in counted["values"]["buckets"]}


def marked(text: str) -> Marked:
    """A highlighted text as pieces."""
    pieces: list[tuple[str, bool]] = []
    for part in text.split(_START):
        word, end, rest = part.partition(_END)
        pieces += [(word, True), (rest, False)] if end else [(part, False)]
    return tuple(piece for piece in pieces if piece[0])


def to_hit(row: dict[str, Any], acronyms: frozenset[str]) -> Hit:
    held: dict[str, Any] = row["_source"]
    parts = {name: marked(pieces[0]) for name, pieces in row.get("highlight", {}).items()}
    if acronyms:
        parts = {name: kept for name, part in parts.items() if (kept := acronyms_marked(part, acronyms))}
    # From the text beneath only where title and summary do not say why.
    extract = parts.get("summary") or (() if "title" in parts and held["summary"] else parts.get("prose"))
    return Hit(
        key=held["key"],
        kind=held["kind"],
        title=parts.get("title") or ((held["title"], False),),
        extract=extract or ((held["summary"][:EXTRACT_CHARACTERS], False),),
        label=held["label"],
        note=held["note"],
        day=held["day"],
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
    plain = [f"{name}.plain" for name in _HELD]
    like = [Q("match", **{name: {"query": word, "fuzziness": far, "max_expansions": 50}}) for name in plain]
    search = search.query(Q("bool", should=like, minimum_should_match=1, filter=allowed(readers, hidden)))
    search = search.highlight_options(pre_tags=[_START], post_tags=[_END])
    search = search.highlight(*plain, number_of_fragments=3, fragment_size=60)
    return search.source(False)[:50]


def resembling_all(search: Search, words: tuple[str, ...], readers: frozenset[str], hidden: tuple[str, ...]) -> Search:
    """A query for documents with, for each word, one at most a letter from it."""
    plain = [f"{name}.plain" for name in _HELD]
    like = [Q("multi_match", query=word, fields=plain, fuzziness="1", max_expansions=50) for word in words]
    return search.query(Q("bool", must=like, filter=allowed(readers, hidden))).source([*_HELD])[:20]


def marked_words(response: Iterable[Any]) -> list[set[str]]:
    """The words highlighted in each hit."""
    found = []
    for row in response:
        fragments = row.meta.highlight.to_dict().values() if "highlight" in row.meta else ()
        texts = [text for part in fragments for piece in part for text, is_match in marked(piece) if is_match]
        found.append({word for text in texts for word in words_of(text)})
    return found
