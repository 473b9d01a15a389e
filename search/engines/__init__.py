"""The engines in use: Elasticsearch where it is named, the embedded one always."""

from django.conf import settings

from search.engines.embedded import EmbeddedEngine
from search.port import SearchEngine


def engines() -> list[SearchEngine]:
    """The engines in the order in which they are asked."""
    return [*_named(), EmbeddedEngine()]


def _named() -> list[SearchEngine]:
    if not settings.ELASTICSEARCH_URL:
        return []
    from search.engines.elastic import ElasticEngine  # half a second, which a site without it need not wait

    return [ElasticEngine()]
