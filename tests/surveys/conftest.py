import pytest

from surveys.waves.operations import import_survey
from tests.surveys.files import OURS, Files


@pytest.fixture
def both_waves(db):
    """The waves of 2013 and 2014 as they come with the portal."""
    import_survey(OURS)


@pytest.fixture
def files(tmp_path) -> Files:
    """A small survey in files of its own."""
    return Files(tmp_path)
