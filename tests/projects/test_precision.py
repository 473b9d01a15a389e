"""What follows from the figures of a business case is never more precise than they are."""

from decimal import Decimal

import pytest

from projects.sums.precision import digits_for, digits_of, rounded, rounded_up
from tests.factories.projects import OutlineFactory


@pytest.mark.parametrize(("figure", "digits"), [("10.10", 4), ("35.0", 3), ("5.0", 2), ("0.45", 2), ("120000.00", 8)])
def test_a_figure_has_the_digits_in_which_it_is_kept(figure, digits):
    assert digits_of(Decimal(figure)) == digits


def test_the_least_precise_figure_decides_but_never_for_less_than_two_digits():
    assert digits_for([Decimal("10.10"), Decimal("35.0")]) == 3
    assert digits_for([Decimal("0.04"), Decimal("35.0")]) == 2
    assert digits_for([Decimal("0.00"), Decimal("10.10")]) == 4
    assert digits_for([]) == 2


@pytest.mark.parametrize(
    ("amount", "digits", "shown"),
    [("100812.34", 3, "101000"), ("378000", 3, "378000"), ("12.345", 3, "12.3"), ("0", 2, "0"), ("0.5", 3, "0.50")],
)
def test_an_amount_is_rounded_half_up(amount, digits, shown):
    assert rounded(Decimal(amount), digits) == Decimal(shown)


def test_what_is_paid_back_is_never_said_to_be_so_earlier():
    assert [rounded_up(Decimal(each), 2) for each in ("8.2", "13", "131.2", "0")] == [9, 13, 140, 0]


def test_parking_permits_at_ten_pounds_ten_save_what_three_digits_can_say():
    """90,000 permits, 50% move, £2.24 of £10.10 saved on each: £100,800 would be more than is known."""
    permits = OutlineFactory.build(
        volume=90_000, unit_cost_now=Decimal("10.10"), saving_per_unit=Decimal("2.24"), take_up=Decimal("50.0")
    )

    assert permits.payback().yearly_saving == 101_000
    assert OutlineFactory.build(saving_per_unit=Decimal("0.45"), take_up=Decimal("5.0")).payback().yearly_saving == 2300
    assert OutlineFactory.build(volume=123_457, take_up=Decimal("5.0")).moved == 6200


def test_figures_are_as_precise_before_they_are_saved_as_after():
    typed = OutlineFactory.build(saving_per_unit=Decimal(9), take_up=Decimal(35), volume=123_456)
    kept = OutlineFactory.build(saving_per_unit=Decimal("9.00"), take_up=Decimal("35.0"), volume=123_456)

    assert typed.payback() == kept.payback()
