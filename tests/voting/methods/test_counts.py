"""Each method counts exactly and reports a tie as a tie, unless the order of the ballot was declared to settle it."""

import json
import random
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from tests.voting.methods.elections import drawn, every, given, ranking, rated, ticks
from voting.methods import METHODS
from voting.methods.values import Rules, from_plain, shown, to_plain

THREE = Rules((1, 2, 3))
DRAWN = 200


def title_of(option):
    return "ABCDEFGH"[option - 1]


def outcome(key, votes, rules=THREE):
    count = METHODS[key].count(votes, rules)
    return count.chosen, count.tied, count.places_tied_for


def scores(key, votes, rules=THREE):
    return [line.score for line in METHODS[key].count(votes, rules).lines]


def sentence(key, votes, rules=THREE):
    return METHODS[key].ties(METHODS[key].count(votes, rules), rules, title_of)


# What each method adds up ---------------------------------------------------------------------------------


def test_most_ticks_win():
    votes = [ticks(1, 2), ticks(2), ticks(2, 3), ticks(3)]

    assert scores("approval", votes) == [1, 3, 2]
    assert outcome("approval", votes) == ((2,), (), 0)
    assert outcome("approval", votes, replace(THREE, places=2)) == ((2, 3), (), 0)


def test_dots_add_up_and_zero_dots_support_nothing():
    votes = [given({1: 3, 2: 0}), given({2: 2, 3: 1})]

    count = METHODS["dots"].count(votes, replace(THREE, most=3))

    assert [(line.score, line.supporters) for line in count.lines] == [(3, 1), (2, 1), (1, 1)]
    assert count.chosen == (1,)


def test_scores_add_up_and_who_leaves_an_option_out_gives_it_nothing():
    votes = [given({1: 5}), given({2: 3, 3: 0}), given({2: 3})]

    count = METHODS["score"].count(votes, THREE)

    assert [line.score for line in count.lines] == [5, 6, 0]
    assert count.steps[0]["by"] == [[1, "1"], [2, "2"], [3, "1"]]
    assert count.chosen == (2,)


def test_impact_times_feasibility_orders_and_each_option_has_its_quadrant():
    votes = [rated({1: (5, 5), 2: (5, 2), 3: (2, 4)}), rated({1: (4, 3), 2: (4, 1), 3: (1, 5)}), rated({2: (3, 3)})]

    count = METHODS["matrix"].count(votes, THREE)

    assert [line.score for line in count.lines] == [18, 8, Fraction(27, 4)]
    assert [step["quadrant"] for step in count.steps[0]["options"]] == ["Quick win", "Big bet", "Fill in"]
    assert [step["rated"] for step in count.steps[0]["options"]] == ["2", "3", "2"]
    assert count.chosen == (1,)


def test_the_middle_of_the_scale_is_not_high():
    count = METHODS["matrix"].count([rated({1: (3, 3)})], THREE)

    assert count.steps[0]["options"][0]["quadrant"] == "Not now"
    assert count.steps[0]["options"][1]["quadrant"] == "Not rated"


def test_what_everybody_rates_lowest_on_both_questions_has_no_support():
    assert outcome("matrix", [rated({1: (1, 1)})]) == ((), (), 0)


# Weights --------------------------------------------------------------------------------------------------


def test_thirds_add_up_to_a_whole_exactly():
    votes = [ticks(1, weight=Fraction(1, 3))] * 3 + [ticks(2)]

    assert scores("approval", votes) == [1, 1, 0]
    assert outcome("approval", votes) == ((), (1, 2), 1)


def test_a_vote_without_weight_supports_nothing():
    assert outcome("approval", [ticks(1, weight=0)]) == ((), (), 0)
    assert METHODS["approval"].count([ticks(1, weight=0)], THREE).voted == 0


@pytest.mark.parametrize("key", METHODS)
def test_a_vote_of_weight_two_counts_as_two_votes(key):
    dice = random.Random(f"two {key}")
    for _ in range(40):
        rules, votes = drawn(key, dice)
        votes = [replace(vote, weight=Fraction(dice.randint(1, 3))) for vote in votes]
        apart = [replace(vote, weight=Fraction(1)) for vote in votes for _ in range(int(vote.weight))]

        assert METHODS[key].count(apart, rules) == METHODS[key].count(votes, rules)


# Ties -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["single", "approval", "dots", "score", "ranked"])
def test_two_that_are_level_are_tied(key):
    votes = [given({1: 1}), given({2: 1})]

    assert outcome(key, votes, replace(THREE, most=1)) == ((), (1, 2), 1)
    assert sentence(key, votes, replace(THREE, most=1)) == "A and B are tied for first place."


def test_more_may_be_tied_than_there_are_places_left():
    votes = [ticks(1), ticks(1), ticks(2), ticks(3), ticks(4)]
    rules = Rules((1, 2, 3, 4), places=3)

    assert outcome("approval", votes, rules) == ((1,), (2, 3, 4), 2)
    assert sentence("approval", votes, rules) == "B, C and D are tied for the last two places."
    assert sentence("approval", votes, replace(rules, places=2)) == "B, C and D are tied for the last place."
    assert sentence("approval", votes[1:], replace(rules, places=2)) == "A, B, C and D are tied for two places."
    assert sentence("approval", votes, replace(rules, places=1)) == ""


def test_a_tie_that_costs_nobody_a_place_is_none():
    assert outcome("approval", [ticks(1), ticks(2)], replace(THREE, places=2)) == ((1, 2), (), 0)


@pytest.mark.parametrize("key", ["single", "approval", "dots", "score", "ranked"])
def test_where_it_was_declared_the_order_of_the_ballot_settles_a_tie_and_a_step_says_so(key):
    rules = replace(THREE, most=1, options=(3, 2, 1), has_order=True)
    votes = [given({1: 1}), given({2: 1})]

    count = METHODS[key].count(votes, rules)

    assert (count.chosen, count.tied) == ((2,), ())
    assert METHODS[key].explain(count, rules, title_of)[-1].sentence == (
        "B and A were tied. As declared before the vote opened, the order of the ballot decides: B."
    )


@pytest.mark.parametrize("key", METHODS)
def test_nobody_is_chosen_or_tied_where_nobody_voted(key):
    rules = replace(THREE, most=3, pot=10, prices={1: 5, 2: 6, 3: 7})

    assert outcome(key, [], rules) == ((), (), 0)


# Thresholds -----------------------------------------------------------------------------------------------


def test_an_option_below_the_threshold_is_neither_chosen_nor_tied():
    votes = [ticks(1, 2), ticks(1, 3), ticks(2), ticks(2)]
    rules = replace(THREE, places=2, threshold=Fraction(2, 3))

    assert outcome("approval", votes, rules) == ((2,), (), 0)
    assert (
        "at least two thirds of the votes. A and C do not."
        in METHODS["approval"].explain(METHODS["approval"].count(votes, rules), rules, title_of)[0].sentence
    )


def test_half_of_the_votes_reach_a_threshold_of_half():
    rules = replace(THREE, threshold=Fraction(1, 2))

    assert outcome("single", [ticks(1), ticks(1), ticks(2), ticks(3)], rules) == ((1,), (), 0)
    assert outcome("single", [ticks(1), ticks(1), ticks(2), ticks(3), ticks(3)], rules) == ((), (), 0)


def test_the_threshold_of_a_run_off_is_asked_of_its_last_round():
    votes = [ranking(1), ranking(1), ranking(1), ranking(2, 1), ranking(3, 1)]

    # Three of five are a majority and not enough; so the run-off goes on, and the others' votes come to the first.
    assert outcome("ranked", votes, replace(THREE, threshold=Fraction(4, 5))) == ((1,), (), 0)
    # Between the last two it has three of four.
    assert outcome("ranked", votes[:4], replace(THREE, threshold=Fraction(3, 4))) == ((1,), (), 0)
    assert outcome("ranked", votes[:4], replace(THREE, threshold=Fraction(4, 5))) == ((), (), 0)


# What holds of every count --------------------------------------------------------------------------------


@pytest.mark.parametrize("key", METHODS)
def test_the_order_of_the_votes_changes_nothing(key):
    dice = random.Random(f"order {key}")
    for _ in range(DRAWN):
        rules, votes = drawn(key, dice)
        again = dice.sample(votes, len(votes))

        assert to_plain(METHODS[key].count(again, rules)) == to_plain(METHODS[key].count(votes, rules))


@pytest.mark.parametrize("key", METHODS)
def test_what_is_chosen_or_tied_has_support_and_fits_the_places(key):
    dice = random.Random(f"places {key}")
    for _ in range(DRAWN):
        rules, votes = drawn(key, dice)

        count = METHODS[key].count(votes, rules)

        support = {line.option: line.supporters for line in count.lines}
        assert all(support[option] for option in (*count.chosen, *count.tied))
        assert not {*count.chosen} & {*count.tied}
        assert bool(count.tied) == bool(count.places_tied_for)
        assert not (rules.has_order and count.tied)
        if key != "budget":
            assert len(count.chosen) + count.places_tied_for <= rules.places
        assert count.voted == sum(vote.weight for vote in votes)
        assert bool(METHODS[key].ties(count, rules, title_of)) == bool(count.tied)


@pytest.mark.parametrize("key", METHODS)
def test_another_name_for_the_options_gives_the_same_count(key):
    """So that no method prefers what comes first on the ballot."""
    dice = random.Random(f"names {key}")
    for _ in range(DRAWN):
        rules, votes = drawn(key, dice)
        rules = replace(rules, has_order=False)
        names = dict(zip(rules.options, dice.sample(rules.options, len(rules.options)), strict=True))
        renamed = replace(rules, prices={names[option]: price for option, price in rules.prices.items()})
        others = [
            replace(vote, marks=tuple(replace(mark, option=names[mark.option]) for mark in vote.marks))
            for vote in votes
        ]

        ours, theirs = METHODS[key].count(votes, rules), METHODS[key].count(others, renamed)

        assert {*theirs.chosen} == {names[option] for option in ours.chosen}
        assert {*theirs.tied} == {names[option] for option in ours.tied}


def test_one_more_vote_for_the_winner_keeps_it_winning_under_approval():
    dice = random.Random(7)
    for _ in range(DRAWN):
        rules, votes = drawn("approval", dice)
        rules = replace(rules, has_order=False)
        for winner in METHODS["approval"].count(votes, rules).chosen:
            assert winner in METHODS["approval"].count([*votes, ticks(winner)], rules).chosen


@pytest.mark.parametrize("key", METHODS)
def test_a_count_is_the_same_after_it_was_kept_as_json(key):
    dice = random.Random(f"kept {key}")
    for _ in range(DRAWN):
        rules, votes = drawn(key, dice)
        count = METHODS[key].count(votes, rules)

        assert from_plain(json.loads(json.dumps(to_plain(count)))) == count


@pytest.mark.parametrize("key", METHODS)
def test_every_count_can_be_explained_in_sentences_and_even_tables(key):
    dice = random.Random(f"explained {key}")
    for _ in range(DRAWN):
        rules, votes = drawn(key, dice)

        parts = METHODS[key].explain(METHODS[key].count(votes, rules), rules, title_of)

        assert parts
        for part in parts:
            assert part.sentence.endswith(".")
            assert all(len(row) == len(part.columns) for row in part.rows)
            assert all(isinstance(cell, str | int) for row in part.rows for cell in row)


@pytest.mark.parametrize("key", ["approval", "dots", "score", "ranked", "matrix"])
def test_numbers_can_be_written_with_fewer_decimals(key):
    rules = replace(THREE, most=3)
    vote = rated({1: (5, 4)}) if key == "matrix" else given({1: 1})
    count = METHODS[key].count([replace(vote, weight=Fraction(1, 3))], rules)

    cells = [
        cell
        for part in METHODS[key].explain(count, rules, title_of, say=lambda value: "~")
        for row in part.rows
        for cell in row
    ]

    assert "0.33" not in cells
    assert "~" in cells


def test_numbers_are_written_exactly_and_what_is_known_to_a_tenth_as_that():
    assert [shown(each) for each in (0, 1200, Fraction(2, 3), Fraction(17, 3), Decimal("5.7"), Decimal(2), None)] == [
        "0", "1200", "2/3", "5 2/3", "5.7", "2.0", "",
    ]  # fmt: skip


def test_drawn_votes_keep_the_rules():
    """So that what holds of them holds of votes that are cast."""
    dice = random.Random(3)
    for key, method in METHODS.items():
        for rules, votes in [drawn(key, dice) for _ in range(DRAWN)] + [*every("dots")][:50] * (key == "dots"):
            for vote in votes:
                method.check(vote.marks, rules)
