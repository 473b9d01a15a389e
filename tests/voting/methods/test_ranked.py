"""Instant run-off says round by round who is out and where the votes go, and settles no tie by chance or in silence."""

import random
from dataclasses import replace
from fractions import Fraction

import pytest

from tests.voting.methods.elections import ranking
from voting.methods import METHODS, instant_run_off
from voting.methods.values import Rules

RANKED = METHODS["ranked"]
FOUR = Rules((1, 2, 3, 4))


def title_of(option):
    return "ABCD"[option - 1]


def rounds_of(count, place=1):
    return next(step for step in count.steps if step.get("place") == place)["rounds"]


def test_votes_go_on_to_the_next_option_that_is_still_in_or_are_exhausted():
    votes = [ranking(1)] * 4 + [ranking(2)] * 3 + [ranking(3, 4, 2), ranking(3)] + [ranking(4, 2)]

    count = RANKED.count(votes, FOUR)

    first, second, third = rounds_of(count)
    assert (first["out"], first["why"], first["to"], first["exhausted"]) == ([4], "fewest", [[2, "1"]], "0")
    assert (second["out"], second["to"], second["exhausted"]) == ([3], [[2, "1"]], "1")
    assert third["votes"] == [[1, "4"], [2, "5"]]
    assert count.chosen == (2,)
    assert [line.score for line in count.lines] == [4, 5, 2, 1]


def test_weights_go_on_exactly():
    votes = [ranking(1, weight=Fraction(1, 2)), ranking(2, 1, weight=Fraction(1, 3)), ranking(3, weight=Fraction(5, 6))]

    count = RANKED.count(votes, FOUR)

    assert rounds_of(count)[-1]["votes"] == [[1, "5/6"], [3, "5/6"]]
    assert count.tied == (1, 3)


def test_those_who_could_not_catch_up_even_together_are_out_at_once():
    votes = [ranking(1)] * 4 + [ranking(2)] * 3 + [ranking(3, 2)] + [ranking(4, 2)]

    count = RANKED.count(votes, FOUR)

    assert (rounds_of(count)[0]["out"], rounds_of(count)[0]["why"]) == ([3, 4], "together")
    assert count.chosen == (2,)


def test_of_two_level_for_last_the_one_with_fewer_votes_in_an_earlier_round_is_out():
    votes = [ranking(1)] * 6 + [ranking(2, 1)] * 3 + [ranking(3, 2)] * 2 + [ranking(4, 3)]

    count = RANKED.count(votes, FOUR)

    second = rounds_of(count)[1]
    assert second["votes"] == [[1, "6"], [2, "3"], [3, "3"]]
    assert (second["out"], second["why"]) == ([3], "earlier")
    assert rounds_of(count)[2]["votes"] == [[1, "6"], [2, "5"]]
    assert (count.chosen, count.tied) == ((1,), ())


def test_the_last_two_are_tied_whatever_earlier_rounds_say():
    votes = [ranking(1)] * 3 + [ranking(2)] * 2 + [ranking(3, 2)]

    count = RANKED.count(votes, FOUR)

    assert rounds_of(count)[-1]["votes"] == [[1, "3"], [2, "3"]]
    assert (count.chosen, count.tied, count.places_tied_for) == ((), (1, 2), 1)


def test_a_tie_for_last_that_decides_who_wins_is_reported_with_what_follows_from_each():
    votes = [ranking(1)] * 2 + [ranking(2)] + [ranking(3, 2)]

    count = RANKED.count(votes, FOUR)

    assert count.tied == (1, 2)
    assert rounds_of(count)[-1]["ways"] == [[2, [1]], [3, [1, 2]]]
    happened = RANKED.explain(count, FOUR, title_of)[1].rows[-1]
    assert happened == (
        2,
        "Undecided",
        "B and C are level for last, in earlier rounds too",
        "without B, A wins; without C, A or B wins.",
    )


def test_where_the_order_of_the_ballot_settles_ties_the_lowest_of_those_level_for_last_is_out():
    votes = [ranking(1)] * 2 + [ranking(2)] + [ranking(3, 2)]
    rules = replace(FOUR, options=(1, 3, 2, 4), has_order=True)

    count = RANKED.count(votes, rules)

    assert (rounds_of(count)[1]["out"], rounds_of(count)[1]["why"]) == ([2], "order")
    assert (count.chosen, count.tied) == ((1,), ())
    assert RANKED.explain(count, rules, title_of)[1].rows[1][2] == "Level for last, and lowest of these on the ballot"


def test_a_tie_for_last_that_changes_nothing_is_no_tie_and_is_told():
    votes = [ranking(1, 2), ranking(1, 3), ranking(2, 1), ranking(2, 3), ranking(3, 2), ranking(4)]

    count = RANKED.count(votes, FOUR)

    assert count.chosen == (2,)
    assert rounds_of(count)[0]["level"] == [3, 4]
    assert RANKED.explain(count, FOUR, title_of)[1].rows[0][2] == (
        "Level for last, and the same wins whichever is out: C and D"
    )


def test_for_a_second_place_the_winner_is_taken_out_and_the_run_off_held_again():
    votes = [ranking(1, 2)] * 3 + [ranking(3)] * 2

    count = RANKED.count(votes, replace(FOUR, places=2))

    assert count.chosen == (1, 2)
    assert rounds_of(count, place=2)[0]["votes"] == [[2, "3"], [3, "2"], [4, "0"]]


def test_two_that_are_level_for_the_first_of_two_places_are_both_chosen():
    votes = [ranking(1)] * 2 + [ranking(2)] * 2 + [ranking(3)]

    assert RANKED.count(votes, replace(FOUR, places=2)).chosen == (1, 2)
    assert RANKED.count(votes, replace(FOUR, places=1)).tied == (1, 2)


def test_places_are_filled_as_far_as_anybody_has_support():
    assert RANKED.count([ranking(2)], replace(FOUR, places=3)).chosen == (2,)


def test_the_explanation_has_a_column_for_each_round_and_a_row_for_exhausted_votes():
    votes = [ranking(1)] * 4 + [ranking(2)] * 3 + [ranking(3, 2), ranking(3)] + [ranking(4, 2)]

    table, happened, pairs = RANKED.explain(RANKED.count(votes, FOUR), FOUR, title_of)

    assert table.sentence.endswith("until then the last is out. B wins.")
    assert table.columns == ("Option", "Round 1", "Round 2", "Round 3")
    assert table.rows[2] == ("C", "2", "2", "–")
    assert table.rows[-1] == ("Exhausted: ranks none still in", "0", "0", "1")
    assert happened.rows == (
        (1, "D", "Fewest votes", "1 to B"),
        (2, "C", "Fewest votes", "1 to B and 1 exhausted"),
    )
    assert "B beats every other." in pairs.sentence
    assert pairs.rows[0] == ("A", "–", "4 to 5", "4 to 2", "4 to 1")


def test_two_by_two_may_disagree_with_the_run_off_and_does_not_decide():
    votes = [ranking(1, 2)] * 4 + [ranking(3, 2)] * 3 + [ranking(2, 3)] * 2

    count = RANKED.count(votes, FOUR)

    assert count.chosen == (3,)
    assert "B beats every other. This explains the result and does not decide it." in (
        RANKED.explain(count, FOUR, title_of)[-1].sentence
    )


@pytest.mark.parametrize("places", [1, 5])
def test_where_there_are_too_many_ways_out_of_ties_all_that_could_win_are_tied(places, monkeypatch):
    monkeypatch.setattr(instant_run_off, "MOST_EFFORT", 2_000)
    dice = random.Random(1)
    options = tuple(range(1, 13))
    votes = [ranking(*options[place:], *dice.sample(options[:place], place)) for place in range(12)]

    count = RANKED.count(votes, Rules(options, places=places))

    assert (count.chosen, count.tied, count.places_tied_for) == ((), options, places)
    assert "not every way to go on was tried" in RANKED.explain(count, Rules(options, places=places), str)[0].sentence
