"""A number that is printed comes with its unit, its base and one way of rounding."""

import datetime as dt
from decimal import Decimal

import pytest

from core.figures import POUNDS, Figure, Share


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        (Figure(1200), "1,200"),
        (Figure(Decimal("180000.00"), unit="£ a year"), "£180,000 a year"),
        (Figure(Decimal("2.24"), unit=POUNDS), "£2.24"),
        (Figure(Decimal("-3"), unit=POUNDS), "−£3"),
        (Figure(Decimal("1234.56"), unit=POUNDS, places=0), "£1,235"),
        (Figure(Decimal("410"), unit="calls"), "410 calls"),
        (Figure(1, unit="people a month"), "1 person a month"),
        (Figure(Decimal("71"), unit="%"), "71%"),
        (Figure(None, unit=POUNDS), "–"),
        (Share(3, 353, "councils"), "3 of 353 councils (0.8%)"),
        (Share(1, 8), "1 of 8 (12.5%)"),
        (Share(0, 0, "councils"), "0 of 0 councils"),
        (Share(1838, 2000), "1,838 of 2,000 (91.9%)"),
    ],
)
def test_a_figure_is_printed_with_its_unit_and_a_share_with_its_base(figure, words):
    assert str(figure) == words


def test_a_share_is_rounded_half_up_from_the_exact_numbers():
    assert Share(173, 200).with_unit == "86.5%"
    assert Share(173, 200).rounded(0).with_unit == "87%"
    assert Share(1249, 2000).rounded(0).with_unit == "62%"  # 62.45, which is not 62.5 first
    assert Share(2, 5).with_unit == "40.0%"


def test_a_share_that_is_neither_nothing_nor_all_is_not_rounded_to_either():
    said = [Share(count, 3000).with_unit for count in (0, 1, 2, 2998, 2999, 3000)]

    assert said == ["0%", "under 0.1%", "0.1%", "99.9%", "over 99.9%", "100%"]
    assert Share(1, 300).rounded(0).with_unit == "under 1%"


@pytest.mark.parametrize(
    ("unit", "one"),
    [
        ("addresses", "address"),
        ("families", "family"),
        ("analyses", "analysis"),
        ("batches", "batch"),
        ("cases", "case"),
        ("houses", "house"),
        ("people a month", "person a month"),
    ],
)
def test_one_of_a_unit_is_said_in_the_singular(unit, one):
    assert Figure(1, unit=unit).with_unit == f"1 {one}"


def test_a_share_of_nothing_is_a_dash_and_no_error():
    assert (Share(0, 0).value, Share(0, 0).number, Share(0, 0).with_unit) == (None, "–", "–")


def test_a_large_figure_stands_without_the_words_of_its_unit():
    assert Figure(Decimal("180000"), unit="£ a year").number == "£180,000"
    assert Figure(Decimal("71"), unit="%").number == "71"


def test_a_figure_carries_its_day_and_its_source_and_two_that_differ_in_them_are_two():
    figure = Share(17, 317, "councils", as_at=dt.date(2015, 3, 31), source="Report of 2015")

    assert figure != Share(17, 317, "councils")
    assert figure.rounded(0).as_at == figure.as_at
    assert (figure.counts, figure.of_base) == ("17 of 317", "17 of 317 councils")
