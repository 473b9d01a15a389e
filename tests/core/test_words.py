"""Counts, days, moments, spans, money and lists are said in one way, in Python as in templates."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.conf import settings
from django.template import Context, Template

from core import clock, words
from core.words import at_moment, days_in_short, span_in_words


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


def test_no_page_writes_the_beginning_of_a_day_for_the_whole_of_it():
    pages = (settings.BASE_DIR / "templates").rglob("*.html")

    assert [path.name for path in pages if re.search(r"\b(starts|ends)_at\|", path.read_text())] == []


def test_a_moment_after_a_verb_names_its_day_unless_it_is_today():
    with clock.at(utc(2026, 7, 6, 9)):
        assert at_moment(utc(2026, 7, 6, 13, 40)) == "at 14:40"
        assert at_moment(utc(2026, 7, 5, 13, 40)) == "at 14:40 on 5 July 2026"
        assert at_moment(utc(2026, 10, 25, 1, 30)) == "at 01:30 GMT on 25 October 2026"


def test_a_count_goes_with_its_noun():
    assert words.counted(1, "council") == "1 council"
    assert words.counted(0, "council") == "0 councils"
    assert words.counted(1200, "person is", "people are") == "1,200 people are"
    assert [words.one_or_many(n, "has", "have") for n in (1, 2)] == ["has", "have"]
    decimals = [Decimal("0.5"), Decimal("1.00"), Decimal("1.5")]
    assert [words.one_or_many(n, "point") for n in decimals] == ["points", "point", "points"]


def test_decimals_of_a_number_end_without_noughts_and_those_of_money_are_pence():
    amounts = [Decimal(said) for said in ("18.50", "100.00", "1200", "0.05", "-0.004")]

    assert [words.plain(each) for each in amounts] == ["18.5", "100", "1,200", "0.05", "0"]
    assert (words.pounds(Decimal("4.5")), words.plain(Decimal(100), 1)) == ("£4.50", "100.0")


def test_small_numbers_are_spelled_out_where_they_begin_a_sentence():
    assert [words.spelled(n) for n in (0, 1, 9, 10, 1200)] == ["no", "one", "nine", "10", "1,200"]


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ([], ""),
        (["Harlow"], "Harlow"),
        (["Harlow", "Luton"], "Harlow and Luton"),
        (["Exeter", "Harlow", "Luton"], "Exeter, Harlow and Luton"),
    ],
)
def test_a_list_reads_as_a_sentence_does(names, said):
    assert words.series(names) == said


def test_of_a_long_list_the_first_are_named_and_the_others_counted():
    assert words.series("ABCD", last="or", most=3) == "A, B, C or D"
    assert words.series("ABCDE", last="or", most=3) == "A, B, C or 2 others"


def test_pence_are_said_only_where_there_are_any():
    amounts = (Decimal("4.20"), Decimal(120000), 0, Decimal("-3.00"))

    assert [words.pounds(amount) for amount in amounts] == ["£4.20", "£120,000", "£0", "−£3"]


def test_next_to_nothing_has_no_sign():
    assert (words.pounds(Decimal("-0.004")), words.plain(Decimal("-0.4"), 0)) == ("£0", "0")


def test_two_years_to_the_day_are_two_years_and_a_moment_gone_by_has_its_day(on_day):
    with on_day(2016, 7, 9):
        assert [words.ago(dt.date(2014, 7, day)) for day in (8, 9, 10)] == ["2 years ago", "2 years ago", "1 year ago"]
        gone = dt.datetime(2016, 7, 6, 12, tzinfo=dt.UTC)
        assert words.coming_moment(gone) == "at 13:00 on 6 July 2016"


def test_how_long_a_cost_takes_to_come_back():
    assert [words.months_in_words(n) for n in (0, 1, 9, 12, 25, None)] == [
        "0 months",
        "1 month",
        "9 months",
        "1 year",
        "2 years 1 month",
        "Never",
    ]


def test_a_day_is_the_day_in_london():
    evening = utc(2016, 5, 3, 23, 30)

    assert words.day_in_words(evening) == "4 May 2016"
    assert words.day_in_words(evening, with_weekday=True) == "Wednesday 4 May 2016"
    assert words.month_in_words(dt.date(2016, 2, 4)) == "February 2016"
    assert words.moment_in_words(evening) == "4 May 2016, 00:30"
    assert words.day_in_words(None) == words.month_in_words(None) == words.moment_in_words(None) == ""


def test_what_comes_is_named_by_its_hour_its_weekday_or_its_day():
    with clock.at(utc(2026, 7, 6, 9)):
        moments = (utc(2026, 7, 6, 16), utc(2026, 7, 10, 16), utc(2026, 7, 20, 16))
        assert [words.coming_moment(moment) for moment in moments] == ["today at 17:00", "on Friday", "on 20 July"]
        assert [words.since(moment) for moment in (moments[0], dt.date(2016, 5, 4))] == [
            "since today",
            "since 4 May 2016",
        ]


def test_a_year_never_has_a_comma():
    day = dt.date(2014, 2, 4)
    said = [words.year_in_words(day), words.day_in_words(day), words.month_in_words(day), words.days_in_words(day, day)]
    page = Template("{{ day|year }} {{ day|day }} {{ day|month }} {{ day.year|year }} {{ day|day:'weekday' }}")

    assert all("2014" in each for each in said)
    assert page.render(Context({"day": day})) == "2014 4 February 2014 February 2014 2014 Tuesday 4 February 2014"


def test_a_template_says_what_the_functions_say():
    page = Template(
        "{{ at|day:'short' }}; {{ at|day:'short, no year' }}; {{ at|clock_time }}; {{ at|clock_time:True }}; "
        "{{ at|moment }}; {{ n|counted:'person,people' }} {{ n|one_or_many:'is,are' }}; "
        ""
        "{% for name in names %}{{ forloop|joint }}{{ name }}{% endfor %}; "
        "{{ none|day }}{{ none|moment }}"
    )
    shown = {"at": utc(2016, 2, 4, 14), "n": 1200, "names": ["A", "<b>", "C"], "none": None}

    assert page.render(Context(shown)) == (
        "4 Feb 2016; 4 Feb; 14:00; Thu 14:00; 4 February 2016, 14:00; 1,200 people are; A, &lt;b&gt; and C; "
    )


def test_a_form_of_a_day_that_there_is_not_is_an_error():
    with pytest.raises(KeyError):
        Template("{{ at|day:'brief' }}").render(Context({"at": dt.date(2016, 2, 4)}))
