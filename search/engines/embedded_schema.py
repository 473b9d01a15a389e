"""The fields of the embedded index. Raise SHAPE with any change here, and the worker builds a new index."""

import tantivy

from core.english import ENGLISH, PLAIN
from search.documents import FACETS, FORM, SearchDocument

SHAPE = f"4-{FORM}"


def schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name in ("key", "kind"):
        builder.add_text_field(name, stored=True, tokenizer_name="raw", index_option="basic", fast=name == "kind")
    builder.add_text_field("readers", tokenizer_name="raw", index_option="basic")
    for name in ("title", "summary"):
        builder.add_text_field(name, stored=True, tokenizer_name="english")
    # The text and the labels are looked for as one; extracts are made of the text alone, which stands on the page.
    builder.add_text_field("body", tokenizer_name="english")
    for name in ("prose", "labels"):
        builder.add_bytes_field(name, stored=True)
    builder.add_text_field("acronyms", tokenizer_name="raw", index_option="basic")
    # The words unstemmed: of the title for suggestions, of everything for what may have been meant.
    builder.add_text_field("title_words", tokenizer_name="plain")
    builder.add_text_field("words", tokenizer_name="plain", index_option="basic")
    for name in ("label", "note", "digest"):
        builder.add_text_field(name, stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("followed_up", tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("day", stored=True, fast=True)
    for name in FACETS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    return builder.build()


def register_analyzers(index: tantivy.Index) -> None:
    """Register the analyzers, which an index needs each time it is opened."""
    index.register_tokenizer("english", ENGLISH)
    index.register_tokenizer("plain", PLAIN)


def to_tantivy(document: SearchDocument) -> tantivy.Document:
    row = tantivy.Document()
    for name in ("key", "kind", "title", "summary", "label", "note", "digest"):
        row.add_text(name, getattr(document, name))
    row.add_text("body", f"{document.body}\n{document.labels}")
    row.add_bytes("prose", document.body.encode())
    row.add_bytes("labels", document.labels.encode())
    for acronym in document.acronyms:
        row.add_text("acronyms", acronym)
    row.add_text("title_words", document.title)
    row.add_text("words", "\n".join((document.title, document.summary, document.body, document.labels)))
    for word in document.follow_up:
        row.add_text("followed_up", word)
    row.add_integer("day", document.day)
    for reader in document.readers:
        row.add_text("readers", reader)
    for name, values in document.facets.items():
        for value in values:
            row.add_text(name, value)
    return row
