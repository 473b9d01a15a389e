"""Days of the demo are working days in office hours, whenever it is built, and say what one does there and where."""

import datetime as dt

import pytest
from django.utils import timezone

from core import clock
from events.event.access import QUESTIONS
from events.models import Event
from portal.demo import days
from portal.demo.discoveries_2014 import DISCOVERIES
from portal.demo.schedule_2014 import EVENTS

YEAR = [dt.date(2026, 1, 1) + dt.timedelta(days=number) for number in range(366)]
HOURS = (3, 9, 10, 15, 23)


def in_office_hours(*moments):
    local = [timezone.localtime(moment) for moment in moments]
    return all(each.weekday() < 5 and 9 <= each.hour < 17 for each in local)


@pytest.mark.parametrize("hour", HOURS)
def test_whenever_the_demo_is_built_its_days_are_working_days_in_office_hours(hour):
    for day in YEAR:
        now = timezone.make_aware(dt.datetime.combine(day, dt.time(hour, 30)))
        with clock.at(now):
            for number in (16, 18, 24):
                starts_at, ends_at = days.coming(number)
                assert in_office_hours(starts_at, ends_at), (now, number)
                assert now + dt.timedelta(days=number - 1) < starts_at < ends_at
                assert (starts_at.month, starts_at.day) not in {(12, 24), (12, 25), (12, 31), (1, 1)}
            starts_at, ends_at = days.under_way()
            assert in_office_hours(starts_at, ends_at), now
            assert starts_at <= now <= ends_at - days.LEAST_LEFT, now
            about = days.of_today(days.PROVING_WHO_YOU_ARE, "London", last_day=days.how_many((starts_at, ends_at)))
            last = about["agenda"][-1].moment(starts_at)
            assert ends_at == last, "of several days the afternoon is on the last"


def test_every_day_of_the_demo_has_its_hours_within_the_day_a_building_and_its_access():
    told = [
        days.told(story, kind, town)
        for day, kind, _, town, _ in EVENTS
        for story in DISCOVERIES
        if day in {story.discovery_day, story.co_design_day}
    ]
    today = [
        days.of_today(about, town)
        for about, town in (
            (days.MOVING_HOUSE, "Leeds"),
            (days.BLUE_BADGES, "Birmingham"),
            (days.PROVING_WHO_YOU_ARE, "London"),
            (days.AGILE, "Bristol"),
        )
    ]
    with clock.at(dt.datetime(2026, 6, 1, 9)):
        starts_at, ends_at = days.coming(7)

    assert len(told) == 10
    for about in told + today:
        assert len(about["agenda"]) > 5
        assert all(entry.is_within(starts_at, ends_at) for entry in about["agenda"])
        assert about["address"]
        assert about["audience"]
        assert len([name for name in QUESTIONS if about.get(name)]) > 3
        for name in ("venue", "address", "directions", "audience", "access_note"):
            assert len(about[name]) <= Event._meta.get_field(name).max_length
