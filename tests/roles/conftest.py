"""The pages that walks draw."""

from tests.architecture.conftest import short_pages  # noqa: F401 -- a fixture
