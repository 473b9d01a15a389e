"""Small elections: all of a size, and drawn ones."""

import itertools
from fractions import Fraction

from voting.methods.values import PlainVote, Rules, VoteMark

WEIGHTS = [Fraction(1), Fraction(1), Fraction(1), Fraction(1, 2), Fraction(1, 3), Fraction(2, 3), Fraction(0)]


def ticks(*options, weight=1):
    return PlainVote(tuple(VoteMark(option) for option in options), Fraction(weight))


def ranking(*options, weight=1):
    """Options, best first."""
    marks = tuple(VoteMark(option, rank) for rank, option in enumerate(options, start=1))
    return PlainVote(marks, Fraction(weight))


def given(values, *, weight=1):
    """Dots or scores by option."""
    return PlainVote(tuple(VoteMark(option, value) for option, value in values.items()), Fraction(weight))


def rated(answers, *, weight=1):
    """Impact and feasibility by option."""
    marks = [
        VoteMark(option, value, question)
        for option, values in answers.items()
        for question, value in zip(("impact", "feasibility"), values, strict=True)
    ]
    return PlainVote(tuple(marks), Fraction(weight))


# All of a size --------------------------------------------------------------------------------------------


def every(key):
    """Every election of a method: three options and up to four voters, or two and up to two; with its rules.

    Votes are counted in whatever order, so each set of them comes once.
    """
    for rules, choices, voters in _kinds(key):
        for number in range(voters + 1):
            for votes in itertools.combinations_with_replacement(choices, number):
                yield rules, list(votes)


def _kinds(key):
    three, two = (1, 2, 3), (1, 2)
    subsets = [ticks(*some) for size in (1, 2, 3) for some in itertools.combinations(three, size)]
    if key == "single":
        for places in (1, 2):
            yield Rules(three, places=places), subsets[:3], 4
    elif key == "approval":
        for places in (1, 2):
            yield Rules(three, places=places), subsets, 4
            yield Rules(three, places=places, most=2), subsets[:6], 4
    elif key == "ranked":
        orders = [ranking(*some) for size in (1, 2, 3) for some in itertools.permutations(three, size)]
        for places in (1, 2):
            yield Rules(three, places=places), orders, 4
    elif key == "dots":
        for cap in (None, 2):
            spread = [(a, b) for a in range(4) for b in range(4) if 1 <= a + b <= 3 and max(a, b) <= (cap or 3)]
            yield Rules(two, most=3, cap=cap), [given(dict(zip(two, each, strict=True))) for each in spread], 2
    elif key == "score":
        scores = itertools.product([None, *range(6)], repeat=2)
        values = [{o: v for o, v in zip(two, each, strict=True) if v is not None} for each in scores]
        yield Rules(two), [given(each) for each in values if each], 2
    elif key == "matrix":
        pairs = [None, *itertools.product(range(1, 6), repeat=2)]
        both = [{o: v for o, v in zip(two, each, strict=True) if v} for each in itertools.product(pairs, repeat=2)]
        yield Rules(two), [rated(each) for each in both if each], 2
    elif key == "budget":
        for pot in range(1, 7):
            for prices in itertools.product(range(1, pot + 1), repeat=2):
                yield (
                    Rules(two, pot=pot, prices=dict(zip(two, prices, strict=True))),
                    [ticks(1), ticks(2), ticks(1, 2)],
                    2,
                )


# Drawn ----------------------------------------------------------------------------------------------------


def drawn(key, dice):
    """Rules and votes of a method, small enough that ties are common."""
    options = tuple(range(1, dice.randint(2, 4 if key == "budget" else 6) + 1))
    rules = {
        "places": dice.randint(1, len(options)),
        "threshold": dice.choice([None, None, Fraction(1, 2), Fraction(2, 3)]),
        "has_order": dice.random() < 0.2,
    }
    if key in ("approval", "ranked"):
        rules["most"] = dice.choice([None, dice.randint(1, len(options))])
    if key == "dots":
        rules["most"] = dice.randint(1, 6)
        rules["cap"] = dice.choice([None, dice.randint(1, rules["most"])])
    if key == "budget":
        dearest = dice.choice([3, 8, 30])
        rules["prices"] = {option: dice.randint(1, dearest) for option in options}
        rules["pot"] = dice.randint(max(rules["prices"].values()), sum(rules["prices"].values()))
    rules = Rules(options, **rules)
    is_weighted = dice.random() < 0.4
    votes = []
    for _ in range(dice.randint(0, 12)):
        votes.append(_vote(key, rules, dice, dice.choice(WEIGHTS) if is_weighted else 1))
    return rules, votes


def _vote(key, rules, dice, weight):
    most = 1 if key == "single" else min(rules.most or len(rules.options), len(rules.options))
    some = dice.sample(rules.options, dice.randint(1, len(rules.options) if key == "dots" else most))
    if key == "ranked":
        return ranking(*some, weight=weight)
    if key == "score":
        return given({option: dice.randint(0, 5) for option in some}, weight=weight)
    if key == "matrix":
        return rated({option: (dice.randint(1, 5), dice.randint(1, 5)) for option in some}, weight=weight)
    if key == "dots":
        dots = dict.fromkeys(some, 0)
        dots[some[0]] = 1
        for _ in range(dice.randint(0, rules.most - 1)):
            option = dice.choice(some)
            if dots[option] < (rules.cap or rules.most):
                dots[option] += 1
        return given(dots, weight=weight)
    return ticks(*some, weight=weight)
