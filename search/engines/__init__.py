"""The engines in use."""

from search.engines.embedded import EmbeddedEngine
from search.port import SearchEngine


def engines() -> list[SearchEngine]:
    """In the order they are asked."""
    return [EmbeddedEngine()]
