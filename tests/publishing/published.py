"""Figures of a published case study, and publishing it with others."""

import datetime as dt
from unittest import mock

from core import clock
from core.months import months_after
from publishing.models import CaseStudyPage
from tests.publishing.drafts import fresh

CLAIMED = {"measure": "Calls about missed bins a month"}
PUBLISHED = dt.datetime(2040, 3, 1, 12, tzinfo=dt.UTC)
MEASURED = {**CLAIMED, "after": 268, "after_unit": "calls", "after_n": 3, "after_on": dt.date(2015, 3, 1)}
COMPARED = {**MEASURED, "before": 410, "before_unit": "calls", "before_n": 3, "before_on": dt.date(2014, 3, 1)}


def published_with(page, **figures) -> CaseStudyPage:
    """The page, once a new version with these figures was published."""
    page = fresh(page)
    for name, value in figures.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return fresh(page)


def at(months, days=0):
    """So many months and days after it was published; mail is sent, as in the present."""
    day = months_after(PUBLISHED.date(), months) + dt.timedelta(days)
    return mock.patch.object(clock, "today", return_value=day)
