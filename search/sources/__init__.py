"""Every table whose rows can be found, by name."""

from search.documents import Source
from search.sources import pages, programme, reuse, votes

SOURCES: dict[str, Source] = {
    source.name: source for source in (*reuse.SOURCES, *programme.SOURCES, *votes.SOURCES, *pages.SOURCES)
}
