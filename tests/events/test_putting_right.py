"""After the day who came can be put right for two weeks; then it is counted and stays."""

import datetime as dt
import uuid

import pytest
from django.utils import timezone

from core import clock
from core.errors import Refused
from events.desk import operations as desk
from events.desk.operations import Press
from events.places.queries import miscounted
from tests.factories.events import EventFactory, SignUpFactory
from tests.pages import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def day():
    """A day of last month, from ten to four."""
    at_ten = timezone.localtime().replace(hour=10, minute=0, second=0, microsecond=0) - dt.timedelta(days=40)
    return EventFactory(slug="day", starts_at=at_ten, capacity=3)


def deeds(day, fatima):
    """A check-in, an undoing and a walk-in, of people whom they are new to."""
    came, away = SignUpFactory.create_batch(2, event=day)
    with clock.at(day.starts_at):
        desk.check_in(came, by=fatima)
    return (
        lambda **press: desk.check_in(away, by=fatima, **press),
        lambda **press: desk.undo_check_in(came, by=fatima, **press),
        lambda **press: desk.walk_in(day, by=fatima, name="Wendy Ash", **press),
    )


def test_until_midnight_a_press_is_of_its_own_moment(day, fatima):
    place = SignUpFactory(event=day)
    with clock.at(day.ends_at + dt.timedelta(hours=3)):
        assert desk.check_in(place, by=fatima).checked_in_at == day.ends_at + dt.timedelta(hours=3)


@pytest.mark.parametrize("is_of_a_phone", [False, True])
def test_what_is_pressed_on_a_later_day_puts_right_who_came_as_of_the_end(day, fatima, is_of_a_phone):
    later = day.ends_at + dt.timedelta(days=13, hours=20)
    with clock.at(later):
        missing, mistaken, walked_in = (
            deed(press=Press("1", uuid.uuid4(), later if is_of_a_phone else None)) for deed in deeds(day, fatima)
        )

    assert (missing.checked_in_at, walked_in.checked_in_at, mistaken.checked_in_at) == (day.ends_at, day.ends_at, None)
    day.refresh_from_db()
    assert day.arrived == 2
    assert not miscounted()


def test_once_the_feedback_of_who_came_is_counted_it_stays_as_it_is(day, fatima):
    with clock.at(day.feedback_closes_at):
        for deed in deeds(day, fatima):
            with pytest.raises(Refused, match="Who came could be put right until"):
                deed()
    day.refresh_from_db()
    assert day.arrived == 1


def test_a_list_that_comes_days_late_counts_at_the_moments_of_its_presses(day, fatima):
    pressed_at = day.starts_at + dt.timedelta(minutes=7)
    place = SignUpFactory(event=day)
    with clock.at(day.ends_at + dt.timedelta(days=3)):
        assert desk.check_in(place, by=fatima, press=Press("2", uuid.uuid4(), pressed_at)).checked_in_at == pressed_at


def test_the_desk_says_what_can_still_be_done(day, fatima, signed_in):
    SignUpFactory(event=day, person__name="Eve Due")
    deeds(day, fatima)

    def desk_at(moment):
        with clock.at(moment):
            return words(signed_in(fatima).get("/events/day/check-in/?group=expected"))

    page = desk_at(day.ends_at + dt.timedelta(days=2))
    assert "The day is over. If somebody is missing, or was checked in by mistake, put it right by" in page
    assert "</strong> did not come" in page
    assert "<h2>Who came</h2> <p>1 person came." in page
    assert "Check in<" in page
    page = desk_at(day.feedback_closes_at)
    assert "Who came could be put right until" in page
    assert "Check in<" not in page
    assert "Add a walk-in" not in page
    assert "The day is over. If" not in desk_at(day.ends_at)
