"""What savings come to for all councils, with the working; which level a title suggests."""

from decimal import Decimal
from pathlib import Path

import pytest

from surveys.waves.extrapolation import Extrapolation
from surveys.waves.facts import about
from surveys.waves.levels import Level, suggested_level

PRINTED = {"share": Decimal("64.9"), "average": Decimal(1_401_316), "councils": 353}
TITLES = (Path(__file__).parent / "titles.txt").read_text().splitlines()


def test_the_sums_of_the_report():
    printed = Extrapolation(**PRINTED)

    assert printed.exact_saving_councils == Decimal("229.097")
    assert printed.saving_councils == 230
    assert printed.of_those_who_save == 322_302_680
    assert printed.of_all == 494_664_548


def test_with_229_councils_it_is_less():
    half_up = Extrapolation(**PRINTED, rule="half_up")

    assert (half_up.saving_councils, half_up.of_those_who_save) == (229, 320_901_364)
    assert Extrapolation(**PRINTED, rule="none").saving_councils == Decimal("229.097")


def test_five_billion_are_not_reached_without_growth():
    flat = Extrapolation(**PRINTED)

    assert flat.of_those_who_save_over_years == 3_223_026_800
    assert flat.of_all_over_years == 4_946_645_480
    assert not flat.reaches(5_000_000_000)
    assert Extrapolation(**PRINTED, growth=Decimal(1)).reaches(5_000_000_000)
    assert Extrapolation(**PRINTED, years=1).times == 1


@pytest.mark.parametrize("wrong", [{"share": Decimal(101)}, {"years": 0}, {"years": 51}, {"rule": "down"}])
def test_what_makes_no_sense_is_refused(wrong):
    with pytest.raises(ValueError, match="from"):
        Extrapolation(**PRINTED | wrong)


@pytest.mark.parametrize(
    ("title", "level"),
    [
        ("Chief Executive", 1),
        ("Councillor", 1),
        ("Cabinet Member for Corporate and Democratic Services", 1),
        ("Council Deputy Leader", 1),
        ("Head of ICT & Business Transformation", 1),
        ("Head of IT & Transformation", 1),
        ("Director of ICT Services", 1),
        ("Corporate Director", 1),
        ("Assistant Director - Regeneration and Property Services", 2),
        ("Head of Communications", 2),
        ("Senior Finance Manager", 2),
        ("Improving the Customer Experience Programme Director", 2),
        ("Team Leader - Spatial Data", 3),
        ("Web Editor", 3),
        ("", 3),
    ],
)
def test_a_title_suggests_a_level(title, level):
    assert suggested_level(title) == level


def test_what_somebody_sets_goes_before_what_a_title_suggests():
    assert suggested_level("Web Editor", override=1) == Level.ONE
    assert suggested_level("Assistant Director", is_central=True) == Level.ONE
    assert suggested_level("Licensing", role="member") == Level.ONE


def test_each_of_the_printed_titles_has_a_level():
    levels = [suggested_level(title) for title in TITLES]

    assert len(TITLES) == 131
    assert {level: levels.count(level) for level in Level} == {1: 15, 2: 23, 3: 93}


@pytest.mark.parametrize(
    ("count", "base", "percent", "said"),
    [
        (45, 95, 46, "about 45 of 95"),
        (10, 10, 91, "about 10 of about 10"),
        (10, 10, 100, "about 10 of 10"),
        (None, 40, 27, "mean of about 40"),
    ],
)
def test_rounded_counts_that_seem_to_contradict_their_share_are_both_about_so_many(count, base, percent, said):
    assert about(count, base, percent) == said
