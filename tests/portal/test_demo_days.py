"""Days of the demo are working days in office hours, whenever it is built, and say what one does there and where."""

import datetime as dt

import pytest
from django.utils import timezone

from core import clock
from core.office_days import is_office_day, last_office_day, office_day
from events.event.access import QUESTIONS
from events.models import Event
from portal.demo import days
from portal.demo.board import PERMITS_DAY
from portal.demo.chosen import PLANNING_DAY, POTHOLES_DAY
from portal.demo.discoveries_2014 import DISCOVERIES
from portal.demo.schedule_2014 import EVENTS

YEAR = [dt.date(2026, 1, 1) + dt.timedelta(days=number) for number in range(366)]
HOURS = (3, 9, 10, 15, 23)
# As gov.uk lists them for England and Wales, without Christmas Day and Boxing Day.
BANK_HOLIDAYS = {
    2022: "3 January, 15 April, 18 April, 2 May, 29 August",
    2025: "1 January, 18 April, 21 April, 5 May, 26 May, 25 August",
    2026: "1 January, 3 April, 6 April, 4 May, 25 May, 31 August",
    2027: "1 January, 26 March, 29 March, 3 May, 31 May, 30 August",
    2028: "3 January, 14 April, 17 April, 1 May, 29 May, 28 August",
}


def in_office_hours(*moments):
    local = [timezone.localtime(moment) for moment in moments]
    return all(is_office_day(each.date()) and 9 <= each.hour < 17 for each in local)


@pytest.mark.parametrize("year", BANK_HOLIDAYS)
def test_nobody_works_on_a_bank_holiday(year):
    named = [dt.datetime.strptime(f"{day} {year}", "%d %B %Y").date() for day in BANK_HOLIDAYS[year].split(", ")]

    assert not any(is_office_day(day) for day in named)
    # Of the weekdays outside Christmas week nothing else is free, but for the one that 2022 moved into June.
    first = dt.date(year, 1, 1)
    free = [day for n in range(357) if not is_office_day(day := first + dt.timedelta(days=n)) and day.weekday() < 5]
    assert [day for day in free if day.month not in {5, 6}] == [day for day in named if day.month != 5]
    assert last_office_day(named[1]) < named[1] < office_day(named[1])


def test_what_is_told_of_before_or_after_today_is_on_a_working_day():
    for day in YEAR:
        with clock.at(dt.datetime.combine(day, dt.time(11))):
            for number in (-170, -40, -20, -3, 5):
                moment = days.days(number)
                assert is_office_day(moment.date())
                assert abs((moment.date() - day).days) >= abs(number)


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
    of_2014 = [
        days.of_2014(story, kind, town)
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
            (PLANNING_DAY, "Bristol"),
            (POTHOLES_DAY, "Birmingham"),
            (PERMITS_DAY, "Bristol"),
        )
    ]
    with clock.at(dt.datetime(2026, 6, 1, 9)):
        starts_at, ends_at = days.coming(7)

    assert len(of_2014) == 10
    for about in of_2014 + today:
        assert len(about["agenda"]) > 5
        assert not any(entry.why_not(starts_at, ends_at) for entry in about["agenda"])
        assert about["address"]
        assert about["audience"]
        assert len([name for name in QUESTIONS if about.get(name)]) > 3
        for name in ("venue", "address", "directions", "audience", "access_note"):
            assert len(about[name]) <= Event._meta.get_field(name).max_length
