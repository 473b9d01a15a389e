import pytest


@pytest.fixture
def over_the_wire(settings) -> None:
    """Other sites are asked as in production, not those that tests plant."""
    settings.OUTSIDE_ASK, settings.OUTSIDE_RESOLVE = "core.outside.ask", "core.outside.resolve"
