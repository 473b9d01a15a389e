"""Forty documents that councils could have written, some of which not everybody may find."""

import csv
import datetime as dt
from pathlib import Path

from search.documents import FACETS, SearchDocument, facets


def _document(row: dict[str, str]) -> SearchDocument:
    date = dt.date.fromisoformat(row.pop("date"))
    values = {name: row.pop(name, "").split("|") for name in FACETS if name != "year"}
    readers = tuple(row.pop("readers").split("|"))
    return SearchDocument(**row, readers=readers, date=date, facets=facets(year=[date.year], **values))


with (Path(__file__).parent / "corpus.csv").open(newline="") as rows:
    CORPUS = [_document(row) for row in csv.DictReader(rows)]
