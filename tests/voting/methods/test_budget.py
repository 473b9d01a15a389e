"""Equal shares spend a pot in proportion, never more than it holds; who lost reads what would have been enough."""

import random
from dataclasses import replace
from fractions import Fraction

from tests.voting.methods.elections import drawn, ticks
from voting.methods import METHODS, every_way
from voting.methods.equal_shares import Electorate, can_afford_more, completed, equal_shares
from voting.methods.values import Rules

BUDGET = METHODS["budget"]
FOUR = Rules((1, 2, 3, 4), pot=100, prices={1: 40, 2: 40, 3: 30, 4: 60})


def title_of(option):
    return "ABCD"[option - 1]


def steps_of(count, kind):
    return [step for step in count.steps if step["kind"] == kind]


def first(level):
    return level[0]


def test_fifty_one_and_forty_nine_voters_get_five_each_where_greedy_gives_ten_to_one_side():
    options = tuple(range(1, 21))
    rules = Rules(options, pot=100_000, prices=dict.fromkeys(options, 10_000))
    votes = [ticks(*options[:10])] * 51 + [ticks(*options[10:])] * 49

    declared = BUDGET.count(votes, replace(rules, has_order=True))

    assert sorted(declared.chosen) == [1, 2, 3, 4, 5, 11, 12, 13, 14, 15]
    assert steps_of(declared, "greedy")[0]["chosen"] == [*options[:10]]
    # Nothing tells the ten of a side apart, so without an order all are tied, for ten places.
    undeclared = BUDGET.count(votes, rules)
    assert (undeclared.chosen, undeclared.tied, undeclared.places_tied_for) == ((), options, 10)


def test_supporters_pay_alike_and_who_has_less_pays_what_is_left():
    rules = Rules((1, 2), pot=100, prices={1: 30, 2: 55})
    votes = [ticks(1), ticks(1, 2), ticks(2), ticks(2)]

    step = steps_of(BUDGET.count(votes, rules), "shares")[0]

    # Each holds 25. Two pay 15 for the first; one of them has 10 left for the second, to which two others pay 22.50.
    assert step["payments"] == [[1, "15", "0"], [2, "45/2", "1"]]


def test_the_cheapest_for_each_supporter_comes_first():
    votes = [ticks(4)] * 3 + [ticks(3)]

    shares = steps_of(BUDGET.count(votes, FOUR), "shares")[0]

    assert [payment[:2] for payment in shares["payments"]] == [[4, "20"], [3, "30"]]


def test_shares_are_raised_by_a_pound_until_nothing_more_fits_the_pot():
    votes = [ticks(1)] * 2 + [ticks(2), ticks(3)]

    step = steps_of(BUDGET.count(votes, FOUR), "shares")[0]

    # Shares of 25 pay for the first; raised to 30 for the third; the second would then pass the pot.
    assert (step["share"], step["raised"]) == ("25", 5)
    assert [payment[0] for payment in step["payments"]] == [1, 3]


def test_a_raise_that_would_pass_the_pot_is_not_made_and_is_told():
    votes = [ticks(option) for option in (1, 2, 3, 4)]
    rules = replace(FOUR, pot=120, prices={1: 40, 2: 40, 3: 40, 4: 40})

    count = BUDGET.count(votes, rules)

    assert (count.chosen, count.tied) == ((), ())
    assert "Raised further, the shares would fund A, B, C and D: more than the pot." in (
        BUDGET.explain(count, rules, title_of)[0].sentence
    )


def test_two_that_the_same_voters_cannot_both_pay_for_are_tied():
    rules = replace(FOUR, pot=70, prices={1: 40, 2: 40, 3: 30, 4: 60})
    votes = [ticks(1, 2, 3)] * 3

    count = BUDGET.count(votes, rules)

    assert (count.chosen, count.tied, count.places_tied_for) == ((3,), (1, 2), 1)
    assert BUDGET.ties(count, rules, title_of) == (
        "A and B are tied: the pot does not pay for all of them, and nothing says which comes first."
    )


def test_where_it_was_declared_the_order_of_the_ballot_settles_it_and_a_step_says_so():
    rules = replace(FOUR, pot=70, options=(2, 1, 3, 4), has_order=True)

    count = BUDGET.count([ticks(1, 2, 3)] * 3, rules)

    assert (count.chosen, count.tied) == ((3, 2), ())
    assert steps_of(count, "order") == [{"kind": "order", "tied": [2, 1], "first": [2]}]


def test_two_that_are_level_and_both_funded_are_not_tied():
    assert BUDGET.count([ticks(1), ticks(2)], replace(FOUR, pot=80)).tied == ()


def test_an_option_below_the_threshold_is_left_out_before_the_count():
    rules = replace(FOUR, threshold=Fraction(1, 2), prices={1: 10, 2: 60, 3: 60, 4: 60})

    count = BUDGET.count([ticks(2), ticks(2), ticks(1, 2)], rules)

    assert count.chosen == (2,)
    assert steps_of(count, "unfunded")[0] == {"kind": "unfunded", "option": 1, "why": "threshold"}


# Why not mine? --------------------------------------------------------------------------------------------


def test_whoever_was_not_funded_reads_its_price_what_was_left_and_what_would_have_been_enough():
    votes = [ticks(1)] * 5 + [ticks(4)] * 3 + [ticks(3)] * 2

    count = BUDGET.count(votes, FOUR)
    why = BUDGET.explain(count, FOUR, title_of)[-1]

    assert count.chosen == (1, 3)
    assert why.heading == "Why not mine?"
    assert why.columns == ("Option", "Supporters", "Price", "Supporters had left", "What would have been enough")
    assert [row[0] for row in why.rows] == ["B", "D"]
    assert why.rows[1][1:3] == ("3", "£60")


def test_so_many_more_votes_would_have_been_enough_and_one_fewer_would_not():
    dice = random.Random(11)
    tried = 0
    while tried < 60:
        rules, votes = drawn("budget", dice)
        rules = replace(rules, threshold=None, has_order=False)
        for step in steps_of(BUDGET.count(votes, rules), "unfunded"):
            option = step["option"]
            if "votes" in step:
                tried += 1
                more = BUDGET.count([*votes, *[ticks(option)] * step["votes"]], rules)
                assert option in more.chosen
                fewer = last_in_order(votes, rules, option, number=step["votes"] - 1)
                assert option not in fewer
            if "price" in step:
                cheaper = replace(rules, prices={**rules.prices, option: step["price"]})
                assert option in BUDGET.count(votes, cheaper).chosen


def last_in_order(votes, rules, option, *, number):
    """What is funded with so many more votes for an option, where ties go against it."""
    options = (*(each for each in rules.options if each != option), option)
    more = [*votes, *[ticks(option)] * number]
    return BUDGET.count(more, replace(rules, options=options, has_order=True)).chosen


def test_the_price_that_is_named_is_the_highest_of_all_that_would_have_been_enough():
    dice = random.Random(3)
    named = 0
    for _ in range(60):
        rules, votes = drawn("budget", dice)
        rules = replace(rules, threshold=None, has_order=False)
        for step in steps_of(BUDGET.count(votes, rules), "unfunded"):
            option = step["option"]
            enough = [
                price
                for price in range(1, rules.prices[option])
                if option in last_in_order(votes, cheaper(rules, option, price), option, number=0)
            ]
            assert enough == [*range(1, step.get("price", 0) + 1)]
            named += "price" in step
    assert named > 20


def cheaper(rules, option, price):
    return replace(rules, prices={**rules.prices, option: price})


def test_beside_it_stands_what_greedy_would_fund_by_name_and_never_that_it_funds_others_where_all_are_tied():
    rules = Rules((1, 2), pot=50, prices={1: 50, 2: 50})

    def said(*votes):
        count = BUDGET.count([ticks(*each) for each in votes], rules)
        parts = BUDGET.explain(count, rules, title_of)
        return next(part.sentence for part in parts if part.heading.startswith("Beside it"))

    assert said([1, 2], [1, 2]).endswith("It would not decide the tie either.")
    assert said([1], [2]).endswith("It would fund nothing without deciding a tie.")
    assert said([1], [1], [2]).endswith("It would fund the same.")


def test_what_greedy_funds_is_named_where_it_is_another():
    rules = Rules((1, 2, 3), pot=100, prices={1: 90, 2: 30, 3: 30})
    votes = [ticks(1)] * 5 + [ticks(2, 3)] * 4

    parts = BUDGET.explain(BUDGET.count(votes, rules), rules, title_of)

    assert next(part.sentence for part in parts if part.heading.startswith("Beside it")).endswith("It would fund A.")


# What holds of every count --------------------------------------------------------------------------------


def test_a_pot_is_never_overspent():
    dice = random.Random(5)
    for _ in range(300):
        rules, votes = drawn("budget", dice)

        count = BUDGET.count(votes, rules)

        assert sum(rules.prices[option] for option in count.chosen) <= rules.pot
        payments = steps_of(count, "shares")[0]["payments"]
        assert sum(rules.prices[option] for option, *_ in payments) <= rules.pot


def test_skipping_raises_that_change_nothing_ends_where_every_pound_would():
    dice = random.Random(9)
    for _ in range(150):
        number = dice.randint(2, 6)
        prices = {option: dice.randint(1, 60) for option in range(1, number + 1)}
        votes = {}
        for _ in range(dice.randint(1, 8)):
            wanted = frozenset(dice.sample([*prices], dice.randint(1, number)))
            votes[wanted] = votes.get(wanted, 0) + dice.randint(1, 3)
        electorate = Electorate(max(*prices.values(), 50), prices, votes, scale=dice.choice([1, 2, 6]))

        shares = equal_shares(electorate, first)
        for raised in range(1, 400):
            further = equal_shares(electorate, first, raised=raised)
            if raised < (shares.changes_at or raised + 1):
                assert further.funded == shares.funded
            else:
                if electorate.cost(further.funded) > electorate.pot or not can_afford_more(electorate, shares.funded):
                    break
                shares = further

        assert set(completed(electorate, first).funded) == set(shares.funded)


def test_where_there_are_too_many_orders_nothing_is_taken_for_decided(monkeypatch):
    rules = replace(FOUR, pot=60)
    votes = [ticks(1, 2), ticks(1), ticks(2)]
    assert BUDGET.count(votes, rules).tied == (1, 2)
    monkeypatch.setattr(every_way, "MOST_WAYS", 1)

    count = BUDGET.count(votes, rules)

    assert (count.chosen, count.tied) == ((), (1, 2))
    assert BUDGET.ties(count, rules, title_of) == (
        "So many options are level that not every order of them was tried: A and B are tied."
    )


def test_the_explanation_says_what_was_spent_what_greedy_would_fund_and_why_not_mine():
    votes = [ticks(1, 3)] * 40 + [ticks(4)] * 20

    parts = BUDGET.explain(BUDGET.count(votes, FOUR), FOUR, title_of)

    assert [part.heading for part in parts] == ["Equal shares", "Beside it: most supporters first", "Why not mine?"]
    assert "£70 of £100 is spent." in parts[0].sentence
