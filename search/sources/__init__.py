"""Every table whose rows can be found, by name."""

from collections.abc import Iterable

from search.documents import Source
from search.sources import pages, programme, reuse, votes

SOURCES: dict[str, Source] = {
    source.name: source for source in (*reuse.SOURCES, *programme.SOURCES, *votes.SOURCES, *pages.SOURCES)
}


def numbers_of(keys: Iterable[str]) -> dict[str, list[int]]:
    """The primary keys of the rows of some documents, by source."""
    numbers: dict[str, list[int]] = {}
    for key in keys:
        name, _, number = key.partition(":")
        if name in SOURCES and number.isdecimal():
            numbers.setdefault(name, []).append(int(number))
    return numbers
