"""Days begin at midnight in London, in one zone for the whole house."""

import datetime as dt
import re
import zoneinfo
from pathlib import Path

import pytest
from django.conf import settings

from core import clock
from tests.factories.projects import NeedFactory

APPS = sorted(path.parent for path in Path(settings.BASE_DIR).glob("*/apps.py"))


@pytest.mark.django_db
def test_a_need_raised_after_midnight_in_summer_is_of_that_day(client):
    need = NeedFactory(raised_at=dt.datetime(2026, 7, 14, 23, 30, tzinfo=dt.UTC))

    table = client.get("/needs/?format=csv").content.decode()

    assert "2026-07-15" in table
    assert "2026-07-14" not in table
    assert "15 July 2026" in client.get(need.get_absolute_url()).content.decode()


def test_no_stored_moment_is_cut_to_its_day_in_utc_and_nobody_else_names_the_zone():
    code = {
        str(path.relative_to(app.parent)): path.read_text()
        for app in APPS
        for path in app.rglob("*.py")
        if "migrations" not in path.parts and "settings" not in path.parts
    }

    assert [path for path, text in code.items() if re.search(r"_at\)?\.date\(\)", text)] == []
    assert [path for path, text in code.items() if "ZoneInfo(" in text] == ["core/clock.py"]
    assert zoneinfo.ZoneInfo("Europe/London") == clock.LONDON
