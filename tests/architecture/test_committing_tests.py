"""A test that commits is followed by a flush; it must put the reference rows back for the next."""

import re
from pathlib import Path

from django.conf import settings

CARELESS = re.compile(r"transaction=True(?!, serialized_rollback=True)|\btransactional_db\b")


def test_no_test_leaves_an_empty_database_to_the_next():
    tests = [path for path in (settings.BASE_DIR / "tests").rglob("*.py") if path != Path(__file__)]

    assert [path.name for path in tests if CARELESS.search(path.read_text())] == []
