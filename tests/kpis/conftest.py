import pytest

from tests.factories.councils import ServiceFactory


@pytest.fixture
def service():
    return ServiceFactory(name="Permits of old", slug="permits-of-old")
