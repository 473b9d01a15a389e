"""A vote that breaks the rules is refused with a sentence that says how, a draft with one that says what it lacks."""

from dataclasses import replace
from fractions import Fraction

import pytest

from tests.voting.methods.elections import given, ranking, rated, ticks
from voting.methods import METHODS
from voting.methods.values import Rules, VoteMark, WrongVote

FOUR = Rules((1, 2, 3, 4))
DOTS = replace(FOUR, most=5, cap=3)
POT = replace(FOUR, pot=100_000, prices={1: 60_000, 2: 50_000, 3: 20_000, 4: 10_000})
RULES = dict.fromkeys(METHODS, FOUR) | {"dots": DOTS, "budget": POT}
FORGED = [-1, pytest.param(10**5000, id="5,000 digits"), Fraction(1, 2), 1.5, "1", None, True]


def refusal(key, marks, rules=None):
    with pytest.raises(WrongVote) as refused:
        METHODS[key].check(marks, rules or RULES[key])
    return refused.value


@pytest.mark.parametrize(
    ("key", "vote"),
    [
        ("single", ticks(2)),
        ("approval", ticks(1, 2, 3, 4)),
        ("dots", given({1: 3, 2: 2, 3: 0})),
        ("dots", given({4: 1})),
        ("score", given({1: 0, 2: 5})),
        ("ranked", ranking(3, 1)),
        ("ranked", ranking(1, 2, 3, 4)),
        ("matrix", rated({1: (1, 5), 3: (4, 4)})),
        ("budget", ticks(1, 4)),
    ],
)
def test_a_vote_that_keeps_the_rules_passes(key, vote):
    METHODS[key].check(vote.marks, RULES[key])


@pytest.mark.parametrize(
    ("key", "vote", "rules", "sentence"),
    [
        ("single", ticks(1, 2), FOUR, "You ticked 2: untick 1, you may tick 1."),
        ("approval", ticks(1, 2, 3, 4), replace(FOUR, most=3), "You ticked 4: untick 1, you may tick 3."),
        ("dots", given({1: 3, 2: 3, 3: 1}), DOTS, "You gave 7 dots: take 2 back, you have 5."),
        ("dots", given({1: 4}), DOTS, "You gave 4 dots to one option: it takes at most 3."),
        ("dots", given({1: 7}), replace(DOTS, cap=None), "You gave 7 dots: take 2 back, you have 5."),
        ("dots", given({1: 0, 2: 0}), DOTS, "Give at least one dot."),
        ("dots", given({1: -1, 2: 5}), DOTS, "Dots are whole numbers, 0 or more."),
        ("score", given({1: 6}), FOUR, "Scores are whole numbers from 0 to 5."),
        ("ranked", (ranking(1, 2, 3)), replace(FOUR, most=2), "You ranked 3: take 1 out, you may rank 2."),
        ("ranked", given({1: 1, 2: 1}), FOUR, "You ranked two options as number 1: give each a rank of its own."),
        ("ranked", given({1: 1, 2: 3}), FOUR, "You ranked none as number 2: rank without gaps, from 1 on."),
        ("ranked", given({1: 0}), FOUR, "Ranks are whole numbers from 1."),
        ("matrix", rated({1: (0, 3)}), FOUR, "Ratings are whole numbers from 1 to 5."),
        ("budget", given({1: 2}), POT, "A tick counts one."),
    ],
)
def test_a_wrong_vote_is_told_what_to_change(key, vote, rules, sentence):
    assert str(refusal(key, vote.marks, rules)) == sentence


@pytest.mark.parametrize("key", METHODS)
def test_nothing_an_option_of_another_ballot_and_the_same_twice_are_refused(key):
    first = METHODS[key].questions[0]
    own = VoteMark(1, 1, first)

    assert str(refusal(key, ())) == METHODS[key].nothing
    assert str(refusal(key, (VoteMark(9, 1, first),))) == "Choose only from the options of this vote."
    assert str(refusal(key, (own, own))) == "Mark each option once."
    assert str(refusal(key, (VoteMark(1, 1, "colour"),))) == "Answer only the questions of this vote."


@pytest.mark.parametrize("key", METHODS)
@pytest.mark.parametrize("value", FORGED)
def test_a_forged_value_is_refused(key, value):
    marks = tuple(VoteMark(1, value, question) for question in METHODS[key].questions)

    refusal(key, marks)


def test_the_refusal_says_beside_which_field_it_stands():
    assert refusal("dots", given({1: 1, 2: 4}).marks).option == 2
    missing = refusal("matrix", (VoteMark(3, 4, "impact"),))
    assert (missing.option, missing.question) == (3, "feasibility")
    assert str(missing) == (
        "You rated one option for impact and not for feasibility: rate it for both, or leave it out."
    )


# Preparing a ballot ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", METHODS)
def test_rules_in_order_lack_nothing(key):
    assert METHODS[key].why_not(RULES[key]) == []


@pytest.mark.parametrize(
    ("key", "rules", "sentence"),
    [
        ("single", Rules((1,)), "A vote needs at least two options."),
        (
            "approval",
            replace(FOUR, places=4),
            "4 of 4 options would be chosen: choose fewer, or there is nothing to vote on.",
        ),
        ("score", replace(FOUR, places=0), "At least one option has to be chosen."),
        (
            "ranked",
            replace(FOUR, threshold=Fraction(3, 2)),
            "The support that an option needs is a share of the votes, at most all of them.",
        ),
        ("approval", replace(FOUR, most=0), "A voter has to be able to tick at least one."),
        ("ranked", replace(FOUR, most=0), "A voter has to be able to rank at least one."),
        ("dots", FOUR, "Say how many dots each voter has."),
        ("dots", replace(DOTS, cap=6), "One option cannot take 6 dots: each voter has 5."),
        ("dots", replace(DOTS, cap=1), "Nobody could give 5 dots: 4 options take 4 in all."),
        ("dots", replace(DOTS, most=4, cap=0), "One option has to take at least one dot."),
        ("budget", replace(POT, pot=None), "Say how much money there is to spend."),
        (
            "budget",
            replace(POT, prices={1: 60_000, 2: 1, 3: 0}),
            "Every option needs a price in whole pounds: 2 options have none.",
        ),
        (
            "budget",
            replace(POT, pot=55_000),
            "1 option costs more than the pot of £55,000 and could never be funded: raise the pot, or leave out what "
            "is dearer.",
        ),
        (
            "budget",
            replace(POT, pot=140_000),
            "The pot of £140,000 pays for every option: there is nothing to vote on.",
        ),
    ],
)
def test_a_draft_is_told_what_its_rules_lack(key, rules, sentence):
    assert sentence in METHODS[key].why_not(rules)


@pytest.mark.parametrize(
    ("key", "rules", "words"),
    [
        ("single", FOUR, "Tick one."),
        ("approval", FOUR, "Tick as many as you would pursue."),
        ("approval", replace(FOUR, most=3), "Tick up to 3."),
        ("approval", replace(FOUR, most=1), "Tick one."),
        ("approval", replace(FOUR, most=9), "Tick as many as you would pursue."),
        ("dots", DOTS, "Give 5 dots, at most 3 to one."),
        ("dots", replace(DOTS, cap=None), "Give 5 dots, all to one if you like."),
        ("score", FOUR, "Score each from 0 to 5, or leave it out."),
        ("ranked", FOUR, "Rank as many as you like, best first."),
        ("ranked", replace(FOUR, most=3), "Rank up to 3, best first."),
        ("matrix", FOUR, "Rate each from 1 to 5 for impact and for feasibility, or leave it out."),
        ("budget", POT, "Tick what you would fund. There is £100,000 to spend."),
    ],
)
def test_the_rules_read_as_one_sentence(key, rules, words):
    assert METHODS[key].rule_words(rules) == words


def test_each_method_says_which_question_it_answers():
    assert list(METHODS) == ["single", "approval", "dots", "score", "ranked", "matrix", "budget"]
    assert len({method.asks for method in METHODS.values()}) == len(METHODS)
    assert METHODS["dots"].asks == "narrow a long list"
    assert METHODS["ranked"].asks == "pick one winner"
    assert METHODS["budget"].asks == "spend a budget"
