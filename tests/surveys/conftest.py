import pytest

from surveys.waves.operations import import_survey
from tests.scenes import built_once
from tests.surveys.files import OURS, Files


@pytest.fixture(scope="module")
def both_waves(django_db_setup, django_db_blocker):
    """The waves of 2013 and 2014 as they come with the portal."""
    with built_once(lambda: import_survey(OURS), django_db_blocker):
        yield


@pytest.fixture
def files(tmp_path) -> Files:
    """A small survey in files of its own."""
    return Files(tmp_path)
