"""The fields of the Elasticsearch index. Raise SHAPE with any change here, and the worker builds a new index.

Words are split, folded and stemmed as in the embedded engine, so that both find the same.
"""

from typing import Any

from elasticsearch_dsl import Document, Integer, Keyword, Text, analyzer, token_filter, tokenizer

from search.documents import FACETS, FORM, SearchDocument

SHAPE = f"3-{FORM}"

_cut = tokenizer("letters_and_numbers", type="pattern", pattern=r"[^\p{IsAlphabetic}\p{N}]+")
_not_too_long = token_filter("not_too_long", type="length", max=60)
_fold = [_not_too_long, "lowercase", "asciifolding"]
PLAIN = analyzer("plain", tokenizer=_cut, filter=_fold)
ENGLISH = analyzer(
    "english_words", tokenizer=_cut, filter=[*_fold, token_filter("english_stem", type="stemmer", language="porter2")]
)
BEGINNINGS = analyzer(
    "beginnings",
    tokenizer=_cut,
    filter=[*_fold, token_filter("first_letters", type="edge_ngram", min_gram=1, max_gram=20)],
)


class Entry(Document):
    """A document in Elasticsearch. Its id is the document's key."""

    key = Keyword()
    kind = Keyword()
    readers = Keyword()
    # Stemmed to be searched; unstemmed for suggestions and for what may have been meant.
    title = Text(
        analyzer=ENGLISH,
        fields={"plain": Text(analyzer=PLAIN), "beginnings": Text(analyzer=BEGINNINGS, search_analyzer=PLAIN)},
    )
    summary = Text(analyzer=ENGLISH, fields={"plain": Text(analyzer=PLAIN)})
    # The text and the labels are looked for as one; extracts are made of the text alone, which stands on the page.
    body = Text(analyzer=ENGLISH)
    prose = Text(analyzer=ENGLISH, fields={"plain": Text(analyzer=PLAIN)}, copy_to="body")
    labels = Text(analyzer=ENGLISH, fields={"plain": Text(analyzer=PLAIN)}, copy_to="body")
    acronyms = Keyword()
    label = Keyword(index=False, doc_values=False)
    note = Keyword(index=False, doc_values=False)
    digest = Keyword(index=False, doc_values=False)
    followed_up = Keyword()
    day = Integer()
    service = Keyword()
    council_type = Keyword()
    region = Keyword()
    stage = Keyword()
    asset_kind = Keyword()
    evidence = Keyword()
    principle = Keyword()
    year = Keyword()

    class Index:
        settings = {"number_of_shards": 1, "auto_expand_replicas": "0-1"}


def settings_and_mappings() -> dict[str, Any]:
    body = Entry._index.to_dict()
    # A field that nobody declared is a mistake, not a new column.
    body["mappings"] |= {"dynamic": "strict", "_meta": {"shape": SHAPE}}
    return body


def to_entry(document: SearchDocument) -> dict[str, Any]:
    fields = ("key", "kind", "title", "summary", "labels", "label", "note", "digest", "day")
    row: dict[str, Any] = {name: getattr(document, name) for name in fields}
    row["prose"], row["acronyms"] = document.body, document.acronyms
    row["readers"] = list(document.readers)
    row["followed_up"] = list(document.follow_up)
    row |= {name: list(document.facets.get(name, ())) for name in FACETS}
    return row
