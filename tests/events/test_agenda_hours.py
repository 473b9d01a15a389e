"""The hours of an agenda on the two nights on which the clocks change."""

import datetime as dt

import pytest

from core.errors import Refused
from events.event import agenda
from events.event.queries import agenda_of
from events.programme.operations import publish_event
from tests.events.test_programme import plan

pytestmark = pytest.mark.django_db


def night(fatima, month, day, text):
    start = dt.datetime(2030, month, day - 1, 22, tzinfo=dt.UTC)
    return publish_event(
        by=fatima, **plan(starts_at=start, ends_at=start + dt.timedelta(hours=9), agenda=agenda.read(text))
    )


@pytest.mark.parametrize(
    ("month", "day", "line", "why"),
    [
        (3, 31, "1:30 Not there", "“01:30 Not there”: The clocks go forward then, so there is no such time"),
        (10, 27, "1:30 Which", "comes twice. Write 01:30 BST for the first, 01:30 GMT for the second"),
        (3, 31, "1:30 BST Not there", "The clocks go forward"),
        (6, 15, "1:30 GMT Summer", "The clocks show BST on that day"),
    ],
)
def test_a_line_at_an_hour_that_does_not_exist_or_comes_twice_is_refused_beside_the_agenda(
    fatima, month, day, line, why
):
    with pytest.raises(Refused, match=why) as refused:
        night(fatima, month, day, f"Day 2\n{line}")
    assert refused.value.field == "agenda"


def test_both_hours_of_the_night_in_autumn_are_lines_in_the_order_in_which_they_come(fatima):
    text = "Day 2\n00:30 Dough\n01:15 BST First proof\n01:45 BST Fold\n01:00 GMT Again\n02:00 Bake"
    event = night(fatima, 10, 27, text.replace("01:15 BST", "1:15am bst"))

    entries = agenda_of(event)
    assert agenda.as_text(entries) == text
    moments = [entry.moment(event.starts_at) for entry in entries]
    assert moments == sorted(moments)


def test_a_title_may_begin_with_the_name_of_a_clock():
    assert [entry.title for entry in agenda.read("10:00 GMT and its uses\n1pm BST explained")] == [
        "GMT and its uses", "BST explained"
    ]  # fmt: skip
