"""The engines in use: Elasticsearch where it is named, the embedded one always."""

from django.conf import settings

from search.engines.elastic import ElasticEngine
from search.engines.embedded import EmbeddedEngine
from search.port import SearchEngine


def engines() -> list[SearchEngine]:
    """In the order they are asked."""
    named: list[SearchEngine] = [ElasticEngine()] if settings.ELASTICSEARCH_URL else []
    return [*named, EmbeddedEngine()]
