import pytest

from tests.outbox.kinds_for_tests import known


@pytest.fixture(autouse=True)
def kinds_for_tests():
    with known():
        yield
