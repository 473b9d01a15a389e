"""Two at once on the strategy: one line stands in a cell, one assessment of a council on a day."""

import datetime as dt

import pytest

from core.errors import Refused
from steering.models import FlagAssessment, LocalImpact
from steering.operations import assess_council, fill_impact
from tests.factories.steering import STEPS, a_department
from tests.race import all_at_once, problems

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sql]
TIMES = 6


def fill_six_times(sunita):
    department = a_department()
    return all_at_once(
        [
            lambda number=number: fill_impact(
                department, part="provider", level="some", wording=f"Line {number}.", by=sunita
            )
            for number in range(TIMES)
        ]
    )


def assess_six_times(grace, harlow):
    day = dt.date(2015, 5, 1)
    return all_at_once([lambda: assess_council(harlow, by=grace, assessed_on=day, **STEPS)] * TIMES)


def test_filled_six_times_at_once_a_cell_has_one_line_that_stands_and_five_that_stood(sunita):
    assert problems(fill_six_times(sunita)) == []

    assert LocalImpact.objects.standing().count() == 1
    assert LocalImpact.objects.count() == TIMES


@pytest.mark.postgresql
def test_control_without_the_guard_some_of_them_fail(guard_off, sunita):
    assert problems(fill_six_times(sunita))


def test_assessed_six_times_at_once_a_council_has_one_assessment_of_the_day(grace, harlow):
    outcomes = assess_six_times(grace, harlow)

    assert [type(problem) for problem in problems(outcomes)] == [Refused] * (TIMES - 1)
    assert FlagAssessment.objects.count() == 1


@pytest.mark.postgresql
def test_control_without_the_guard_the_others_are_stopped_by_the_database_alone(guard_off, grace, harlow):
    outcomes = assess_six_times(grace, harlow)

    assert any(type(problem) is not Refused for problem in problems(outcomes))
