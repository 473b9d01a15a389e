"""What somebody looked for is in no log: an address stands beside it there."""

import logging

import pytest


class Lines(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(str(record.msg))


@pytest.fixture
def lines():
    handler, logger = Lines(), logging.getLogger("django_structlog")
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    yield handler.lines
    logger.removeHandler(handler)
    logger.setLevel(level)


@pytest.mark.django_db
def test_a_request_is_logged_by_its_path_without_the_words_looked_for(client, lines, monkeypatch):
    client.get("/search/?q=redundancy&region=wales")
    client.get("/search/suggest?q=redundancy")
    monkeypatch.setattr("search.views.queries.search", lambda *args, **kwargs: 1 / 0)
    client.raise_request_exception = False
    client.get("/search/?q=redundancy")

    said = "\n".join(lines)
    assert "GET /search/suggest" in said
    assert "request_failed" in said
    assert "127.0.0.1" in said
    assert "redundancy" not in said
    assert "wales" not in said
