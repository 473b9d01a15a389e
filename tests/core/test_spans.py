"""A stretch of time is said as one: of several days as of several days, in the autumn hour with the clock's name."""

import datetime as dt
import re

import pytest
from django.conf import settings

from core import clock
from core.spans import at_moment, days_in_short, hour_or_year, span_in_words


def utc(*parts):
    return dt.datetime(*parts, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("starts", "ends", "words", "short"),
    [
        (utc(2026, 7, 6, 9), utc(2026, 7, 6, 15), "Monday 6 July 2026, 10:00 to 16:00", "6 Jul 2026"),
        (
            utc(2026, 7, 6, 9),
            utc(2026, 7, 7, 15),
            "Monday 6 July 2026, 10:00 to Tuesday 7 July 2026, 16:00",
            "6 to 7 Jul 2026",
        ),
        (
            utc(2026, 7, 31, 9),
            utc(2026, 8, 1, 15),
            "Friday 31 July 2026, 10:00 to Saturday 1 August 2026, 16:00",
            "31 Jul to 1 Aug 2026",
        ),
        (
            utc(2026, 12, 31, 20),
            utc(2027, 1, 1, 0, 30),
            "Thursday 31 December 2026, 20:00 to Friday 1 January 2027, 00:30",
            "31 Dec 2026 to 1 Jan 2027",
        ),
        (
            utc(2026, 1, 5, 18),
            utc(2026, 1, 6),
            "Monday 5 January 2026, 18:00 to Tuesday 6 January 2026, 00:00",
            "5 Jan 2026",
        ),
        (utc(2026, 1, 5), utc(2026, 1, 5), "Monday 5 January 2026, 00:00 to 00:00", "5 Jan 2026"),
        (
            utc(2026, 10, 25, 0, 30),
            utc(2026, 10, 25, 1, 30),
            "Sunday 25 October 2026, 01:30 BST to 01:30 GMT",
            "25 Oct 2026",
        ),
    ],
)
def test_a_span_in_words_and_in_short(starts, ends, words, short):
    assert span_in_words(starts, ends) == words
    assert days_in_short(starts, ends, with_year=True) == short


def test_without_the_year_in_a_list_of_this_year():
    assert days_in_short(utc(2026, 7, 6, 9), utc(2026, 7, 7, 15)) == "6 to 7 Jul"


def test_under_a_day_without_its_year_stands_the_hour_and_in_another_year_that_year(on_day):
    with on_day(2026, 11, 26):
        assert hour_or_year(utc(2026, 7, 6, 9)) == "10:00"
        assert hour_or_year(utc(2027, 7, 6, 9)) == "2027"


def test_no_page_writes_the_beginning_of_a_day_for_the_whole_of_it():
    pages = (settings.BASE_DIR / "templates").rglob("*.html")

    assert [path.name for path in pages if re.search(r"\b(starts|ends)_at\|", path.read_text())] == []


def test_a_moment_after_a_verb_names_its_day_unless_it_is_today():
    with clock.at(utc(2026, 7, 6, 9)):
        assert at_moment(utc(2026, 7, 6, 13, 40)) == "at 14:40"
        assert at_moment(utc(2026, 7, 5, 13, 40)) == "at 14:40 on 5 July 2026"
        assert at_moment(utc(2026, 10, 25, 1, 30)) == "at 01:30 GMT on 25 October 2026"
