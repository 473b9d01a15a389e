"""Pressed many times at once: an update is confirmed once by its link, an owner is asked once, a project paused once.

Each rule has its control without the guard, as in `test_races`.
"""

import datetime as dt

import pytest

from core import clock
from core.errors import Refused
from outbox.models import Message
from projects.models import Project
from projects.portfolio import links, nudging
from projects.portfolio.operations import pause_project
from tests.factories.projects import ProjectFactory
from tests.projects.days import noon
from tests.race import all_at_once, problems, slowly

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def everyone_meets_in_the_middle(monkeypatch):
    """Between looking and writing passes a moment, in the guarded runs and the controls alike."""
    monkeypatch.setattr(nudging, "add_confirmation", slowly(nudging.add_confirmation))
    monkeypatch.setattr(Project, "save", slowly(Project.save))


@pytest.fixture
def late(harlow, grace):
    project = ProjectFactory(running=True, lead_council=harlow, last_updated_at=noon(17))
    project.updates.create(line="Third council live.", by=grace, at=noon(17))
    return project


def confirm_six_times(late, grace):
    link = links.link_for(late, grace)
    return all_at_once([lambda: nudging.confirm_by_link(link)] * 6)


def pause_six_times(late, grace):
    again = clock.today() + dt.timedelta(days=90)
    pause = {"because": "The law.", "lesson": "Ask.", "look_again_on": again}
    return all_at_once([lambda: pause_project(late, by=grace, **pause)] * 6)


def test_pressed_six_times_at_once_it_is_confirmed_once(late, grace):
    outcomes = confirm_six_times(late, grace)

    assert [type(problem) for problem in problems(outcomes)] == [Refused] * 5
    assert late.updates.count() == 2


def test_control_without_the_guard_it_is_confirmed_more_than_once(guard_off, late, grace):
    assert [type(problem) for problem in problems(confirm_six_times(late, grace))] != [Refused] * 5


def test_asked_six_times_at_once_an_owner_gets_one_mail(late, fatima):
    outcomes = all_at_once([lambda: nudging.nudge_owner(late, by=fatima)] * 6)

    assert [type(problem) for problem in problems(outcomes)] == [Refused] * 5
    assert Message.objects.count() == 1


def test_control_without_the_guard_an_owner_is_asked_more_than_once(guard_off, late, fatima):
    outcomes = all_at_once([lambda: nudging.nudge_owner(late, by=fatima)] * 6)

    assert [type(problem) for problem in problems(outcomes)] != [Refused] * 5


def test_paused_six_times_at_once_a_project_is_paused_once(late, grace):
    assert [type(problem) for problem in problems(pause_six_times(late, grace))] == [Refused] * 5


def test_control_without_the_guard_a_project_is_paused_more_than_once(guard_off, late, grace):
    assert [type(problem) for problem in problems(pause_six_times(late, grace))] != [Refused] * 5
