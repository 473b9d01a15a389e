"""What tests of several subjects of an event begin with. A module with a day of its own makes its own."""

import pytest

from events.models import Event
from events.places.queries import miscounted
from tests.factories.events import EventFactory


@pytest.fixture
def today() -> Event:
    """A Co-Design Day that has begun."""
    return EventFactory(started=True, co_design=True, slug="today", capacity=40)


@pytest.fixture
def desk(signed_in, fatima):
    """A facilitator at the desk."""
    return signed_in(fatima)


@pytest.fixture
def counters_stay_right(db):
    """Afterwards every stored counter of the events is what their rows say."""
    yield
    assert not miscounted()
