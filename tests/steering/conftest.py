"""The board as it votes by e-mail: nine bodies with representatives, and what they are asked."""

import pytest

from steering.operations import ask_board
from tests.factories.accounts import UserFactory
from tests.factories.steering import BoardSeatFactory
from tests.steering.motions import ORDER, in_days


@pytest.fixture
def bodies(db):
    """Nine bodies on the board, each with a representative."""
    return [BoardSeatFactory(representative=UserFactory()) for _ in range(9)]


@pytest.fixture
def motion(bodies, sunita):
    return ask_board(**ORDER, closes_on=in_days(3), by=sunita)
