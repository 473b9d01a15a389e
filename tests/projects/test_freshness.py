"""How fresh a project is comes from its declared rhythm, on the page and in the list's filter alike."""

import datetime as dt

import pytest

from core import clock
from projects.models import Project
from projects.portfolio.models import freshness_now
from tests.factories.projects import ProjectFactory

NOW = dt.datetime(2026, 10, 25, 9, tzinfo=dt.UTC)  # the day the clocks go back


def having(freshness):
    return Project.objects.alias(now=freshness_now()).filter(now=freshness)


@pytest.mark.parametrize(
    ("days_ago", "every", "expected"),
    [
        (0, 14, "fresh"),
        (14, 14, "fresh"),
        (15, 14, "due"),
        (28, 14, "due"),
        (29, 14, "overdue"),
        (56, 14, "overdue"),
        (57, 14, "dormant"),
        (400, 14, "dormant"),
        (8, 7, "due"),
        (29, 30, "fresh"),
    ],
)
def test_a_running_project_is_fresh_then_due_then_overdue_then_dormant(db, on_day, days_ago, every, expected):
    project = ProjectFactory(
        started_on=dt.date(2026, 1, 1), update_every_days=every, last_updated_at=NOW - dt.timedelta(days=days_ago)
    )

    with on_day(2026, 10, 25, 9):
        assert project.freshness == expected
        for freshness in Project.Freshness.values:
            found = having(freshness).exists()
            assert found == (freshness == expected), freshness


@pytest.mark.parametrize(
    "state",
    [
        {"started_on": dt.date(2014, 7, 9)},
        {"started_on": dt.date(2026, 1, 1), "stage": Project.Stage.FINISHED},
        {
            "started_on": dt.date(2026, 1, 1),
            "stage": Project.Stage.STOPPED,
            "ended_on": dt.date(2026, 2, 1),
            "lesson": "Too early",
        },
    ],
)
def test_what_is_part_of_the_record_is_never_overdue(db, state):
    project = ProjectFactory(last_updated_at=clock.now() - dt.timedelta(days=900), **state)

    assert project.freshness == Project.Freshness.HISTORY
    assert list(having("history")) == [project]
    assert not having("overdue").exists()


def test_being_an_outcome_of_a_year_does_not_end_its_updates(db):
    silent = clock.now() - dt.timedelta(days=90)
    project = ProjectFactory(started_on=dt.date(2026, 1, 1), outcome_of_year=2026, last_updated_at=silent)

    assert project.freshness == Project.Freshness.DORMANT
    assert list(having("dormant")) == list(Project.objects.late()) == [project]
