"""An engine on the real Elasticsearch that nobody else sees, for measurements and tests."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from search.engines.elastic import ElasticEngine


@contextmanager
def engine_of_ones_own(server: str) -> Iterator[ElasticEngine]:
    """An engine with a prefix of its own, patient since the machine may be busy; its indices are removed afterwards."""
    engine = ElasticEngine(server, prefix=f"test-{uuid.uuid4().hex[:10]}")
    engine.client = engine.patient = engine.client.options(request_timeout=60)
    try:
        yield engine
    finally:
        remove_indices(engine)


def remove_indices(engine: ElasticEngine) -> None:
    """Delete every index of an engine, the one in use and those before it."""
    for name in engine.patient.indices.get(index=f"{engine.alias}*"):
        engine.patient.indices.delete(index=name)
